import { SealedError } from "@cadastre/sealed";
import { keccak256, toBytes } from "viem";
import { money } from "../support/table.ts";
import type { Step } from "./journey.ts";
import { BOND, buy, caseOf, deliver, offerOf, openData, proofOf, putUpBond, statusOf } from "./licensing.ts";
import { LICENCES } from "./model.ts";

const PRICE = 40_000_000n;

export const wrongKey: Step = {
  title: "A wrong key: the licensee proves what was delivered, and has its money back with the custodian's bond",
  async run(journey) {
    await putUpBond(journey, "factory", "electricity");
    const offer = await offerOf(journey, "electricity", { custodian: "factory", release: 2, price: PRICE });
    const deal = await buy(journey, "carol", "electricity", offer);
    const delivery = await deliver(journey, deal, toBytes(keccak256(toBytes("some other key"))));
    let found = "the key of the release";
    try {
      openData(journey, deal, delivery);
    } catch (error) {
      if (!(error instanceof SealedError)) throw error;
      found = error.code;
      journey.note(`carol unwraps it: ${error.message}.`);
    }
    journey.check("what carol finds in the delivery", "key_mismatch", found);
    await journey.act("carol", "proves on chain which key was delivered", {
      ...journey.contracts.disputes,
      functionName: "disputeKey",
      args: [caseOf(deal, delivery), proofOf(journey, deal, delivery)],
    });
    journey.model.pay(LICENCES, "carol", PRICE + BOND);
    journey.check("carol's licence", "refunded", await statusOf(journey, deal));
    journey.note(`carol has ${money(PRICE)} back and the bond of ${money(BOND)}: nobody was asked to judge.`);
    journey.showGas();
  },
};
