import type { Step } from "./journey.ts";

const FROZEN = 60n;
const GIFT = 10n;

export const freeze: Step = {
  title: "The supervisor freezes fractions, and releases them",
  async run(journey) {
    const { assets } = journey.contracts;
    const { id } = journey.asset("electricity");
    const [bob, alice] = [journey.address("bob"), journey.address("alice")];
    const held = await journey.unitsOf("electricity", "bob");
    const setFrozen = (units: bigint) => ({
      ...assets,
      functionName: "setFrozenTokens" as const,
      args: [bob, id, units] as const,
    });
    const transfer = (units: bigint) => ({
      ...assets,
      functionName: "safeTransferFrom" as const,
      args: [bob, alice, id, units, "0x"] as const,
    });
    await journey.act("supervisor", `freezes ${FROZEN} of the ${held} fractions of bob`, setFrozen(FROZEN));
    await journey.refused(
      "bob",
      `tries to give away all ${held}`,
      "ERC7943InsufficientUnfrozenBalance",
      transfer(held),
    );
    await journey.act("supervisor", "releases them", setFrozen(0n));
    await journey.act("bob", `gives ${GIFT} fractions to alice`, transfer(GIFT));
    journey.model.move("electricity", "bob", "alice", GIFT);
    journey.showGas();
    await journey.showBalances("electricity", ["bob", "alice"]);
  },
};
