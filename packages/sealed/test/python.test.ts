import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Hex, toHex } from "../src/bytes.ts";
import { answer, type Call } from "./calls.ts";
import { deliveryFrom } from "./delivery.ts";
import { DESCRIPTION } from "./fixtures.ts";
import { randomFrom } from "./random.ts";
import { answeredCalls, readVectors, refusedCalls } from "./vectorCalls.ts";

const PROGRAM = fileURLToPath(new URL("python/sealed.py", import.meta.url));
const MISSING = spawnSync("python3", ["-c", "import cryptography"]).status !== 0;

if (MISSING) console.log("SKIPPED sealed in Python: needs Python 3 with cryptography");

type Answer = { readonly result: unknown } | { readonly reason: string };
type Party = (calls: readonly Call[]) => unknown[];

/** Answers of the second implementation, written from the specification in another language. */
function answersOfPython(calls: readonly Call[]): Answer[] {
  const input = JSON.stringify(calls);
  return JSON.parse(execFileSync("python3", ["-B", PROGRAM], { input, encoding: "utf8", maxBuffer: 2 ** 28 }));
}

const here: Party = (calls) => calls.map(answer);
const python: Party = (calls) =>
  answersOfPython(calls).map((answer) => ("result" in answer ? answer.result : expect.fail(answer.reason)));

describe.skipIf(MISSING)("with Python", { timeout: 60_000 }, () => {
  const random = randomFrom(30);

  test("the vectors are answered and refused as they say", () => {
    const vectors = readVectors();
    const answered = answeredCalls(vectors);
    const refused = refusedCalls(vectors);
    const answers = answersOfPython([...answered, ...refused].map(({ call, input }) => ({ call, input })));
    expect(answers).toMatchObject([
      ...answered.map(({ result }) => ({ result })),
      ...refused.map(({ reason }) => ({ reason })),
    ]);
  });

  test.each([
    ["what is sealed here is opened there", here, python],
    ["what is sealed there is opened here", python, here],
  ])("%s", (_, publisher, reader) => {
    const datasets = [0, 100, 4096, 3 * 4096 + random.below(4096), 9 * 4096].map((length) => ({
      key: toHex(random.bytes(32)),
      plaintext: toHex(random.bytes(length)),
      description: DESCRIPTION,
      samples: [0],
    }));
    const seals: Call[] = datasets.map((input) => ({ call: "seal", input }));
    const sealed = publisher(seals) as { stored: Hex; manifest: string }[];
    const opened = reader(
      datasets.map(({ key }, i): Call => {
        const { stored, manifest } = sealed[i] as (typeof sealed)[0];
        return { call: "open", input: { key, stored, manifest: JSON.parse(manifest) } };
      }),
    );
    expect(sealed).toEqual(reader(seals));
    expect(opened).toEqual(datasets.map(({ plaintext }) => plaintext));
  });

  test.each([
    ["what is wrapped here is unwrapped and proved there", here, python],
    ["what is wrapped there is unwrapped and proved here", python, here],
  ])("%s", (_, custodian, licensee) => {
    const key = toHex(random.bytes(32));
    const secret = toHex(random.bytes(32));
    const { licence, release, custodian: address } = deliveryFrom(random);
    const delivery = { licence: toHex(licence), release, custodian: toHex(address) };
    const [X] = licensee([{ call: "encryptionPublicKey", input: { secret } }]) as [Hex];
    const [wrapping] = custodian([{ call: "wrapKey", input: { key, to: X, ...delivery } }]) as [
      { R: Hex; wrapped: Hex },
    ];
    const delivered = { secret, ...delivery, ...wrapping };
    const [unwrapped, proof] = licensee([
      { call: "unwrapKey", input: delivered },
      { call: "proveWrap", input: delivered },
    ]) as [Hex, NonNullable<Call["input"]["proof"]>];
    const claim: Call = { call: "verifyWrapProof", input: { X, R: wrapping.R, ...delivery, proof } };
    expect(unwrapped).toBe(key);
    expect(custodian([claim])).toEqual([null]);
  });
});
