import { reach } from "../support/clock.ts";
import type { Step } from "./journey.ts";
import { buy, offerOf, refund, statusOf } from "./licensing.ts";

const PRICE = 25_000_000n;

export const missedDeadline: Step = {
  title: "No key in time: the money goes back, whoever asks for it",
  async run(journey) {
    const { licences } = journey.contracts;
    const offer = await offerOf(journey, "electricity", { custodian: "factory", release: 2, price: PRICE });
    const deal = await buy(journey, "bob", "electricity", offer);
    const call = { ...licences, functionName: "refund", args: [deal.agreement] } as const;
    await journey.refused("bob", "asks for its money while there is time", "Licences_DeliveryOpen", call);
    const { end } = await journey.chain.client.readContract({
      ...licences,
      functionName: "licenceOf",
      args: [deal.agreement.offer.asset, deal.id],
    });
    await reach(journey.chain, end);
    await refund(journey, "carol", deal);
    journey.check("bob's licence", "refunded", await statusOf(journey, deal));
    journey.showGas();
  },
};
