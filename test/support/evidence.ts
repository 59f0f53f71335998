import { createServer, type Server } from "node:http";
import {
  type BlockProof,
  encryptionPublicKey,
  fromHex,
  manifestHash,
  proveBlock,
  proveWrap,
  recordTree,
  type Sealed,
  STORED_BLOCK_BYTES,
  seal,
  toHex,
  wrapKey,
} from "@cadastre/sealed";
import type { PublicClient } from "viem";
import type { Source } from "../../scripts/evidence/collect.ts";
import { termsDocument, termsHashOf } from "../../scripts/support/terms.ts";
import type { ReleaseStruct } from "../../typechain-types/contracts/assets/IDataAsset.ts";
import type {
  AgreementStruct,
  DeliveryStruct,
  OfferStruct,
} from "../../typechain-types/contracts/licences/ILicenceRegistry.ts";
import { evidence, NO_CONSENT } from "../assets/consents.ts";
import { ethers, passWindow, provider, register, type System, viem, WINDOWS } from "./deploy.ts";
import { agreement, LICENSEE_KEY, offer, signOffer } from "./licences.ts";

const SECRET = fromHex(LICENSEE_KEY as `0x${string}`);
export const DATA = new TextEncoder().encode("hour,kWh\n".repeat(1_200));

let drawn = 0;

/** Data of an asset, sealed, with the release that was registered of it. */
export interface Dataset {
  readonly asset: bigint;
  readonly sealed: Sealed;
  readonly stored: Uint8Array;
  readonly release: ReleaseStruct;
}

/** Data sealed by the real format; with `faulty`, one block is not what its commitment says. */
function sealedRelease(faulty: boolean, parentReleases: bigint[]): Omit<Dataset, "asset"> {
  drawn += 1;
  const sealed = seal(DATA, {
    mediaType: "text/csv",
    dataset: {
      title: `Consumption ${drawn}`,
      description: "By the hour",
      publisher: "Grid",
      issued: "2026-01-01",
      license: "https://example.org/licence",
    },
  });
  const stored = Uint8Array.from(sealed.stored);
  if (faulty) stored[STORED_BLOCK_BYTES] = stored[STORED_BLOCK_BYTES]! ^ 1;
  const blocks = [0, 1, 2].map((i) => stored.subarray(i * STORED_BLOCK_BYTES, (i + 1) * STORED_BLOCK_BYTES));
  const release = {
    root: toHex(recordTree(blocks).root),
    keyCommitment: toHex(sealed.keyCommitment),
    length: BigInt(sealed.length),
    manifestHash: toHex(manifestHash(sealed.manifest)),
    manifestUri: `https://data.example/${drawn}.json`,
    parentReleases,
  };
  return { sealed, stored, release };
}

/** Registers a dataset of `owner`, or one of `operator` that was made from a parent. */
export async function sealedAsset(
  system: System,
  { faulty = false, parent }: { faulty?: boolean; parent?: bigint } = {},
): Promise<Dataset> {
  const dataset = sealedRelease(faulty, parent === undefined ? [] : [1n]);
  const asset = await register(system, `evidence ${drawn}`, {
    release: dataset.release,
    operator: parent === undefined ? system.owner.address : system.operator.address,
    ...(parent === undefined ? {} : { parents: [{ id: parent, shareBps: 1_500n }], evidence: evidence([NO_CONSENT]) }),
  });
  return { asset, ...dataset };
}

/** `operator` publishes the next release of a derived asset. */
export async function publishNext({ assets, operator }: System, asset: bigint): Promise<Dataset> {
  const dataset = sealedRelease(false, [1n]);
  await assets.connect(operator).publish(asset, dataset.release);
  return { asset, ...dataset };
}

/** A dataset of `operator`, made from one of `owner`. */
export async function derivedAsset(system: System, options: { faulty?: boolean } = {}): Promise<Dataset> {
  const { asset: parent } = await sealedAsset(system);
  return sealedAsset(system, { ...options, parent });
}

export interface Bought {
  readonly id: `0x${string}`;
  readonly agreed: AgreementStruct;
  /** The terms document that was agreed, where there is one. */
  readonly terms?: Uint8Array;
}

let nonces = 0n;

export async function buy(system: System, asset: bigint, changes: Partial<OfferStruct> = {}): Promise<Bought> {
  const { bob, operator, licences, currency } = system;
  nonces += 1n;
  const { terms, offered } = await offerWithTerms(system, asset, { nonce: nonces, ...changes });
  const agreed = agreement(offered, bob.address, nonces);
  await currency.connect(bob).approve(licences, ethers.MaxUint256);
  const signer = changes.operator === system.alice.address ? system.alice : operator;
  await licences.connect(bob).buy(agreed, await signOffer(system, signer, offered));
  return { id: (await licences.hashAgreement(agreed)) as `0x${string}`, agreed, terms };
}

/** An offer whose hash of terms is that of a document. */
async function offerWithTerms(system: System, asset: bigint, changes: Partial<OfferStruct>) {
  const offered = offer(system, asset, changes);
  const { chainId } = await ethers.provider.getNetwork();
  const register = { chainId: Number(chainId), assets: (await system.assets.getAddress()) as `0x${string}` };
  const terms = termsDocument(register, {
    ...{ operator: offered.operator as `0x${string}`, asset, derivation: offered.derivation },
    ...{ duration: BigInt(offered.duration), quota: BigInt(offered.quota) },
  });
  return { terms, offered: { ...offered, termsHash: termsHashOf(terms) } };
}

export function contextOf(system: System, { id, agreed }: Bought) {
  return {
    licence: fromHex(id),
    release: Number(agreed.offer.release),
    custodian: fromHex(system.alice.address as `0x${string}`),
  };
}

export function wrapFor(system: System, bought: Bought, key: Uint8Array): DeliveryStruct {
  const { R, wrapped } = wrapKey({ key, to: encryptionPublicKey(SECRET), ...contextOf(system, bought) });
  const [rX, rY] = halves(R);
  return { rX, rY, wrapped: toHex(wrapped) };
}

export async function deliver(system: System, bought: Bought, key: Uint8Array): Promise<DeliveryStruct> {
  const delivery = wrapFor(system, bought, key);
  const { alice, licences } = system;
  await licences.connect(alice).deliver(bought.agreed.offer.asset, bought.id, delivery);
  return delivery;
}

export function wrapProofOf(system: System, bought: Bought, { rX, rY }: DeliveryStruct) {
  const R = fromHex(ethers.concat([ethers.toBeHex(rX, 32), ethers.toBeHex(rY, 32)]) as `0x${string}`);
  const { S, A, B, T, z, inverse } = proveWrap({ secret: SECRET, R, ...contextOf(system, bought) });
  const point = (bytes: Uint8Array) => ({ x: halves(bytes)[0], y: halves(bytes)[1] });
  return { s: point(S), a: point(A), b: point(B), t: point(T), z: BigInt(toHex(z)), inverse: BigInt(toHex(inverse)) };
}

export function storedBlock({ sealed, stored, release }: Dataset, index: number) {
  const manifest = { ...sealed.manifest, root: release.root as `0x${string}` };
  const { block, path }: BlockProof = proveBlock({ manifest, stored, index });
  return { index: BigInt(index), stored: toHex(block), path: path.map(toHex) };
}

export async function settle(system: System, { agreed }: Bought) {
  await passWindow(WINDOWS.licence);
  await system.licences.settle(agreed);
}

/** Deposits what a custodian may lose. */
export async function depositBond(system: System, asset: bigint, amount: bigint) {
  const { alice, currency, licences } = system;
  await currency.connect(alice).approve(licences, ethers.MaxUint256);
  await licences.connect(alice).depositBond(asset, amount);
}

function halves(bytes: Uint8Array): [bigint, bigint] {
  return [BigInt(toHex(bytes.subarray(0, 32))), BigInt(toHex(bytes.subarray(32)))];
}

export async function sourceOf({ assets, licences, disputes, subscriptions }: System): Promise<Source> {
  const client = (await viem.getPublicClient()) as PublicClient;
  const address = async (contract: { getAddress(): Promise<string> }) => (await contract.getAddress()) as `0x${string}`;
  return {
    client,
    chainId: await client.getChainId(),
    contracts: {
      ...{ assets: await address(assets), licences: await address(licences) },
      ...{ disputes: await address(disputes), subscriptions: await address(subscriptions) },
    },
  };
}

/** The chain of these tests as an endpoint over HTTP. */
export async function serveProvider(): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { id, method, params } = JSON.parse(Buffer.concat(pieces).toString()) as {
      id: number;
      method: string;
      params: [];
    };
    const answer = await provider.request({ method, params }).then(
      (result) => ({ result }),
      (error: Error) => ({ error: { code: -32_000, message: error.message } }),
    );
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ jsonrpc: "2.0", id, ...answer }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
