import { expect, test } from "vitest";
import { DESCRIPTION, refusal } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { fromHex, toHex } from "./bytes.ts";
import type { Sample } from "./manifest.ts";
import { proveBlock } from "./proveBlock.ts";
import { seal } from "./seal.ts";
import { verifySample } from "./verifySample.ts";

const random = randomFrom(11);
const plaintext = random.bytes(6 * 4096 + 100);
const { stored, manifest } = seal(plaintext, { ...DESCRIPTION, samples: [0, 3, 6] });
const samples = manifest.samples as Sample[];

test("samples are verified without the key", () => {
  for (const sample of samples) {
    const expected = plaintext.subarray(sample.index * 4096, (sample.index + 1) * 4096);
    const { block, path } = proveBlock({ manifest, stored, index: sample.index });
    expect(verifySample({ manifest, sample, stored })).toEqual(expected);
    expect(verifySample({ manifest, sample, block, path })).toEqual(expected);
  }
});

test("another blind, plaintext or index is refused", () => {
  for (const sample of samples) {
    const flip = (hex: Sample["blind"]) => {
      const bytes = fromHex(hex);
      return toHex(flipped(bytes, random.below(bytes.length * 8)));
    };
    const changes = [
      { blind: flip(sample.blind) },
      { plaintext: flip(sample.plaintext) },
      { plaintext: sample.plaintext.slice(0, -2) as Sample["plaintext"] },
      { index: 1 },
    ];
    for (const change of changes) {
      const error = refusal(
        () => verifySample({ manifest, sample: { ...sample, ...change }, stored }),
        "commitment_mismatch",
      );
      expect(error.at).toEqual({ block: change.index ?? sample.index });
    }
    refusal(() => verifySample({ manifest, sample: { ...sample, index: 7 }, stored }), "index_out_of_range");
  }
});

test("a stored block that is not under the root confirms no sample", () => {
  const sample = samples[1] as Sample;
  const { block, path } = proveBlock({ manifest, stored, index: 3 });
  refusal(() => verifySample({ manifest, sample, block: flipped(block, 4000), path }), "root_mismatch");
  refusal(() => verifySample({ manifest, sample, block, path: path.slice(1) }), "path_invalid");
  refusal(() => verifySample({ manifest, sample, stored: flipped(stored, 4000) }), "root_mismatch");
});
