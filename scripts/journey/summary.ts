import { inPieces } from "../support/access.ts";
import { Problem } from "../support/problem.ts";
import { grouped, money, table } from "../support/table.ts";
import { type Journey, PEOPLE, type Step } from "./journey.ts";
import { REGISTER } from "./model.ts";

export const summary: Step = {
  title: "Summary: what the chain says beside what must be",
  async run(journey) {
    await checkMoney(journey);
    for (const label of journey.assets.keys()) await checkAsset(journey, label);
    const rows = journey.checks.map(({ what, expected, actual }) => [
      expected === actual ? "ok" : "OFF",
      what,
      expected,
      actual,
    ]);
    journey.print(table(["", "figure", "expected", "on chain"], rows));
    const off = journey.checks.filter(({ expected, actual }) => expected !== actual).length;
    journey.print(`\n  ${journey.checks.length} figures checked, ${off} off; ${grouped(journey.gasUsed)} gas in all.`);
    if (off > 0) throw new Problem(`${off} of the journey's figures are off.`);
  },
};

/** Each purse has what the model says, and together neither more nor less than was made. */
async function checkMoney(journey: Journey): Promise<void> {
  const changes = new Map<string, bigint>();
  for (const [purse, address] of await journey.purses()) {
    const change = (await journey.moneyOf(address)) - (journey.baseline.get(purse) ?? 0n);
    changes.set(purse, change);
    journey.check(`change in the money of ${purse}`, money(journey.model.money.get(purse) ?? 0n), money(change));
  }
  const sum = [...changes.values()].reduce((total, change) => total + change, 0n);
  journey.check("all changes together: what was made", money(journey.model.minted), money(sum));
  const left = [...journey.assets.keys()].reduce((total, label) => total + journey.model.remainder(label), 0n);
  journey.check("left in the register by rounding", money(left), money(changes.get(REGISTER) ?? 0n));
}

/** Holders have what the model says, their fractions are all there are, and revenue went where it belongs. */
async function checkAsset(journey: Journey, label: string): Promise<void> {
  const { client } = journey.chain;
  const { assets } = journey.contracts;
  const { id } = journey.asset(label);
  const { fractions, units, distributed, claimed, credit } = journey.model.asset(label);
  let [sum, waiting] = [0n, 0n];
  for (const name of [...PEOPLE, "outsider"] as const) {
    const held = await journey.unitsOf(label, name);
    sum += held;
    waiting += await journey.claimableOf(label, name);
    if (units.has(name) || held !== 0n)
      journey.check(`fractions of ${label} that ${name} holds`, units.get(name) ?? 0n, held);
  }
  journey.check(`fractions of ${label} together`, fractions, sum);
  const { revenue } = await client.readContract({ ...assets, functionName: "assetOf", args: [id] });
  journey.check(`revenue of ${label}`, money(distributed), money(revenue));
  const paid = await claimedOf(journey, id);
  journey.check(`revenue of ${label}: claimed`, money(claimed), money(paid));
  const credited = [...credit.values()].reduce((total, amount) => total + amount, 0n);
  journey.check(`revenue of ${label}: waiting for its holders`, money(credited), money(waiting));
  journey.check(
    `revenue of ${label}: rounded away`,
    money(journey.model.remainder(label)),
    money(revenue - paid - waiting),
  );
}

/** What the register has paid out, by its events. */
async function claimedOf({ chain, contracts }: Journey, id: bigint): Promise<bigint> {
  const logs = await inPieces(chain, (fromBlock, toBlock) =>
    chain.client.getContractEvents({
      ...{ ...contracts.assets, eventName: "RevenueClaimed", args: { id }, strict: true },
      ...{ fromBlock, toBlock },
    } as const),
  );
  return logs.reduce((total, { args: { amount } }) => total + amount, 0n);
}
