import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type Contract, sha256 } from "ethers";
import { type Delivery, deployHarness, type Point, proven } from "./cryptoHarness.ts";

interface Vector {
  readonly licence: string;
  readonly release: number;
  readonly custodian: string;
  readonly X: string;
  readonly R: string;
  readonly proof: Readonly<Record<"S" | "A" | "B" | "T" | "z" | "inverse", string>>;
}

interface WrapVectors {
  readonly wraps: readonly (Vector & Readonly<Record<"name" | "key" | "keyCommitment" | "wrapped", string>>)[];
  readonly refused: readonly { readonly why: string; readonly call: string; readonly input: Vector }[];
}

interface SealedVectors {
  readonly positions: readonly ({ readonly index: number } & Readonly<
    Record<"key" | "blind" | "keystreamHash", string>
  >)[];
}

/** Hexadecimal digits of a point, with 0x. */
const POINT_LENGTH = 130;

const read = <T>(name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../../packages/sealed/vectors", name), "utf8")) as T;

describe("the vectors of sealed datasets on chain", () => {
  const { wraps, refused } = read<WrapVectors>("wrap.json");
  const { positions } = read<SealedVectors>("sealed.json");
  let harness: Contract;

  before(async () => {
    harness = await deployHarness("production");
  });

  it("TYP-43 begins each block where the package begins it, and TYP-47 blinds it alike", async () => {
    for (const { index, key, blind, keystreamHash } of positions) {
      const [keystream] = await harness.getFunction("decrypt").staticCall([key], [index], [new Uint8Array(4_096)]);
      expect(sha256(keystream), `block ${index}`).to.equal(keystreamHash);
      expect(await harness.getFunction("blindOf").staticCall(key, index), `block ${index}`).to.equal(blind);
    }
  });

  it("TYP-52 unwraps the keys that the package wraps, and TYP-47 finds their commitments", async () => {
    for (const { name, licence, release, custodian, key, keyCommitment, wrapped, proof } of wraps) {
      const context = await harness.getFunction("contextOf").staticCall(licence, release, custodian);
      const unwrapped = await harness.getFunction("unwrap").staticCall(wrapped, pointOf(proof.S).x, context);
      expect(unwrapped, name).to.equal(key);
      expect(await harness.getFunction("keyCommitment").staticCall(key), name).to.equal(keyCommitment);
    }
  });

  it("TYP-53 accepts the proofs that the package accepts", async () => {
    expect(await proven(harness, wraps.map(deliveryOf))).to.deep.equal(wraps.map(() => true));
  });

  it("TYP-54 refuses the proofs that the package refuses", async () => {
    // The chain has no points of another length.
    const bad = refused.filter(
      ({ call, input }) =>
        call === "verifyWrapProof" && [input.proof.S, input.proof.B].every(({ length }) => length === POINT_LENGTH),
    );
    expect(bad).to.have.length.above(20);
    const results = await proven(
      harness,
      bad.map(({ input }) => deliveryOf(input)),
    );
    for (const [i, { why }] of bad.entries()) expect(results[i], why).to.equal(false);
  });
});

function deliveryOf({ licence, release, custodian, X, R, proof }: Vector): Delivery {
  const { S, A, B, T, z, inverse } = proof;
  const [s, a, b, t] = [pointOf(S), pointOf(A), pointOf(B), pointOf(T)];
  const context = `${licence}${release.toString(16).padStart(8, "0")}${custodian.slice(2)}`;
  const numbers = { z: BigInt(z), inverse: BigInt(inverse) };
  return { publicKey: pointOf(X), ephemeral: pointOf(R), context, proof: { s, a, b, t, ...numbers } };
}

function pointOf(text: string): Point {
  return { x: BigInt(text.slice(0, 66)), y: BigInt(`0x${text.slice(66)}`) };
}
