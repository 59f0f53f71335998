import { type Sealed, seal } from "@cadastre/sealed";
import { keccak256, toBytes } from "viem";
import type { AccountName } from "../support/accounts.ts";
import { type Csv, csvBytes, type DatasetName, readDataset } from "../support/datasets.ts";
import { releaseOf, type SealedRelease } from "../support/sealing.ts";
import { grouped, table } from "../support/table.ts";
import type { Journey, Step } from "./journey.ts";
import { keepManifest } from "./papers.ts";

const FRACTIONS = 1_000n;
const GOVERNMENT_WORK = "https://www.usa.gov/government-works";

interface Source {
  readonly holder: AccountName;
  readonly royaltyBps: number;
  readonly description: Parameters<typeof seal>[1]["dataset"];
  /** Blocks that anybody may read. */
  readonly samples?: readonly number[];
}

const SOURCES: Readonly<Record<DatasetName, Source>> = {
  electricity: {
    holder: "grid",
    royaltyBps: 250,
    description: {
      ...{ title: "Electricity generation in Iowa by source", description: "Net generation in GWh by year and source" },
      ...{ publisher: "U.S. Energy Information Administration", issued: "2018-01-01", license: GOVERNMENT_WORK },
    },
  },
  weather: {
    holder: "station",
    royaltyBps: 100,
    samples: [3],
    description: {
      ...{ title: "Weather in Seattle", description: "Daily precipitation, temperature and wind, 2012 to 2015" },
      ...{
        publisher: "NOAA National Centers for Environmental Information",
        issued: "2016-01-01",
        license: GOVERNMENT_WORK,
      },
    },
  },
  employment: {
    holder: "station",
    royaltyBps: 0,
    description: {
      ...{ title: "Employment in the United States", description: "Monthly employment by sector, in thousands" },
      ...{ publisher: "U.S. Bureau of Labor Statistics", issued: "2016-01-01", license: GOVERNMENT_WORK },
    },
  },
  sensors: {
    holder: "factory",
    royaltyBps: 500,
    description: {
      ...{ title: "Sensor readings with labelled anomalies", description: "Humidity and temperature of four motes" },
      ...{
        publisher: "University of North Carolina at Greensboro",
        issued: "2010-05-01",
        license: "https://creativecommons.org/licenses/by/4.0/",
      },
    },
  },
};

export const registration: Step = {
  title: "Four real datasets are sealed and registered, each split into 1,000 fractions",
  async run(journey) {
    const rows: string[][] = [];
    for (const name of Object.keys(SOURCES) as DatasetName[]) {
      const { holder, royaltyBps, description, samples = [] } = SOURCES[name];
      const release = sealRelease(firstRelease(name), description, { samples });
      await register(journey, { label: name, holder, royaltyBps, release, parents: [], evidence: "0x" });
      rows.push([name, holder, grouped(release.length), short(release.root), short(release.keyCommitment)]);
    }
    journey.print(table(["asset", "holder", "bytes", "root", "key commitment"], rows));
    journey.showGas();
  },
};

/** The last year of the electricity data is kept for a second release. */
function firstRelease(name: DatasetName): Csv {
  const { header, rows } = readDataset(name);
  return { header, rows: name === "electricity" ? rows.filter((row) => !row.startsWith("2017")) : rows };
}

export function electricitySource(): Source["description"] {
  return SOURCES.electricity.description;
}

export function sensorsSource(): Source["description"] {
  return SOURCES.sensors.description;
}

/** @param samples blocks that anybody may read */
export function sealCsv(csv: Csv, dataset: Source["description"], samples: readonly number[] = []): Sealed {
  return seal(csvBytes(csv), { mediaType: "text/csv", dataset, samples });
}

/** Sealing draws a new key, so the same data has other roots each time, and registers again. */
export function sealRelease(
  csv: Csv,
  dataset: Source["description"],
  { parentReleases = [], samples = [] }: { parentReleases?: readonly number[]; samples?: readonly number[] } = {},
): SealedRelease {
  return releaseOf(sealCsv(csv, dataset, samples), parentReleases);
}

export async function register(
  journey: Journey,
  request: {
    readonly label: string;
    readonly holder: AccountName;
    readonly royaltyBps: number;
    readonly release: SealedRelease;
    readonly parents: readonly { readonly label: string; readonly shareBps: number }[];
    readonly evidence: `0x${string}`;
  },
): Promise<void> {
  const { label, holder, royaltyBps, release, evidence } = request;
  const account = journey.address(holder);
  const parents = request.parents.map((parent) => ({ id: journey.asset(parent.label).id, shareBps: parent.shareBps }));
  const registration = {
    ...{ holder: account, operator: account, termsHash: keccak256(toBytes(`terms of ${label}`)), fractions: FRACTIONS },
    ...{ currency: journey.currency.address, royaltyBps, policy: 0n, release, parents, evidence },
  };
  await journey.act(holder, `registers ${label}`, {
    ...journey.contracts.assets,
    functionName: "register",
    args: [registration],
  });
  const id = await journey.chain.client.readContract({
    ...journey.contracts.assets,
    functionName: "assetIdOf",
    args: [account, release.root],
  });
  await keepManifest(journey, release);
  journey.assets.set(label, { id, label, holder, royaltyBps: BigInt(royaltyBps), releases: [release] });
  const modelled = request.parents.map((parent) => ({ asset: parent.label, shareBps: BigInt(parent.shareBps) }));
  journey.model.register(label, holder, FRACTIONS, modelled);
}

/** Publishes the next release of an asset. */
export async function publish(
  journey: Journey,
  who: AccountName,
  what: string,
  label: string,
  release: SealedRelease,
): Promise<void> {
  const { id, releases } = journey.asset(label);
  await journey.act(who, what, { ...journey.contracts.assets, functionName: "publish", args: [id, release] });
  await keepManifest(journey, release);
  releases.push(release);
}

export function short(hash: string): string {
  return `${hash.slice(0, 10)}…`;
}
