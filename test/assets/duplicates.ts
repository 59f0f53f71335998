import { BLOCK_BYTES, openSample, proveBlock, type Sealed, seal, toHex } from "@cadastre/sealed";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { Hex } from "viem";
import { csvBytes, readDataset } from "../../scripts/support/datasets.ts";
import { releaseOf } from "../../scripts/support/sealing.ts";
import { asSteward, deploy, ethers, PROVINCE, registration, type System } from "../support/deploy.ts";

export const REASON = ethers.id("statement of reasons");
export const TERMS = {
  notice: { duration: 5_000, blocks: 3 },
  decision: { duration: 8_000, blocks: 4 },
  deposit: 20,
} as const;
export const DEPOSIT = 20_000_000n;

/** Three blocks of real data, the last of them short. */
export const CSV = csvBytes(readDataset("weather")).subarray(0, 2 * BLOCK_BYTES + 45);

const DESCRIPTION = {
  mediaType: "text/csv",
  dataset: {
    title: "Daily weather",
    description: "Daily observations of one station",
    publisher: "Example Institute",
    issued: "2026-01-01",
    license: "https://creativecommons.org/publicdomain/zero/1.0/",
  },
};

/** A block as `OpenedBlock` has it. */
export interface Opened {
  readonly number: number;
  readonly release: ReturnType<typeof releaseFor>;
  readonly index: bigint;
  readonly blind: Hex;
  readonly ciphertext: Hex;
  readonly path: Hex[];
}

/** Seals under a key of its own: 32 bytes, all of them `secret`. */
export function sealUnder(secret: number, plaintext: Uint8Array = CSV): Sealed {
  return seal(plaintext, { ...DESCRIPTION, key: new Uint8Array(32).fill(secret) });
}

/** A release of an asset without parents. */
export function releaseFor(sealed: Sealed) {
  const parentReleases: number[] = [];
  return { ...releaseOf(sealed), parentReleases };
}

export function plaintextOf(index: number, data: Uint8Array = CSV): Uint8Array {
  return data.slice(index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES);
}

/** Opens a block as whoever knows the key can: its blind is derived from the key, and gives no other block away. */
export function openingOf(sealed: Sealed, index: number, number = 1): Opened {
  const { blind } = openSample({ key: sealed.key, index, plaintext: plaintextOf(index) });
  const { block, path } = proveBlock({ manifest: sealed.manifest, stored: sealed.stored, index });
  return {
    ...{ number, release: releaseFor(sealed), index: BigInt(index), blind },
    ...{ ciphertext: toHex(block.subarray(32)), path: path.map(toHex) },
  };
}

export async function registerSealed(system: System, holder: HardhatEthersSigner, sealed: Sealed): Promise<bigint> {
  const { assets } = system;
  const release = releaseFor(sealed);
  const terms = await registration(system, "", {
    ...{ holder: holder.address, operator: holder.address },
    release,
  });
  await assets.connect(holder).register(terms);
  return assets.assetIdOf(holder.address, release.root);
}

/** Alice sealed the data first; the owner registers the same under another key; alice objects. */
export async function deployWithCopy() {
  const system = await deploy();
  const { notice, currency, alice, bob } = system;
  for (const person of [alice, bob]) await currency.connect(person).approve(notice, ethers.MaxUint256);
  const [original, copy] = [sealUnder(1), sealUnder(2)];
  const earlier = await registerSealed(system, alice, original);
  await asSteward(system, notice, "setTerms", [PROVINCE, TERMS]);
  const id = await registerSealed(system, system.owner, copy);
  await notice.connect(alice).object(id, REASON);
  return { ...system, system, original, copy, earlier, id };
}
