import { describe, expect, test } from "vitest";
import { blocksOf, DESCRIPTION, forged, joined, refusal } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { fromHex, toHex } from "./bytes.ts";
import { storedRange } from "./layout.ts";
import type { SealFacts } from "./manifest.ts";
import { open } from "./open.ts";
import { seal } from "./seal.ts";

const random = randomFrom(7);

describe.each([0, 1, 4096, 4097, 7 * 4096, 6 * 4096 + 100])("of %i bytes", (length) => {
  const plaintext = random.bytes(length);
  const { stored, manifest, key } = seal(plaintext, DESCRIPTION);
  const blocks = blocksOf(stored, length);
  const refuse = (changed: { stored?: Uint8Array; manifest?: SealFacts; key?: Uint8Array }, code: Code) =>
    refusal(() => open({ stored, manifest, key, ...changed }), code);
  type Code = Parameters<typeof refusal>[1];

  test("a flipped bit of any block, in commitment or ciphertext, is refused", () => {
    for (let i = 0; i < blocks.length; i++) {
      const { start, end } = storedRange(i, length);
      const bits = [start * 8 + random.below(256)];
      if (end - start > 32) bits.push((start + 32) * 8 + random.below((end - start - 32) * 8), end * 8 - 1);
      for (const bit of bits) refuse({ stored: flipped(stored, bit) }, "root_mismatch");
    }
  });

  test("a flipped bit of root, key commitment or key is refused", () => {
    for (let i = 0; i < 40; i++) {
      const flip = (hex: SealFacts["root"]) => toHex(flipped(fromHex(hex), random.below(256)));
      refuse({ manifest: { ...manifest, root: flip(manifest.root) } }, "root_mismatch");
      refuse({ manifest: { ...manifest, keyCommitment: flip(manifest.keyCommitment) } }, "key_mismatch");
      refuse({ key: flipped(key, random.below(256)) }, "key_mismatch");
    }
    refuse({ key: key.subarray(1) }, "key_invalid");
  });

  test("another length is refused", () => {
    for (const other of [length + 1, length - 1, length + 4096, length * 2 + 1]) {
      refuse({ manifest: { ...manifest, length: other } }, other < 0 ? "length_invalid" : "stored_length");
    }
    refuse({ manifest: { ...manifest, length: length + 0.5 } }, "length_invalid");
  });

  test("truncated or longer stored bytes are refused", () => {
    refuse({ stored: stored.subarray(0, -1) }, "stored_length");
    refuse({ stored: joined(blocks.slice(0, -1)) }, "stored_length");
    refuse({ stored: new Uint8Array() }, "stored_length");
    refuse({ stored: joined([stored, Uint8Array.of(0)]) }, "stored_length");
    refuse({ stored: joined([...blocks, blocks[0] as Uint8Array]) }, "stored_length");
  });
});

describe("of seven blocks", () => {
  const length = 7 * 4096;
  const { stored, manifest, key } = seal(random.bytes(length), DESCRIPTION);
  const blocks = blocksOf(stored, length);
  const other = seal(random.bytes(length), { ...DESCRIPTION, key });
  const otherBlocks = blocksOf(other.stored, length);

  test("blocks in another order are refused", () => {
    for (let i = 0; i < 7; i++) {
      for (let j = 0; j < i; j++) {
        const swapped = blocks.with(i, blocks[j] as Uint8Array).with(j, blocks[i] as Uint8Array);
        refusal(() => open({ stored: joined(swapped), manifest, key }), "root_mismatch");
      }
    }
  });

  test("blocks of another dataset, or of another place, are refused", () => {
    for (let i = 0; i < 7; i++) {
      const spliced = blocks.with(i, otherBlocks[i] as Uint8Array);
      refusal(() => open({ stored: joined(spliced), manifest, key }), "root_mismatch");
      const repeated = blocks.with(i, blocks[(i + 1) % 7] as Uint8Array);
      refusal(() => open({ stored: joined(repeated), manifest, key }), "root_mismatch");
    }
  });

  test("a block that is not what its own seal says is named", () => {
    for (let i = 0; i < 7; i++) {
      for (const inCommitment of [false, true]) {
        const { stored: bad, manifest: signed } = forged({ stored, manifest }, i, inCommitment);
        const error = refusal(() => open({ stored: bad, manifest: signed, key }), "commitment_mismatch");
        expect(error.shortMessage).toBe(`block ${i}: not what its commitment says`);
      }
    }
  });

  test("the key is judged before the bytes, and the bytes before they are decrypted", () => {
    const bad = forged({ stored, manifest }, 3);
    refusal(() => open({ ...bad, key: flipped(key, 0) }), "key_mismatch");
    refusal(() => open({ ...bad, stored: flipped(bad.stored, 0), key }), "root_mismatch");
  });

  test("errors say where, and never hold the key", () => {
    const wrong = random.bytes(32);
    const errors = [
      refusal(() => open({ stored, manifest, key: wrong }), "key_mismatch"),
      refusal(() => open({ stored, manifest, key: Uint8Array.of(...wrong, 1) }), "key_invalid"),
      refusal(() => open({ stored: flipped(stored, 5), manifest, key }), "root_mismatch"),
      refusal(() => open({ ...forged({ stored, manifest }, 3), key }), "commitment_mismatch"),
    ];
    expect(errors.map((error) => error.message)).toEqual([
      "the key does not match the key commitment",
      "a key is 32 bytes (33 bytes)",
      "the stored bytes: not under the root",
      "block 3: not what its commitment says",
    ]);
    for (const error of errors) {
      const members = Object.getOwnPropertyNames(error).map((name) => Reflect.get(error, name));
      for (const member of members) expect(typeof member === "object" && member instanceof Uint8Array).toBe(false);
      const text = JSON.stringify(members) + String(error.stack);
      for (const secret of [key, wrong]) {
        expect(text).not.toContain(Buffer.from(secret).toString("hex"));
        expect(text).not.toContain(Buffer.from(secret).join(","));
      }
    }
  });
});
