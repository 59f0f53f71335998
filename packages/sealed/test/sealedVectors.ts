import { fromHex, HASH_BYTES, type Hex, toHex } from "../src/bytes.ts";
import { blockBlind, blockCommitment } from "../src/commitments.ts";
import { keystreamPosition, xorKeystream } from "../src/keystream.ts";
import { BLOCK_BYTES, blockCount, MAX_BLOCKS, plaintextRange, STORED_BLOCK_BYTES } from "../src/layout.ts";
import type { Description, Sample, SealFacts } from "../src/manifest.ts";
import { manifestBytes, manifestHash } from "../src/manifestHash.ts";
import { proveBlock } from "../src/proveBlock.ts";
import { type Sealed, seal } from "../src/seal.ts";
import { treeOfStored } from "../src/verifyStored.ts";
import { flipped } from "./random.ts";
import { H, imaginedPath } from "./reference.ts";
import { type RefusedCall, refused } from "./refusedCall.ts";

const PLAINTEXT_RULE = 'byte j is byte j mod 32 of H("cadastre/vectors/plaintext" ‖ u64(length) ‖ u64(floor(j / 32)))';
const SAMPLES = new Map([
  [4097, [1]],
  [10 * BLOCK_BYTES + 7, [10]],
]);

const DESCRIPTION: Description = {
  mediaType: "text/csv; charset=utf-8",
  schema: {
    conformsTo: "http://www.w3.org/ns/csvw",
    document: {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, 1e21, 123456789012345680000, 1e-7, -0, -1.5, 5e-324],
      string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\u007f",
      literals: [null, true, false],
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis",
    },
  },
  dataset: {
    title: "Air quality 空气质量",
    description: "Daily means by city",
    publisher: "Example Institute",
    issued: "2026-01-01T08:00:00+08:00",
    license: "https://creativecommons.org/licenses/by/4.0/",
    keyword: ["air"],
    theme: ["http://publications.europa.eu/resource/authority/data-theme/ENVI"],
  },
};

/** The plaintext of a dataset of the vectors. */
export function plaintextOf(length: number): Uint8Array {
  const plaintext = new Uint8Array(length);
  for (let i = 0; i * 32 < length; i++) {
    const piece = H("cadastre/vectors/plaintext", u64(length), u64(i));
    plaintext.set(piece.subarray(0, length - i * 32), i * 32);
  }
  return plaintext;
}

/** What stands in `vectors/sealed.json`. */
export function sealedVectors() {
  const lengths = [0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 10 * BLOCK_BYTES + 7];
  const key = H("cadastre/vectors/key");
  return {
    plaintext: PLAINTEXT_RULE,
    description: DESCRIPTION,
    datasets: lengths.map(dataset),
    positions: [0, 1, 2 ** 26 - 1, 2 ** 26, 2 ** 26 + 1, 2 ** 32, MAX_BLOCKS - 1].map((index) => {
      const { nonce, counter } = keystreamPosition(index);
      const keystream = xorKeystream(key, index, new Uint8Array(BLOCK_BYTES));
      return {
        index,
        plaintextStart: index * BLOCK_BYTES,
        storedStart: index * STORED_BLOCK_BYTES,
        nonce: toHex(nonce),
        counter,
        key: toHex(key),
        blind: toHex(blockBlind(key, index)),
        keystreamHash: toHex(H(keystream)),
      };
    }),
    paths: [
      [2 ** 26 - 1, 2 ** 26],
      [2 ** 26 - 1, 2 ** 26 + 1],
      [2 ** 26, 2 ** 26 + 1],
      [2 ** 26, 2 ** 26 + 10],
      [2 ** 26 + 9, 2 ** 26 + 10],
      [MAX_BLOCKS - 1, MAX_BLOCKS],
    ].map(([index, size]) => imagined(index as number, size as number)),
    refused: sealedRefusals(),
  };
}

function sealedOf(length: number): Sealed {
  const samples = SAMPLES.get(length) ?? [];
  return seal(plaintextOf(length), { ...DESCRIPTION, key: H("cadastre/vectors/key", u64(length)), samples });
}

function dataset(length: number) {
  const { stored, manifest, key, root, keyCommitment } = sealedOf(length);
  const plaintext = plaintextOf(length);
  const blocks = Array.from({ length: blockCount(length) }, (_, index) => {
    const { start, end } = plaintextRange(index, length);
    const blind = blockBlind(key, index);
    return {
      blind: toHex(blind),
      commitment: toHex(blockCommitment(blind, plaintext.subarray(start, end))),
      path: proveBlock({ manifest, stored, index }).path.map(toHex),
    };
  });
  return {
    length,
    key: toHex(key),
    plaintextHash: toHex(H(plaintext)),
    ...(length > 1 ? {} : { stored: toHex(stored) }),
    storedHash: toHex(H(stored)),
    root: toHex(root),
    keyCommitment: toHex(keyCommitment),
    blocks,
    samples: SAMPLES.get(length) ?? [],
    manifest: Buffer.from(manifestBytes(manifest)).toString(),
    manifestHash: toHex(manifestHash(manifest)),
  };
}

function imagined(index: number, size: number) {
  const leaf = H("cadastre/vectors/leaf", u64(index));
  let height = 0;
  const { root, path } = imaginedPath(leaf, index, size, () => H("cadastre/vectors/sibling", u64(height++)));
  return { index, size, leaf: toHex(leaf), path: path.map(toHex), root: toHex(root) };
}

function sealedRefusals(): RefusedCall[] {
  const length = BLOCK_BYTES + 1;
  const { stored, manifest, key } = sealedOf(length);
  const { block, path, index } = proveBlock({ manifest, stored, index: 1 });
  const facts = factsOf(manifest);
  const claim = { manifest: facts, index, block: toHex(block), path: path.map(toHex) };
  const sibling = claim.path[0] as Hex;
  const sample = manifest.samples?.[0] as Sample;

  const forged = Uint8Array.from(stored);
  forged.set(flipped(block, 8 * HASH_BYTES), STORED_BLOCK_BYTES);
  const dishonest = {
    manifest: { ...facts, root: toHex(treeOfStored(forged, length).root) },
    block: toHex(forged.subarray(STORED_BLOCK_BYTES)),
  };

  const short = sealedOf(1);
  const whole = { manifest: factsOf(short.manifest), stored: toHex(short.stored), key: toHex(short.key) };
  const file = Buffer.from(manifestBytes(short.manifest)).toString();

  const verifyBlock = refused("verifyBlock", claim);
  const openBlock = refused("openBlock", { ...claim, key: toHex(key) });
  const verifySample = refused("verifySample", { ...claim, sample });
  const open = refused("open", whole);
  const parseManifest = refused("parseManifest", { file });
  const bit = (hex: Hex, i: number) => toHex(flipped(fromHex(hex), i));
  const cut = (hex: Hex) => hex.slice(0, -2);

  return [
    verifyBlock("a bit of the commitment", { block: bit(claim.block, 0) }, "root_mismatch"),
    verifyBlock("a bit of the ciphertext", { block: bit(claim.block, 8 * HASH_BYTES) }, "root_mismatch"),
    verifyBlock("a bit of the path", { path: [bit(sibling, 255)] }, "root_mismatch"),
    verifyBlock("a bit of the root", { manifest: { ...facts, root: bit(facts.root, 0) } }, "root_mismatch"),
    verifyBlock("too short", { block: cut(claim.block) }, "block_length"),
    verifyBlock("too long", { block: `${claim.block}00` }, "block_length"),
    verifyBlock("a path too short", { path: [] }, "path_invalid"),
    verifyBlock("a path too long", { path: [sibling, sibling] }, "path_invalid"),
    verifyBlock("31 bytes for a hash", { path: [cut(sibling)] }, "hash_invalid"),
    verifyBlock("an index outside", { index: 2 }, "index_out_of_range"),
    verifyBlock("a length above 2^52", { manifest: { ...facts, length: 2 ** 52 + 1 } }, "length_invalid"),
    openBlock("another key", { key: bit(toHex(key), 7) }, "key_mismatch"),
    openBlock("another key, before all else", { key: bit(toHex(key), 7), index: 9 }, "key_mismatch"),
    openBlock("a key of 31 bytes", { key: cut(toHex(key)) }, "key_invalid"),
    openBlock("sealed dishonestly", dishonest, "commitment_mismatch"),
    open("a byte is missing", { stored: cut(whole.stored) }, "stored_length"),
    open("a bit of the stored bytes", { stored: bit(whole.stored, 0) }, "root_mismatch"),
    open("another key", { key: bit(whole.key, 0) }, "key_mismatch"),
    verifySample("another byte", { sample: { ...sample, plaintext: bit(sample.plaintext, 0) } }, "commitment_mismatch"),
    verifySample("another blind", { sample: { ...sample, blind: bit(sample.blind, 0) } }, "commitment_mismatch"),
    parseManifest("another hash", { expected: toHex(H("another")) }, "manifest_hash"),
    parseManifest("a space", { file: file.replace(":", ": ") }, "manifest_not_canonical"),
    parseManifest("a member twice", { file: file.replace("{", '{"version":1,') }, "manifest_not_canonical"),
    parseManifest("a number written otherwise", { file: file.replace("1e-7", "1E-7") }, "manifest_not_canonical"),
    parseManifest("a byte order mark", { file: `\ufeff${file}` }, "manifest_invalid"),
    parseManifest("an unknown member", { file: file.replace("{", '{"key":"0x",') }, "manifest_invalid"),
    parseManifest("another version", { file: file.replace('"version":1', '"version":2') }, "manifest_invalid"),
    parseManifest("a time without seconds", { file: file.replace("T08:00:00", "T08:00") }, "manifest_invalid"),
    parseManifest("half a surrogate pair", { file: file.replace("Euro", "\\ud800") }, "manifest_invalid"),
    parseManifest("not JSON", { file: "NaN" }, "manifest_invalid"),
  ];
}

function factsOf({ length, root, keyCommitment }: SealFacts): SealFacts {
  return { length, root, keyCommitment };
}

function u64(number: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
  return bytes;
}
