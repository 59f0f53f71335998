import { expect, test } from "vitest";
import { DESCRIPTION } from "../test/fixtures.ts";
import { randomFrom } from "../test/random.ts";
import { collected, manyBytes, watched } from "../test/streams.ts";
import { openStream } from "./openStream.ts";
import { outlineOf } from "./outlineOf.ts";
import { seal } from "./seal.ts";

const random = randomFrom(30);

test.each([0, 1, 4096, 2 ** 20, 2 ** 20 + 1])("%i bytes are read twice, or with an outline once", async (length) => {
  const plaintext = manyBytes(random, length);
  const { stored, manifest, key } = seal(plaintext, DESCRIPTION);
  const outline = await outlineOf({ manifest, source: watched(stored) });
  for (const [given, times] of [
    [{}, 2],
    [{ outline }, 1],
  ] as const) {
    const source = watched(stored);
    expect(Buffer.compare(await collected(openStream({ manifest, key, source, ...given })), plaintext)).toBe(0);
    expect(source.reads.reduce((sum, [start, end]) => sum + end - start, 0)).toBe(times * stored.length);
  }
});
