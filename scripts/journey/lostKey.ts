import { keccak256, toBytes, zeroAddress } from "viem";
import { reach } from "../support/clock.ts";
import { money } from "../support/table.ts";
import type { Step } from "./journey.ts";
import { claim, distribute } from "./revenue.ts";
import { fill, sign } from "./trading.ts";

const UNITS = 40n;
const REVENUE = 250_000_013n;
const HOLDERS = ["grid", "alice", "bob", "carol", "doraAnew"] as const;

export const lostKey: Step = {
  title: "A lost key: a successor gets the fractions and the revenue that waits",
  async run(journey) {
    const { participants, assets } = journey.contracts;
    const { client } = journey.chain;
    const { id } = journey.asset("electricity");
    const dora = journey.address("dora");
    const successorOf = () => client.readContract({ ...participants, functionName: "successorOf", args: [dora] });
    if ((await successorOf()) !== zeroAddress) {
      return journey.note("dora was succeeded in an earlier journey; her account never comes back.");
    }
    const signed = await sign(journey, "grid", "electricity", { side: "sell", units: UNITS, unitPrice: 2_500_000n });
    await fill(journey, signed, "dora", UNITS);
    await distribute(journey, "factory", "electricity", REVENUE);
    journey.note("dora loses her key, with revenue waiting for it, and goes to her registrar.");

    await journey.act("zhejiang", "proposes doraAnew as successor of dora", {
      ...participants,
      functionName: "proposeSuccessor",
      args: [dora, journey.address("doraAnew"), keccak256(toBytes("identity checked, file 4711"))],
    });
    const record = { ...participants, functionName: "recordSuccessor" as const, args: [dora] as const };
    await journey.refused("zhejiang", "tries to record it at once", "Participants_SuccessionPending", record);
    const { effectiveAt } = await client.readContract({ ...participants, functionName: "successionOf", args: [dora] });
    await reach(journey.chain, effectiveAt);
    await journey.act("carol", "records the succession: nobody objected", record);
    const waiting = await journey.claimableOf("electricity", "dora");
    await journey.act("carol", "hands over what dora had", {
      ...assets,
      functionName: "handOver",
      args: [dora, [id]],
    });
    journey.model.handOver("electricity", "dora", "doraAnew");
    journey.check(
      "revenue that waited for dora waits for doraAnew",
      money(waiting),
      money(await journey.claimableOf("electricity", "doraAnew")),
    );
    for (const holder of HOLDERS) await claim(journey, "electricity", holder);
    journey.showGas();
    await journey.showBalances("electricity", ["dora", "doraAnew"]);
  },
};
