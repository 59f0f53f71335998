import { explainRevert } from "../support/explain.ts";
import type { Step } from "./journey.ts";
import { approveMoney, fillOf, sign } from "./trading.ts";

const UNIT_PRICE = 2_000_000n;

export const refusal: Step = {
  title: "A buyer with money whom no registrar admitted",
  async run(journey) {
    const signed = await sign(journey, "grid", "electricity", { side: "sell", units: 10n, unitPrice: UNIT_PRICE });
    await approveMoney(journey, "outsider", 10n * UNIT_PRICE);
    const wanted = await fillOf(journey, signed, "outsider", 10n);
    const { market } = journey.contracts;
    const [ok, reason] = await journey.chain.client.readContract({
      ...market,
      functionName: "explainFill",
      args: [journey.address("outsider"), wanted],
    });
    journey.check(
      "explainFill foresees the refusal of outsider",
      "false ERC7943CannotReceive",
      `${ok} ${explainRevert(reason)?.name}`,
    );
    await journey.refused("outsider", "tries to buy", "ERC7943CannotReceive", {
      ...market,
      functionName: "fill",
      args: [wanted],
    });
    journey.showGas();
  },
};
