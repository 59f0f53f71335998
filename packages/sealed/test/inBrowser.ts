// What a test bundles and runs where there are web globals alone. Texts go in and out: nothing of Node is handed over.
import {
  encryptionPublicKey,
  httpSource,
  manifestBytes,
  manifestHash,
  open,
  openBlock,
  openStream,
  outlineBytes,
  parseManifest,
  parseOutline,
  proveBlock,
  proveWrap,
  SealedError,
  seal,
  sealStream,
  sourceOf,
  storedLength,
  toHex,
  unwrapKey,
  verifyBlock,
  verifyWrapProof,
  wrapKey,
} from "../src/index.ts";
import { answer, type Call } from "./calls.ts";

/** The answer to each call, or the code with which it is refused. */
export function answers(calls: string): string {
  return JSON.stringify(
    (JSON.parse(calls) as Call[]).map((call) => {
      try {
        return { result: answer(call) };
      } catch (error) {
        if (error instanceof SealedError) return { reason: error.code };
        throw error;
      }
    }),
  );
}

const DESCRIPTION = {
  mediaType: "text/csv",
  dataset: { title: "t", description: "d", publisher: "p", issued: "2026-01-01", license: "https://example.org/" },
};

/** Seals, proves, opens and delivers with random keys, by what the package exports; gives what came out. */
export async function roundTrips(text: string): Promise<string> {
  const plaintext = new TextEncoder().encode(text);
  const { stored, manifest, key } = seal(plaintext, DESCRIPTION);
  const trusted = parseManifest(manifestBytes(manifest), manifestHash(manifest));
  const index = 1;
  const proof = proveBlock({ manifest: trusted, stored, index });
  verifyBlock({ manifest: trusted, ...proof });

  const secret = crypto.getRandomValues(new Uint8Array(32));
  const delivery = { licence: new Uint8Array(32).fill(1), release: 1, custodian: new Uint8Array(20).fill(2) };
  const X = encryptionPublicKey(secret);
  const { R, wrapped } = wrapKey({ key, to: X, ...delivery });
  const { keyCommitment } = manifest;
  const unwrapped = unwrapKey({ secret, R, wrapped, ...delivery, keyCommitment });
  verifyWrapProof({ X, R, ...delivery, proof: proveWrap({ secret, R, ...delivery }) });

  return JSON.stringify({
    keys: [toHex(key), toHex(unwrapped)],
    whole: decoded([open({ manifest: trusted, stored, key: unwrapped })]),
    block: decoded([openBlock({ manifest: trusted, ...proof, key })]),
    streams: await streamed(plaintext),
  });
}

/** Seals a stream, and opens it from a `Blob` and from a server of another origin. */
async function streamed(plaintext: Uint8Array): Promise<string[]> {
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(plaintext.slice(0, 5000));
      controller.enqueue(plaintext.slice(5000));
      controller.close();
    },
  });
  const sealing = sealStream(source, DESCRIPTION);
  const pieces = await all(sealing.stored);
  const { manifest, outline } = sealing.facts();
  const { key } = sealing;
  const blob = new Blob(pieces as BlobPart[]);
  const server = async (_: unknown, init?: RequestInit) => {
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(new Headers(init?.headers).get("range") ?? "") ?? [];
    return new Response(blob.slice(Number(first), Number(last) + 1), { status: 206 });
  };
  const size = storedLength(manifest.length);
  const sources = [sourceOf(blob), await httpSource("https://store.example/", { fetch: server, size })];
  const known = parseOutline(outlineBytes(outline), manifest);
  const opened = sources.flatMap((source) => [
    openStream({ manifest, key, source }),
    openStream({ manifest, key, source, outline: known }),
  ]);
  return Promise.all(opened.map(async (pieces) => decoded(await all(pieces))));
}

async function all(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const array: Uint8Array[] = [];
  for await (const piece of pieces) array.push(piece.slice());
  return array;
}

function decoded(pieces: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
}
