import { type Address, getAddress, isAddress } from "viem";

/** A position of CAIP-10 as a DID: the same account on another chain is another subject. */
export function didOfAccount(chainId: number, account: Address): string {
  return `did:pkh:eip155:${chainId}:${getAddress(account)}`;
}

/** An asset as CAIP-19 names it, which is a URI too. */
export function assetUri(chainId: number, register: Address, asset: bigint): string {
  return `eip155:${chainId}/erc1155:${getAddress(register)}/${asset}`;
}

/** `undefined` for anything that is not an account of an EVM chain, and for an address with a wrong checksum. */
export function accountOfDid(did: string): { readonly chainId: bigint; readonly account: Address } | undefined {
  const [, chainId, account] = /^did:pkh:eip155:([1-9]\d{0,31}):(0x[0-9a-fA-F]{40})$/.exec(did) ?? [];
  if (chainId === undefined || account === undefined || !isAddress(account)) return undefined;
  return { chainId: BigInt(chainId), account: getAddress(account) };
}
