import { agreementTypedData, type licenceRegistryAbi, offerTypedData } from "@cadastre/abi";
import {
  type BlockProof,
  type Delivery,
  encryptionPublicKey,
  fromHex,
  proveWrap,
  toHex,
  unwrapKey,
  type WrappedKey,
  wrapKey,
} from "@cadastre/sealed";
import {
  type Address,
  bytesToBigInt,
  type ContractFunctionArgs,
  type Hex,
  hashTypedData,
  hexToBytes,
  numberToBytes,
} from "viem";
import { type Chain, walletOf } from "./chain.ts";
import type { Contracts } from "./contracts.ts";
import type { Release } from "./sealing.ts";

type BuyArguments = ContractFunctionArgs<typeof licenceRegistryAbi, "nonpayable", "buy">;

/** As LicenceRegistry has them. */
export type Agreement = BuyArguments[0];
export type Offer = Agreement["offer"];

/** A wrapped key as contracts have it. */
export interface ChainDelivery {
  readonly rX: bigint;
  readonly rY: bigint;
  readonly wrapped: Hex;
}

/** Where a licence's typed data is at home. */
function domainOf(chain: Chain, { licences }: Contracts) {
  return { ...offerTypedData.domain, chainId: chain.id, verifyingContract: licences.address };
}

/** An operator signs an offer, off chain: any number of buyers may take it. */
export async function signOffer(chain: Chain, contracts: Contracts, offer: Offer): Promise<Hex> {
  return (await walletOf(chain, offer.operator)).signTypedData({
    account: offer.operator,
    ...offerTypedData,
    domain: domainOf(chain, contracts),
    message: offer,
  });
}

/** The agreement of a licensee who takes an offer. */
export function agreementOf(offer: Offer, licensee: Address, secret: Uint8Array, nonce: bigint): Agreement {
  const [keyX, keyY] = coordinates(encryptionPublicKey(secret));
  return { offer, licensee, keyX, keyY, nonce };
}

/** The id that a licence with this agreement has. */
export function licenceIdOf(chain: Chain, contracts: Contracts, agreement: Agreement): Hex {
  return hashTypedData({ ...agreementTypedData, domain: domainOf(chain, contracts), message: agreement });
}

/** Wraps a key for a licensee. */
export function deliveryFor(licence: Hex, agreement: Agreement, key: Uint8Array): ChainDelivery {
  const to = pointBytes(agreement.keyX, agreement.keyY);
  const { R, wrapped } = wrapKey({ key, to, ...contextOf(licence, agreement) });
  const [rX, rY] = coordinates(R);
  return { rX, rY, wrapped: toHex(wrapped) };
}

/**
 * What a licensee finds in a delivery.
 *
 * @throws SealedError `key_mismatch` where it is not the key of the release
 */
export function keyIn(
  licence: Hex,
  agreement: Agreement,
  delivery: ChainDelivery,
  secret: Uint8Array,
  release: Pick<Release, "keyCommitment">,
): Uint8Array {
  const wrapped: WrappedKey = { R: pointBytes(delivery.rX, delivery.rY), wrapped: fromHex(delivery.wrapped) };
  return unwrapKey({ secret, ...wrapped, ...contextOf(licence, agreement), keyCommitment: release.keyCommitment });
}

/** The proof with which a licensee shows to everybody what was delivered. */
export function proofFor(licence: Hex, agreement: Agreement, delivery: ChainDelivery, secret: Uint8Array) {
  const R = pointBytes(delivery.rX, delivery.rY);
  const { S, A, B, T, z, inverse } = proveWrap({ secret, R, ...contextOf(licence, agreement) });
  const point = (bytes: Uint8Array) => {
    const [x, y] = coordinates(bytes);
    return { x, y };
  };
  const [s, a, b, t] = [point(S), point(A), point(B), point(T)];
  return { s, a, b, t, z: bytesToBigInt(z), inverse: bytesToBigInt(inverse) };
}

/** A block as disputes take it. */
export function storedBlock({ index, block, path }: BlockProof) {
  return { index: BigInt(index), stored: toHex(block), path: path.map(toHex) };
}

function contextOf(licence: Hex, { offer }: Agreement): Delivery {
  return { licence: hexToBytes(licence), release: offer.release, custodian: hexToBytes(offer.custodian) };
}

function coordinates(point: Uint8Array): [x: bigint, y: bigint] {
  return [bytesToBigInt(point.subarray(0, 32)), bytesToBigInt(point.subarray(32))];
}

function pointBytes(x: bigint, y: bigint): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set(numberToBytes(x, { size: 32 }));
  bytes.set(numberToBytes(y, { size: 32 }), 32);
  return bytes;
}
