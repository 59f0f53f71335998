import { keccak256, toBytes } from "viem";
import { reach } from "../support/clock.ts";
import type { Step } from "./journey.ts";

const FROZEN = 60n;
const GIFT = 10n;
const MOVED = 5n;

export const supervision: Step = {
  title: "The supervisor freezes fractions for a time; a forced transfer takes two",
  async run(journey) {
    const { assets, supervision } = journey.contracts;
    const { client } = journey.chain;
    const { id } = journey.asset("electricity");
    const [bob, alice, grid] = [journey.address("bob"), journey.address("alice"), journey.address("grid")];
    const reason = keccak256(toBytes("statement of reasons 2026/17"));
    const held = await journey.unitsOf("electricity", "bob");
    const transfer = (units: bigint) => ({
      ...assets,
      functionName: "safeTransferFrom" as const,
      args: [bob, alice, id, units, "0x"] as const,
    });
    await journey.act("supervisor", `freezes ${FROZEN} of the ${held} fractions of bob`, {
      ...supervision,
      functionName: "freeze",
      args: [bob, id, FROZEN, reason],
    });
    await journey.refused(
      "bob",
      `tries to give away all ${held}`,
      "ERC7943InsufficientUnfrozenBalance",
      transfer(held),
    );
    await journey.act("supervisor", "releases them before the freeze ends by itself", {
      ...supervision,
      functionName: "release",
      args: [bob, id, reason],
    });
    await journey.act("bob", `gives ${GIFT} fractions to alice`, transfer(GIFT));
    journey.model.move("electricity", "bob", "alice", GIFT);

    const move = { from: bob, to: grid, id, units: MOVED, reason };
    const carryOut = { ...supervision, functionName: "carryOutMove" as const, args: [move] as const };
    await journey.refused("supervisor", "tries to move fractions of bob alone", "Supervision_NotProposed", carryOut);
    await journey.act("zhejiang", `proposes to move ${MOVED} fractions of bob to grid, by a court's order`, {
      ...supervision,
      functionName: "proposeMove",
      args: [move],
    });
    const moveId = await client
      .getContractEvents({ ...supervision, eventName: "MoveProposed", fromBlock: "latest" })
      .then((events) => events[0]!.args.moveId!);
    const [, ready] = await client.readContract({ ...supervision, functionName: "moveOf", args: [moveId] });
    await reach(journey.chain, ready);
    await journey.act("supervisor", "carries it out, after the window", carryOut);
    journey.model.move("electricity", "bob", "grid", MOVED);
    journey.showGas();
    await journey.showBalances("electricity", ["bob", "alice", "grid"]);
  },
};
