import { expect, test } from "vitest";
import { toHex } from "../src/bytes.ts";
import { answer } from "./calls.ts";
import { refusal } from "./fixtures.ts";
import { H } from "./reference.ts";
import { plaintextOf, sealedVectors } from "./sealedVectors.ts";
import { answeredCalls, readVectors, refusedCalls } from "./vectorCalls.ts";
import { wrapVectors } from "./wrapVectors.ts";

const vectors = readVectors();
const answered = answeredCalls(vectors);

test("the committed files are what the generator makes", () => {
  const made = JSON.parse(JSON.stringify({ sealed: sealedVectors(), wrap: wrapVectors() }));
  expect(vectors).toEqual(made);
});

test.each(vectors.sealed.datasets)("the plaintext of $length bytes follows from its rule", (dataset) => {
  expect(toHex(H(plaintextOf(dataset.length)))).toBe(dataset.plaintextHash);
});

test.each([...new Set(answered.map(({ call }) => call))])("%s answers as the vectors say", (name) => {
  for (const { result, ...call } of answered.filter(({ call }) => call === name)) {
    const given = answer(call);
    if (typeof result === "object" && result !== null) expect(given).toMatchObject(result);
    else expect(given).toEqual(result);
  }
});

test.each(refusedCalls(vectors))("$call refuses: $why", ({ reason, ...call }) => {
  refusal(() => answer(call), reason);
});
