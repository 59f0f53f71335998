import { encryptionPublicKey, keyCommitment, leafHash, nodeHash } from "@cadastre/sealed";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { BaseContract } from "ethers";
import { proveWrapBy } from "../../packages/sealed/src/proveWrap.ts";
import { sealBlock } from "../../packages/sealed/src/sealBlock.ts";
import { wrapKeyBy } from "../../packages/sealed/src/wrapKey.ts";
import type { ReleaseStruct } from "../../typechain-types/contracts/assets/IDataAsset.ts";
import type { StoredBlockStruct } from "../../typechain-types/contracts/licences/IDisputes.ts";
import type { AgreementStruct, DeliveryStruct } from "../../typechain-types/contracts/licences/ILicenceRegistry.ts";
import { ethers, release, type System } from "./deploy.ts";
import { agreement, LICENSEE_KEY, offer, signOffer } from "./licences.ts";

/** A transaction that is ready to be sent. */
export interface Call {
  readonly from: HardhatEthersSigner;
  readonly to: string;
  readonly data: string;
}

/** An action, and what must have happened to the licence before. */
export interface LicenceAction {
  readonly before: readonly Call[];
  readonly call: Call;
}

export const LICENCE_ACTIONS = ["license", "deliver", "settle", "disputeKey", "disputeContent"] as const;
export type LicenceActions = Readonly<Record<(typeof LICENCE_ACTIONS)[number], LicenceAction>>;

/** Of 1 GiB: 2^18 blocks. One of them is real, and beside its path there may be anything. */
const LENGTH = 2n ** 30n;
const DEPTH = 18;
const INDEX = 123_456;
const RELEASE = 2;
const BOND = 50_000n;
const KEY = bytesOf("key");

function bytesOf(label: string): Uint8Array {
  return ethers.getBytes(ethers.id(label));
}

/**
 * What can happen to a licence of `bob`, his first, to a release of which one block is not what its commitment says. Operator,
 * custodian and market have sold, delivered and settled licences to the asset before, and another one is in escrow.
 */
export async function steadyLicence(system: System, asset: bigint): Promise<LicenceActions> {
  const { assets, currency, disputes, licences, operator, owner, alice, bob } = system;
  const stored = faultyBlock();
  const release_ = releaseOf(stored);
  await assets.connect(operator).publish(asset, release_);
  for (const person of [owner, alice, bob]) await currency.connect(person).approve(licences, ethers.MaxUint256);
  await licences.connect(alice).depositBond(asset, 10n * BOND);

  const terms = offer(system, asset, { release: BigInt(RELEASE), bond: BOND, nonce: 7n });
  const signature = await signOffer(system, operator, terms);
  const buy = (who: HardhatEthersSigner, a: AgreementStruct) => callOf(who, licences, "buy", [a, signature]);
  const deliver = async (a: AgreementStruct, key: Uint8Array) =>
    callOf(alice, licences, "deliver", [asset, await licences.hashAgreement(a), await deliveryOf(system, a, key)]);
  const settle = (who: HardhatEthersSigner, a: AgreementStruct) => callOf(who, licences, "settle", [a]);

  const [settled, paid] = [0n, 1n].map((nonce) => agreement(terms, owner.address, nonce));
  await send([await buy(owner, settled!), await deliver(settled!, KEY), await settle(owner, settled!)]);
  await send([await buy(owner, paid!)]);

  const a = agreement(terms, bob.address, 1n);
  const bought = await buy(bob, a);
  const [right, wrong] = [await deliver(a, KEY), await deliver(a, bytesOf("another key"))];
  const proof = await proofOf(system, a);
  const caseOf = async (key: Uint8Array) => ({
    agreement: a,
    release: release_,
    delivery: await deliveryOf(system, a, key),
  });
  const disputedKey = [await caseOf(bytesOf("another key")), proof];
  const disputedContent = [await caseOf(KEY), proof, stored];
  return {
    license: { before: [], call: bought },
    deliver: { before: [bought], call: right },
    settle: { before: [bought, right], call: await settle(bob, a) },
    disputeKey: { before: [bought, wrong], call: await callOf(bob, disputes, "disputeKey", disputedKey) },
    disputeContent: { before: [bought, right], call: await callOf(bob, disputes, "disputeContent", disputedContent) },
  };
}

/** Sends transactions, each in a block of its own. */
export async function send(calls: readonly Call[]): Promise<void> {
  for (const { from, to, data } of calls) await (await from.sendTransaction({ to, data })).wait();
}

async function callOf(
  from: HardhatEthersSigner,
  contract: BaseContract,
  name: string,
  args: readonly unknown[],
): Promise<Call> {
  return { from, to: await contract.getAddress(), data: contract.interface.encodeFunctionData(name, args) };
}

function faultyBlock(): StoredBlockStruct {
  const plaintext = Uint8Array.from({ length: 4_096 }, (_, i) => 1 + ((i * 151) % 255));
  const stored = sealBlock({ key: KEY, index: INDEX, plaintext });
  stored[stored.length - 1]! ^= 1;
  return { index: INDEX, stored, path: Array.from({ length: DEPTH }, (_, i) => bytesOf(`node ${i}`)) };
}

function releaseOf({ stored, path }: StoredBlockStruct): ReleaseStruct {
  const root = (path as Uint8Array[]).reduce(
    (hash, sibling, level) => ((INDEX >> level) & 1 ? nodeHash(sibling, hash) : nodeHash(hash, sibling)),
    leafHash(stored as Uint8Array),
  );
  return { ...release("1 GiB"), root, keyCommitment: keyCommitment(KEY), length: LENGTH };
}

/** Numbers that are random elsewhere are fixed here, so that the bytes, and with them the gas, are the same each time. */
const drawn = (label: string) => () => BigInt(ethers.id(label)) >> 1n;

async function aboutOf({ licences }: System, a: AgreementStruct) {
  const licence = ethers.getBytes(await licences.hashAgreement(a));
  return { licence, release: RELEASE, custodian: ethers.getBytes(a.offer.custodian as string) };
}

const secret = ethers.getBytes(LICENSEE_KEY);

async function wrapped(system: System, a: AgreementStruct, key: Uint8Array) {
  const about = await aboutOf(system, a);
  return wrapKeyBy(drawn("ephemeral"), { key, to: encryptionPublicKey(secret), ...about });
}

async function deliveryOf(system: System, a: AgreementStruct, key: Uint8Array): Promise<DeliveryStruct> {
  const { R, wrapped: mask } = await wrapped(system, a, key);
  const { x, y } = pointOf(R);
  return { rX: x, rY: y, wrapped: mask };
}

async function proofOf(system: System, a: AgreementStruct) {
  const { R } = await wrapped(system, a, KEY);
  const { S, A, B, T, z, inverse } = proveWrapBy(drawn("k"), { secret, R, ...(await aboutOf(system, a)) });
  return {
    ...{ s: pointOf(S), a: pointOf(A), b: pointOf(B), t: pointOf(T) },
    ...{ z: ethers.toBigInt(z), inverse: ethers.toBigInt(inverse) },
  };
}

const pointOf = (bytes: Uint8Array) => ({
  x: ethers.toBigInt(bytes.subarray(0, 32)),
  y: ethers.toBigInt(bytes.subarray(32)),
});
