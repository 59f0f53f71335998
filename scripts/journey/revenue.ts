import type { AccountName } from "../support/accounts.ts";
import { money } from "../support/table.ts";
import type { Journey, Step } from "./journey.ts";
import { approveMoney } from "./trading.ts";

/** Does not divide evenly among the holders, so that rounding shows. */
const REVENUE = 1_000_000_007n;
const HOLDERS = ["grid", "alice", "bob", "carol"] as const;

export const revenue: Step = {
  title: "Revenue is distributed, and each holder claims its part",
  async run(journey) {
    await distribute(journey, "factory", "electricity", REVENUE);
    await journey.showBalances("electricity", HOLDERS);
    for (const holder of HOLDERS) await claim(journey, "electricity", holder);
    const remainder = journey.model.remainder("electricity");
    journey.showGas();
    await journey.showBalances("electricity", HOLDERS);
    journey.note(`Rounding leaves ${money(remainder)} (${remainder} base units) of ${money(REVENUE)} in the register.`);
  },
};

export async function distribute(journey: Journey, payer: AccountName, label: string, amount: bigint): Promise<void> {
  const { assets } = journey.contracts;
  await approveMoney(journey, payer, amount, assets.address);
  const args = [journey.asset(label).id, amount] as const;
  await journey.act(payer, `pays ${money(amount)} to the holders of ${label}`, {
    ...assets,
    functionName: "distribute",
    args,
  });
  journey.model.distribute(label, payer, amount);
}

/** Claims, and holds the amount paid against the model. */
export async function claim(journey: Journey, label: string, holder: AccountName): Promise<void> {
  const account = journey.address(holder);
  const before = await journey.moneyOf(account);
  const args = [[journey.asset(label).id], account] as const;
  await journey.act(holder, `claims its revenue of ${label}`, {
    ...journey.contracts.assets,
    functionName: "claim",
    args,
  });
  const expected = journey.model.claim(label, holder);
  journey.check(
    `revenue of ${label} that ${holder} received`,
    money(expected),
    money((await journey.moneyOf(account)) - before),
  );
}
