import type { FillStruct, OrderStruct } from "../../typechain-types/contracts/market/IMarketplace.ts";
import { evidence, NO_CONSENT } from "../assets/consents.ts";
import {
  asSteward,
  deploy,
  ethers,
  FEE_BPS,
  register,
  registration,
  release,
  SIDE,
  type System,
} from "../support/deploy.ts";
import { order, sign } from "../support/orders.ts";

export const NO_LIMIT = ethers.MaxUint256;
export const UNIT_PRICE = 5_000_000n;
const ROYALTY_BPS = 250n;

/** An asset of `owner` with a royalty of 2.5 %; `alice` has 500 of its 1,000 fractions, and `bob` has money. */
export async function stage() {
  const system = await deploy();
  const id = await register(system);
  await system.assets.connect(system.owner).safeTransferFrom(system.owner, system.alice, id, 500n, "0x");
  return { ...system, id };
}

export type Stage = Awaited<ReturnType<typeof stage>>;

/** A sell order of `alice`, 100 units. */
export const ask = (s: Stage, changes: Partial<OrderStruct> = {}): OrderStruct => order(s.alice.address, s.id, changes);

/** A buy order of `bob`, 100 units. */
export const bid = (s: Stage, changes: Partial<OrderStruct> = {}): OrderStruct =>
  order(s.bob.address, s.id, { side: SIDE.buy, ...changes });

/** A fill of a signed order of `alice`, `bob` or `owner`, without a limit unless one is given. */
export async function fillOf(s: Stage, terms: OrderStruct, units = 10n, limit?: bigint): Promise<FillStruct> {
  const signer = [s.alice, s.bob, s.owner].find(({ address }) => address === terms.maker)!;
  const signature = await sign(s, signer, terms);
  return { order: terms, signature, units, limit: limit ?? (terms.side === SIDE.sell ? NO_LIMIT : 0n) };
}

export interface Parts {
  price: bigint;
  fee: bigint;
  royalty: bigint;
  proceeds: bigint;
}

/** How a price is divided where the seller is not the holder. */
export function partsOf(units: bigint, unitPrice = UNIT_PRICE): Parts {
  const price = units * unitPrice;
  const fee = (price * FEE_BPS) / 10_000n;
  const royalty = (price * ROYALTY_BPS) / 10_000n;
  return { price, fee, royalty, proceeds: price - fee - royalty };
}

/** The first four bytes of a custom error, as outcomes and explanations give them. */
export const selectorOf = (contract: System["market"] | System["assets"], name: string): string =>
  contract.interface.getError(name as never)!.selector;

export async function setFee(s: Stage, feeBps: bigint) {
  await asSteward(s, s.market, "setFee", [feeBps, s.treasury.address]);
}

/** A derived asset pays this asset a share that waits to be distributed. */
export async function letWait(s: Stage, amount: bigint) {
  const changes = {
    ...{ holder: s.operator.address, operator: s.operator.address, evidence: evidence([NO_CONSENT]) },
    parents: [{ id: s.id, shareBps: 5_000n }],
    release: release("derived", [1n]),
  };
  const request = await registration(s, "derived", changes);
  await s.assets.connect(s.operator).register(request);
  const child = await s.assets.assetIdOf(s.operator, request.release.root);
  await s.assets.connect(s.bob).distribute(child, amount * 2n);
}
