import { z } from "zod/v4";
import { send } from "../scripts/support/chain.ts";
import { newOrder, SIDE } from "../scripts/support/orders.ts";
import {
  accountNamed,
  action,
  amount,
  assetId,
  currencyAt,
  readAsset,
  text,
  wholeUnits,
  wholeUpTo,
} from "./session.ts";

const HOUR = 3_600;
const YEAR_HOURS = 8_760;

export default action(
  z.object({ asset: assetId, as: text, units: wholeUnits, price: amount, hours: wholeUpTo(YEAR_HOURS, "a year") }),
  async ({ asset, as, units, price, hours }, session) => {
    const { chain, contracts } = session;
    const maker = accountNamed(chain, as);
    const currency = await currencyAt(session, (await readAsset(session, asset)).currency);
    const unitPrice = currency.parse(price);
    const order = await newOrder(chain, contracts, {
      maker,
      id: asset,
      side: SIDE.sell,
      units,
      unitPrice,
      seconds: hours * HOUR,
    });
    const { assets, market } = contracts;
    const approved = await chain.client.readContract({
      ...assets,
      functionName: "isApprovedForAll",
      args: [maker, market.address],
    });
    if (!approved)
      await send(chain, maker, { ...assets, functionName: "setApprovalForAll", args: [market.address, true] });
    const { gasUsed } = await send(chain, maker, { ...market, functionName: "post", args: [order] });
    const hash = await chain.client.readContract({ ...market, functionName: "hashOrder", args: [order] });
    console.log(
      `${units} fractions at ${currency.show(unitPrice)} each are on offer for ${hours} hours (${gasUsed} gas).`,
    );
    console.log(`order ${hash}`);
  },
);
