import type { Step } from "./journey.ts";
import { approveMoney, fill, fillOf, sign } from "./trading.ts";

const UNIT_PRICE = 1_750_000n;

export const cancellation: Step = {
  title: "An order is filled in part, then cancelled: nobody can fill the rest",
  async run(journey) {
    const signed = await sign(journey, "station", "weather", { side: "sell", units: 200n, unitPrice: UNIT_PRICE });
    await fill(journey, signed, "bob", 75n);
    const { market } = journey.contracts;
    await journey.act("station", "cancels its order", {
      ...market,
      functionName: "cancel",
      args: [signed.order.nonce],
    });
    await approveMoney(journey, "bob", 25n * UNIT_PRICE);
    const late = await fillOf(journey, signed, "bob", 25n);
    await journey.refused("bob", "tries to fill the cancelled order", "Market_Cancelled", {
      ...market,
      functionName: "fill",
      args: [late],
    });
    journey.showGas();
    await journey.showBalances("weather", ["station", "bob"]);
  },
};
