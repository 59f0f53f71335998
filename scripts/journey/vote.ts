import { reach } from "../support/clock.ts";
import { readDataset } from "../support/datasets.ts";
import type { Journey, Step } from "./journey.ts";
import { publish, sealRelease, sensorsSource } from "./registration.ts";
import { fill, sign } from "./trading.ts";

const VOTES = { alice: 300n, bob: 250n } as const;

export const vote: Step = {
  title: "Holders of more than half of the fractions replace the operator",
  async run(journey) {
    const { votes, assets } = journey.contracts;
    const { client } = journey.chain;
    const { id } = journey.asset("sensors");
    const signed = await sign(journey, "factory", "sensors", { side: "sell", units: 550n, unitPrice: 200_000n });
    for (const voter of ["alice", "bob"] as const) await fill(journey, signed, voter, VOTES[voter]);
    for (const voter of ["alice", "bob"] as const) await lock(journey, voter, VOTES[voter]);

    await journey.refused("alice", "tries to sell what she has locked", "ERC7943InsufficientUnfrozenBalance", {
      ...assets,
      functionName: "safeTransferFrom",
      args: [journey.address("alice"), journey.address("bob"), id, 1n, "0x"],
    });
    const [candidate, effectiveAt] = await client.readContract({ ...votes, functionName: "majorityOf", args: [id] });
    journey.check("candidate with the majority", "analyst", journey.nameOf(candidate));
    await reach(journey.chain, effectiveAt);
    await journey.act("carol", "puts the new operator into office", { ...votes, functionName: "replace", args: [id] });
    const release = sealRelease(readDataset("sensors"), sensorsSource());
    await journey.refused("factory", "tries to publish", "Assets_NotOperator", {
      ...assets,
      functionName: "publish",
      args: [id, release],
    });
    await publish(journey, "analyst", "publishes the next release", "sensors", release);
    const locked = await client.readContract({
      ...votes,
      functionName: "lockedOf",
      args: [id, journey.address("alice")],
    });
    journey.check("fractions that stay locked after the vote", 0n, locked);
    journey.showGas();
    await journey.showBalances("sensors", ["factory", "alice", "bob"]);
  },
};

async function lock(journey: Journey, voter: keyof typeof VOTES, units: bigint): Promise<void> {
  await journey.act(voter, `locks ${units} fractions of sensors for analyst as operator`, {
    ...journey.contracts.votes,
    functionName: "vote",
    args: [journey.asset("sensors").id, journey.address("analyst"), units],
  });
}
