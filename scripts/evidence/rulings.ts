import { disputesAbi } from "@cadastre/abi";
import {
  type BlockProof,
  blockCount,
  fromHex,
  keyCommitment,
  openBlock,
  plaintextRange,
  SealedError,
  toHex,
  verifyInclusion,
  verifyWrapProof,
  type WrapProof,
} from "@cadastre/sealed";
import { concatHex, type Hex, numberToHex, sha256, size, stringToHex } from "viem";
import { type Call, callsIn } from "./calls.ts";
import type { Agreement, Delivery, Event, Release, Story } from "./story.ts";

/** In the order of the contract. */
export const FAULTS = ["key", "content", "missing"] as const;
export type Fault = (typeof FAULTS)[number];

type KeyCall = Call<typeof disputesAbi, "disputeKey">;
type ContentCall = Call<typeof disputesAbi, "disputeContent">;
type Shown = KeyCall["args"][1];
export type Stored = ContentCall["args"][2];

/** A fault as it was shown on the chain, with the proof that showed it. */
export type Ruling = Event<"licences", "FaultShown"> & {
  readonly fault: Fault;
  /** None where another contract made the call, or where nothing had to be proved. */
  readonly shown?: {
    readonly agreement: Agreement;
    readonly release: Release;
    readonly delivery: Delivery;
    readonly proof: Shown;
    readonly stored?: Stored;
  };
};

/** Every fault in these transactions: of this licence, and of its release. */
export function rulingsOf(story: Story): Ruling[] {
  return story.events("licences", "FaultShown").map((event) => {
    const fault = FAULTS[event.args.fault]!;
    const call = callsIn(event.transaction.raw, disputesAbi, ["disputeKey", "disputeContent"]).find(
      ({ args }) => story.idOf(args[0].agreement) === event.args.id,
    );
    if (call === undefined) return { ...event, fault };
    const { agreement, release, delivery } = call.args[0];
    const stored = call.args[2] as Stored | undefined;
    return { ...event, fault, shown: { agreement, release, delivery, proof: call.args[1], ...(stored && { stored }) } };
  });
}

/** What a proof shows, computed again; throws where it shows nothing. */
export interface Finding {
  /** The key that the delivery unwraps to. */
  readonly key: Hex;
  readonly keyIsRight: boolean;
  readonly fault: Fault | undefined;
}

/** Decides a dispute anew, as the contract did and with other code. */
export function decide(
  story: Story,
  { agreement, release, delivery, proof, stored }: NonNullable<Ruling["shown"]>,
): Finding {
  const { release: number, custodian } = agreement.offer;
  const context = { licence: fromHex(story.idOf(agreement)), release: number, custodian: fromHex(custodian) };
  verifyWrapProof({
    ...context,
    X: point(agreement.keyX, agreement.keyY),
    R: point(delivery.rX, delivery.rY),
    proof: wrapProof(proof),
  });
  const mask = sha256(
    concatHex([
      stringToHex("cadastre/wrap/v1"),
      numberToHex(proof.s.x, { size: 32 }),
      story.idOf(agreement),
      numberToHex(number, { size: 4 }),
      custodian,
    ]),
  );
  const key = numberToHex(BigInt(delivery.wrapped) ^ BigInt(mask), { size: 32 });
  const keyIsRight = toHex(keyCommitment(fromHex(key))) === release.keyCommitment;
  if (stored === undefined) return { key, keyIsRight, fault: keyIsRight ? undefined : "key" };
  const right = keyIsRight && isRight(release, fromHex(key), stored);
  return { key, keyIsRight, fault: keyIsRight && !right ? "content" : undefined };
}

/** Throws unless the block lies under the release's root. */
export function checkStored(release: Release, stored: Stored): BlockProof {
  const length = Number(release.length);
  const proof = { index: Number(stored.index), block: fromHex(stored.stored), path: stored.path.map(fromHex) };
  verifyInclusion({
    root: fromHex(release.root),
    size: blockCount(length),
    index: proof.index,
    leaf: proof.block,
    path: proof.path,
  });
  return proof;
}

function isRight(release: Release, key: Uint8Array, stored: Stored): boolean {
  const proof = checkStored(release, stored);
  const length = Number(release.length);
  const { start, end } = plaintextRange(proof.index, length);
  if (size(stored.stored) !== end - start + 32) return false;
  try {
    openBlock({ manifest: { ...release, length }, key, ...proof });
    return true;
  } catch (error) {
    if (error instanceof SealedError && error.code === "commitment_mismatch") return false;
    throw error;
  }
}

function wrapProof({ s, a, b, t, z, inverse }: Shown): WrapProof {
  const of = ({ x, y }: { x: bigint; y: bigint }) => point(x, y);
  return { S: of(s), A: of(a), B: of(b), T: of(t), z: numberBytes(z), inverse: numberBytes(inverse) };
}

export function point(x: bigint, y: bigint): Uint8Array {
  return fromHex(concatHex([numberToHex(x, { size: 32 }), numberToHex(y, { size: 32 })]));
}

function numberBytes(value: bigint): Uint8Array {
  return fromHex(numberToHex(value, { size: 32 }));
}
