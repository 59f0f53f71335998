import type { HDNodeWallet, Signer, TypedDataDomain } from "ethers";
import type { OrderStruct } from "../../typechain-types/contracts/market/IMarketplace.ts";
import { ethers, SIDE, type System } from "./deploy.ts";

export const ORDER_TYPES = {
  Order: [
    { name: "maker", type: "address" },
    { name: "taker", type: "address" },
    { name: "id", type: "uint256" },
    { name: "side", type: "uint8" },
    { name: "units", type: "uint64" },
    { name: "minFill", type: "uint64" },
    { name: "unitPrice", type: "uint128" },
    { name: "policyVersion", type: "uint32" },
    { name: "maxFeeBps", type: "uint16" },
    { name: "maxRoyaltyBps", type: "uint16" },
    { name: "maxDue", type: "uint128" },
    { name: "expiry", type: "uint48" },
    { name: "epoch", type: "uint32" },
    { name: "nonce", type: "uint64" },
  ],
};

export const ANY_DUE = (1n << 128n) - 1n;

/** A sell order of 100 units at 5 DEMO that anyone may fill. */
export function order(maker: string, id: bigint, changes: Partial<OrderStruct> = {}): OrderStruct {
  return {
    maker,
    taker: ethers.ZeroAddress,
    id,
    side: SIDE.sell,
    units: 100n,
    minFill: 1n,
    unitPrice: 5_000_000n,
    policyVersion: 1n,
    maxFeeBps: 500n,
    maxRoyaltyBps: 1_000n,
    maxDue: ANY_DUE,
    expiry: 4_102_444_800n,
    epoch: 0n,
    nonce: 0n,
    ...changes,
  };
}

export async function marketDomain(system: System): Promise<TypedDataDomain> {
  const { chainId } = await ethers.provider.getNetwork();
  return { name: "Cadastre Market", version: "1", chainId, verifyingContract: await system.market.getAddress() };
}

export async function sign(system: System, signer: Signer | HDNodeWallet, terms: OrderStruct): Promise<string> {
  return signer.signTypedData(await marketDomain(system), ORDER_TYPES, terms);
}
