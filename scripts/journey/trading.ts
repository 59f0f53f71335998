import type { Hex } from "viem";
import type { AccountName } from "../support/accounts.ts";
import { newOrder, type Order, SIDE, signOrder } from "../support/orders.ts";
import { money } from "../support/table.ts";
import type { Journey } from "./journey.ts";

const DAY = 86_400;

export interface SignedOrder {
  readonly order: Order;
  readonly signature: Hex;
  readonly label: string;
  readonly maker: AccountName;
}

/** Signs an order off chain, after the approval that its fills will need. */
export async function sign(
  journey: Journey,
  maker: AccountName,
  label: string,
  terms: { readonly side: keyof typeof SIDE; readonly units: bigint; readonly unitPrice: bigint },
): Promise<SignedOrder> {
  const { chain, contracts } = journey;
  const order = await newOrder(chain, contracts, {
    ...{ maker: journey.address(maker), id: journey.asset(label).id, side: SIDE[terms.side], units: terms.units },
    ...{ unitPrice: terms.unitPrice, seconds: DAY },
  });
  if (terms.side === "sell") await approveFractions(journey, maker);
  else await approveMoney(journey, maker, terms.units * terms.unitPrice);
  const signature = await signOrder(chain, contracts, order);
  journey.note(
    `${maker} signs, off chain: ${terms.side} up to ${terms.units} fractions of ${label} at ${money(terms.unitPrice)} each.`,
  );
  return { order, signature, label, maker };
}

/** What a taker sends: the limit is exactly what the quote says. */
export async function fillOf(journey: Journey, { order, signature }: SignedOrder, taker: AccountName, units: bigint) {
  const seen = { ...order, taker: journey.address(taker) };
  const quote = await journey.chain.client.readContract({
    ...journey.contracts.market,
    functionName: "quote",
    args: [seen, units],
  });
  return { order, signature, units, limit: order.side === SIDE.sell ? quote.price : quote.proceeds };
}

/** Fills part of an order, in the model too. */
export async function fill(journey: Journey, signed: SignedOrder, taker: AccountName, units: bigint): Promise<void> {
  const { market } = journey.contracts;
  const { order, label, maker } = signed;
  const selling = order.side === SIDE.sell;
  if (selling) await approveMoney(journey, taker, units * order.unitPrice);
  else await approveFractions(journey, taker);
  const taken = await fillOf(journey, signed, taker, units);
  const verb = selling ? "buys" : "sells";
  await journey.act(taker, `${verb} ${units} fractions of ${label}`, {
    ...market,
    functionName: "fill",
    args: [taken],
  });

  const [feeBps] = await journey.chain.client.readContract({ ...market, functionName: "feeOf" });
  const { holder, royaltyBps } = journey.asset(label);
  const { price, fee, royalty } = journey.model.trade(label, {
    ...{ seller: selling ? maker : taker, buyer: selling ? taker : maker, units, unitPrice: order.unitPrice },
    ...{ feeBps: BigInt(feeBps), royaltyBps, holder },
  });
  const seller = selling ? maker : taker;
  journey.note(
    `${taker} ${verb} ${units}: the buyer pays ${money(price)}; of it ${money(fee)} market fee, ${money(royalty)} royalty, ` +
      `${money(price - fee - royalty)} to ${seller}.`,
  );
}

export async function approveMoney(
  journey: Journey,
  who: AccountName,
  amount: bigint,
  spender = journey.contracts.market.address,
) {
  await journey.act(who, "approves the payment", {
    ...journey.currency,
    functionName: "approve",
    args: [spender, amount],
  });
}

async function approveFractions(journey: Journey, who: AccountName): Promise<void> {
  const { assets, market } = journey.contracts;
  const args = [journey.address(who), market.address] as const;
  const approved = await journey.chain.client.readContract({ ...assets, functionName: "isApprovedForAll", args });
  if (approved) return;
  await journey.act(who, "lets the market deliver its fractions", {
    ...assets,
    functionName: "setApprovalForAll",
    args: [market.address, true],
  });
}
