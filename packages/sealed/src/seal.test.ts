import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { blocksOf, DESCRIPTION, refusal } from "../test/fixtures.ts";
import { randomFrom } from "../test/random.ts";
import { H, MTH, sealedBlocks } from "../test/reference.ts";
import { toHex } from "./bytes.ts";
import { manifestBytes } from "./manifestHash.ts";
import { open } from "./open.ts";
import { type SealOptions, seal } from "./seal.ts";

const random = randomFrom(6);
const LENGTHS = [0, 1, 4095, 4096, 4097, 8192, 7 * 4096, 6 * 4096 + 1, 7 * 4096 + 63, 20_000];

describe.each(LENGTHS)("%i bytes", (length) => {
  const key = random.bytes(32);
  const plaintext = random.bytes(length);
  const sealed = seal(plaintext, { ...DESCRIPTION, key });
  const expected = sealedBlocks(key, plaintext);

  test("are stored as the definition says", () => {
    expect(blocksOf(sealed.stored, length)).toEqual(expected);
    expect(sealed.root).toEqual(MTH(expected));
    expect(sealed.keyCommitment).toEqual(H("cadastre/key/v1", key));
    expect(sealed.length).toBe(length);
  });

  test("are described by a manifest", () => {
    expect(sealed.manifest).toEqual({
      ...DESCRIPTION,
      version: 1,
      length,
      root: toHex(MTH(expected)),
      keyCommitment: toHex(H("cadastre/key/v1", key)),
    });
  });

  test("are opened again", () => {
    expect(Buffer.compare(open({ ...sealed, key }), plaintext)).toBe(0);
  });
});

test("each seal draws its own key", () => {
  const plaintext = random.bytes(5000);
  const [one, two] = [seal(plaintext, DESCRIPTION), seal(plaintext, DESCRIPTION)];
  expect(one.key).toHaveLength(32);
  expect(one.key).not.toEqual(two.key);
  expect(one.root).not.toEqual(two.root);
  expect(open({ ...two, key: two.key })).toEqual(plaintext);
});

test("neither the caller's bytes nor his key are changed or kept", () => {
  const [plaintext, key] = [random.bytes(5000), Buffer.from(random.bytes(32))];
  const before = [Uint8Array.from(plaintext), Uint8Array.from(key)];
  const sealed = seal(plaintext, { ...DESCRIPTION, key });
  expect([plaintext, Uint8Array.from(key)]).toEqual(before);
  key.fill(0);
  plaintext.fill(0);
  expect(open({ ...sealed, key: sealed.key })).toEqual(before[0]);
});

test("samples are opened once each, in order, with their own blinds", () => {
  const plaintext = random.bytes(2 * 4096 + 10);
  const { manifest, key } = seal(plaintext, { ...DESCRIPTION, samples: [2, 0, 2] });
  const blind = (i: number) => toHex(H("cadastre/blind/v1", key, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, i)));
  expect(manifest.samples).toEqual([
    { index: 0, blind: blind(0), plaintext: toHex(plaintext.subarray(0, 4096)) },
    { index: 2, blind: blind(2), plaintext: toHex(plaintext.subarray(8192)) },
  ]);
});

test("what cannot be sealed is refused", () => {
  const bytes = random.bytes(10);
  refusal(() => seal(bytes, { ...DESCRIPTION, key: new Uint8Array(31) }), "key_invalid");
  refusal(() => seal(bytes, { ...DESCRIPTION, samples: [1] }), "index_out_of_range");
  refusal(() => seal(bytes, { ...DESCRIPTION, samples: [-1] }), "index_out_of_range");
  refusal(() => seal(bytes, { ...DESCRIPTION, mediaType: "csv" }), "manifest_invalid");
  const dataset = { ...DESCRIPTION.dataset, title: "half a pair: \ud800" };
  refusal(() => seal(bytes, { ...DESCRIPTION, dataset }), "manifest_invalid");
  refusal(() => seal(bytes, { ...DESCRIPTION, Key: random.bytes(32) } as SealOptions), "manifest_invalid");
});

test("the key and the blinds of closed blocks are in nothing that is shown", () => {
  const sealed = seal(random.bytes(9000), { ...DESCRIPTION, samples: [1] });
  const position = (i: number) => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, i);
  const secrets = [sealed.key, ...[0, 2].map((i) => H("cadastre/blind/v1", sealed.key, position(i)))];
  const shown = [
    inspect(sealed, { depth: null, maxArrayLength: null }),
    JSON.stringify(sealed),
    JSON.stringify({ ...sealed }),
    Buffer.from(manifestBytes(sealed.manifest)).toString(),
  ].map((text) => text.replaceAll(/\s/g, ""));
  for (const secret of secrets) {
    const buffer = Buffer.from(secret);
    const forms = [buffer.toString("hex"), buffer.toString("base64"), buffer.toString("base64url"), buffer.join(",")];
    for (const form of forms) for (const text of shown) expect(text.includes(form)).toBe(false);
  }
  expect(shown[0]?.includes(Buffer.from(sealed.root).join(","))).toBe(true);
});
