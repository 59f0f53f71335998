import { randomInt } from "node:crypto";
import { orderTypedData } from "@cadastre/abi";
import { type Address, type Hex, maxUint128, zeroAddress } from "viem";
import { type Chain, walletOf } from "./chain.ts";
import { blockTime } from "./clock.ts";
import type { Contracts } from "./contracts.ts";

export const SIDE = { sell: 0, buy: 1 } as const;

/** As the Marketplace has it. */
export interface Order {
  readonly maker: Address;
  readonly taker: Address;
  readonly id: bigint;
  readonly side: number;
  readonly units: bigint;
  readonly minFill: bigint;
  readonly unitPrice: bigint;
  readonly policyVersion: number;
  readonly maxFeeBps: number;
  readonly maxRoyaltyBps: number;
  readonly maxDue: bigint;
  readonly expiry: number;
  readonly epoch: number;
  readonly nonce: bigint;
}

/** Terms of an order that a maker would sign now: fee, royalty and policy as they are, a number that was not used before. */
export async function newOrder(
  chain: Chain,
  { market, assets }: Contracts,
  terms: Pick<Order, "maker" | "id" | "side" | "units" | "unitPrice"> & { readonly seconds: number },
): Promise<Order> {
  const { client } = chain;
  const { seconds, ...given } = terms;
  const [feeBps] = await client.readContract({ ...market, functionName: "feeOf" });
  const { policyVersion, royaltyBps } = await client.readContract({
    ...assets,
    functionName: "assetOf",
    args: [terms.id],
  });
  return {
    ...given,
    taker: zeroAddress,
    minFill: 1n,
    policyVersion,
    maxFeeBps: feeBps,
    maxRoyaltyBps: royaltyBps,
    maxDue: maxUint128,
    expiry: (await blockTime(chain)) + seconds,
    epoch: await client.readContract({ ...market, functionName: "epochOf", args: [terms.maker] }),
    nonce: BigInt(randomInt(2 ** 47)),
  };
}

export async function signOrder(chain: Chain, { market }: Contracts, order: Order): Promise<Hex> {
  const wallet = await walletOf(chain, order.maker);
  return wallet.signTypedData({
    account: order.maker,
    ...orderTypedData,
    domain: { ...orderTypedData.domain, chainId: chain.id, verifyingContract: market.address },
    message: order,
  });
}
