import type { Step } from "./journey.ts";
import { fill, sign } from "./trading.ts";

export const bid: Step = {
  title: "A bid, filled by a seller; the first holder gets its royalty on the resale",
  async run(journey) {
    const signed = await sign(journey, "carol", "electricity", { side: "buy", units: 60n, unitPrice: 3_100_001n });
    await fill(journey, signed, "alice", 40n);
    journey.showGas();
    await journey.showBalances("electricity", ["alice", "carol", "grid"]);
  },
};
