import type { Step } from "./journey.ts";
import { fill, sign } from "./trading.ts";

const UNITS = 400n;
const FILLS = [
  { buyer: "alice", units: 150n },
  { buyer: "bob", units: 100n },
] as const;

export const sale: Step = {
  title: "A signed sell order, filled in two parts by two buyers",
  async run(journey) {
    const signed = await sign(journey, "grid", "electricity", { side: "sell", units: UNITS, unitPrice: 2_500_000n });
    for (const { buyer, units } of FILLS) await fill(journey, signed, buyer, units);
    const { market } = journey.contracts;
    const hash = await journey.chain.client.readContract({
      ...market,
      functionName: "hashOrder",
      args: [signed.order],
    });
    const [filled] = await journey.chain.client.readContract({ ...market, functionName: "orderStatus", args: [hash] });
    journey.check(
      "fractions filled of the sell order",
      FILLS.reduce((sum, { units }) => sum + units, 0n),
      filled,
    );
    journey.note(`${filled} of ${UNITS} are filled, ${UNITS - filled} remain on offer.`);
    journey.showGas();
    await journey.showBalances("electricity", ["grid", "alice", "bob"]);
  },
};
