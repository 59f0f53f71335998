import { consentTypedData, derivationEvidence } from "@cadastre/abi";
import { walletOf } from "../support/chain.ts";
import { blockTime } from "../support/clock.ts";
import { monthlyMeans, readDataset } from "../support/datasets.ts";
import { money } from "../support/table.ts";
import type { Journey, Step } from "./journey.ts";
import { register, sealRelease } from "./registration.ts";
import { claim, distribute } from "./revenue.ts";

const SHARE_BPS = 2_000;
const REVENUE = 500_000_003n;
const HOUR = 3_600;

export const derivation: Step = {
  title: "A derived asset: monthly means of the weather; its parent's holders share in its revenue",
  async run(journey) {
    const daily = readDataset("weather");
    const means = monthlyMeans(daily);
    journey.note(
      `${daily.rows.length} days give ${means.rows.length} months; the first: ${means.rows[0]} (${means.header}).`,
    );
    checkMeans(journey, daily.rows, means.rows);

    const release = sealRelease(
      means,
      {
        ...{ title: "Weather in Seattle by month", description: "Means of daily precipitation, temperature and wind" },
        ...{
          publisher: "analyst",
          issued: "2016-02-01",
          license: "https://creativecommons.org/publicdomain/zero/1.0/",
        },
      },
      { parentReleases: [1] },
    );
    const evidence = await consent(journey, release.root);
    const parents = [{ label: "weather", shareBps: SHARE_BPS }];
    await register(journey, { label: "monthly", holder: "analyst", royaltyBps: 0, release, parents, evidence });

    await distribute(journey, "factory", "monthly", REVENUE);
    const { assets } = journey.contracts;
    const weather = journey.asset("weather").id;
    const due = await journey.chain.client.readContract({ ...assets, functionName: "due", args: [weather] });
    await journey.act("carol", "pushes the parent's share on to its holders", {
      ...assets,
      functionName: "pushDue",
      args: [weather],
    });
    journey.check("parent's share of the revenue of monthly", money(journey.model.pushDue("weather")), money(due));
    journey.note(`Of ${money(REVENUE)}, ${money(due)} (${SHARE_BPS / 100} %) go to the holders of weather.`);

    await claim(journey, "monthly", "analyst");
    for (const holder of ["station", "bob"] as const) await claim(journey, "weather", holder);
    journey.showGas();
    await journey.showBalances("monthly", ["analyst"]);
    await journey.showBalances("weather", ["station", "bob"]);
  },
};

/** The parent's operator signs for this child, whose id binds chain, register, holder and root. */
async function consent(journey: Journey, root: `0x${string}`): Promise<`0x${string}`> {
  const { chain, contracts } = journey;
  const holder = journey.address("analyst");
  const child = await chain.client.readContract({
    ...contracts.assets,
    functionName: "assetIdOf",
    args: [holder, root],
  });
  const deadline = (await blockTime(chain)) + HOUR;
  const operator = journey.address("station");
  const signature = await (await walletOf(chain, operator)).signTypedData({
    account: operator,
    ...consentTypedData,
    domain: { ...consentTypedData.domain, chainId: chain.id, verifyingContract: contracts.gate.address },
    message: { child, holder, parent: journey.asset("weather").id, shareBps: SHARE_BPS, deadline },
  });
  journey.note(`station consents, off chain, for ${SHARE_BPS / 100} % of the derived asset's revenue.`);
  return derivationEvidence([{ kind: "consent", deadline, signature }]);
}

/** The months' means, weighted by their days, must give the mean over all days. */
function checkMeans(journey: Journey, days: readonly string[], months: readonly string[]): void {
  const mean = (values: readonly number[], weights: readonly number[]) =>
    values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0) /
    weights.reduce((sum, weight) => sum + weight, 0);
  const column = (rows: readonly string[], index: number) => rows.map((row) => Number(row.split(",")[index]));
  const overDays = mean(
    column(days, 2),
    days.map(() => 1),
  );
  const overMonths = mean(column(months, 3), column(months, 1));
  journey.check("mean of temp_max over the days and over the months", overDays.toFixed(2), overMonths.toFixed(2));
}
