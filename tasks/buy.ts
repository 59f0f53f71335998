import { isHash } from "viem";
import { z } from "zod/v4";
import { inPieces } from "../scripts/support/access.ts";
import { send } from "../scripts/support/chain.ts";
import { type Order, SIDE } from "../scripts/support/orders.ts";
import { Problem } from "../scripts/support/problem.ts";
import { accountNamed, action, currencyAt, type Session, text, wholeUnits } from "./session.ts";

export default action(
  z.object({
    order: z.custom<`0x${string}`>((value) => typeof value === "string" && isHash(value), "is not an order's hash"),
    as: text,
    units: wholeUnits,
  }),
  async ({ order: hash, as, units }, session) => {
    const { chain, contracts } = session;
    const { market } = contracts;
    const buyer = accountNamed(chain, as);
    const order = await postedOrder(session, hash);
    const quote = await chain.client.readContract({ ...market, functionName: "quote", args: [order, units] });
    const currency = await currencyAt(session, quote.currency);
    const owned = await chain.client.readContract({ ...currency.contract, functionName: "balanceOf", args: [buyer] });
    if (owned < quote.price)
      throw new Problem(`The price is ${currency.show(quote.price)}; ${as} has ${currency.show(owned)}.`);
    await send(chain, buyer, { ...currency.contract, functionName: "approve", args: [market.address, quote.price] });
    const fill = { order, signature: "0x" as const, units, limit: quote.price };
    const { gasUsed } = await send(chain, buyer, { ...market, functionName: "fill", args: [fill] });
    console.log(
      `Bought ${units} fractions for ${currency.show(quote.price)} (${gasUsed} gas): ${currency.show(quote.fee)} market fee, ` +
        `${currency.show(quote.royalty)} royalty, ${currency.show(quote.proceeds)} to the seller.`,
    );
  },
);

async function postedOrder({ chain, contracts }: Session, orderHash: `0x${string}`): Promise<Order> {
  const logs = await inPieces(chain, (fromBlock, toBlock) =>
    chain.client.getContractEvents({
      ...contracts.market,
      eventName: "OrderPosted",
      args: { orderHash },
      fromBlock,
      toBlock,
      strict: true,
    }),
  );
  const order = logs[0]?.args.order;
  if (order === undefined) throw new Problem(`No order ${orderHash} was posted on this network.`);
  if (order.side !== SIDE.sell) throw new Problem("This order buys; it has to be filled by a seller.");
  return order;
}
