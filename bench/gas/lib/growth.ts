import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordTree } from "@cadastre/sealed";
import { formatted } from "../../../scripts/lib/files.ts";
import { grouped } from "../../../scripts/support/table.ts";
import { order, sign } from "../../../test/support/orders.ts";
import { steadyAsset } from "../../../test/support/steadyAsset.ts";
import type { FillStruct } from "../../../typechain-types/contracts/market/IMarketplace.ts";
import { alice, bob, currency, ethers, owner, provider, send, system, transaction, treasury, undone } from "./chain.ts";
import { growthPlot } from "./growthPlot.ts";
import { HERE } from "./install.ts";
import { growthTableOf, writeSection } from "./readme.ts";

export interface Point {
  readonly n: number;
  readonly gas: number;
  readonly perUnit: number;
}

export interface Series {
  readonly key: "batch" | "fillMany" | "claim" | "journal";
  readonly title: string;
  /** What `perUnit` is a cost of. */
  readonly unit: string;
  readonly points: readonly Point[];
  /** Whether the cost of a unit never rises. */
  readonly bar: "met" | "missed";
}

const { assets, market, provenance } = system;
const BATCHES = [1, 2, 5, 10, 20, 50, 100, 200];
const FILLS = [1, 2, 5, 10, 20, 50];
const DISTRIBUTIONS = [1, 10, 100, 1_000, 10_000];
const RECORDS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
const UNITS = 10n;

/** What a unit costs while their number grows; writes `growth.json`, `growth.svg` and the table of the README. */
export async function growth(): Promise<void> {
  await currency.mint(treasury, 1n);
  const ids: bigint[] = [];
  while (ids.length < BATCHES.at(-1)!) ids.push(await steadyAsset(system, `growth ${ids.length}`));
  const series = [await batches(ids), await fills(ids), await claims(ids[0]!), await journals()];
  for (const { title, unit, points, bar } of series) {
    console.log(`\n${title}: ${bar === "met" ? "flat or falling" : "RISING"}`);
    for (const { n, gas, perUnit } of points) {
      console.log(`  ${grouped(n).padStart(9)} ${grouped(gas).padStart(11)} gas, ${perUnit} ${unit}`);
    }
  }
  writeFileSync(join(HERE, "growth.json"), await formatted("bench/gas/growth.json", JSON.stringify({ series })));
  writeFileSync(join(HERE, "growth.svg"), growthPlot(series));
  writeSection("growth", growthTableOf(series));
  if (series.some(({ bar }) => bar === "missed")) process.exitCode = 1;
}

function seriesOf(about: Pick<Series, "key" | "title" | "unit">, points: readonly Point[]): Series {
  const falling = points.every(({ perUnit }, i) => i === 0 || perUnit <= points[i - 1]!.perUnit);
  return { ...about, points, bar: falling ? "met" : "missed" };
}

const point = (n: number, gas: number, units = n): Point => ({
  n,
  gas,
  perUnit: Math.round((gas / units) * 100) / 100,
});

async function batches(ids: readonly bigint[]): Promise<Series> {
  const points = [];
  for (const n of BATCHES) {
    const some = ids.slice(0, n);
    const args = [alice.address, bob.address, some, some.map(() => UNITS), "0x"];
    const { gas } = await undone(async () => send(await transaction(alice, assets, "safeBatchTransferFrom", args)));
    points.push(point(n, gas));
  }
  return seriesOf({ key: "batch", title: "assets in one transfer", unit: "gas an asset" }, points);
}

/** Orders of one maker, each of another asset, each filled in part before. */
async function fills(ids: readonly bigint[]): Promise<Series> {
  const orders: FillStruct[] = [];
  for (const [i, id] of ids.slice(0, FILLS.at(-1)).entries()) {
    const terms = order(alice.address, id, { nonce: BigInt(i) });
    orders.push({ order: terms, signature: await sign(system, alice, terms), units: UNITS, limit: 10n ** 12n });
  }
  const points = [];
  for (const n of FILLS) {
    const { gas } = await undone(async () => {
      const some = orders.slice(0, n);
      for (const fill of some) await market.connect(bob).fill(fill);
      return send(await transaction(bob, market, "fillMany", [some]));
    });
    points.push(point(n, gas));
  }
  return seriesOf({ key: "fillMany", title: "orders in one fillMany", unit: "gas an order" }, points);
}

/** What a claim costs after this many distributions since the last. */
async function claims(id: bigint): Promise<Series> {
  const { from, to, data } = await transaction(bob, assets, "distribute", [id, 1_000_000n]);
  const points = [];
  for (const n of DISTRIBUTIONS) {
    const { gas } = await undone(async () => {
      for (let i = 0; i < n; i++) {
        await provider.request({
          method: "eth_sendTransaction",
          params: [{ from: from.address, to, data, gas: "0x30d40" }],
        });
      }
      return send(await transaction(bob, assets, "claim", [[id], bob.address]));
    });
    points.push(point(n, gas, 1));
  }
  return seriesOf({ key: "claim", title: "distributions between two claims", unit: "gas a claim" }, points);
}

async function journals(): Promise<Series> {
  const stream = "growth";
  await provenance.connect(owner).openStream(stream);
  const points = [];
  for (const n of RECORDS) {
    const records = Array.from({ length: n }, (_, i) => new TextEncoder().encode(`record ${i}`));
    const batch = {
      root: ethers.hexlify(recordTree(records).root),
      count: BigInt(n),
      uri: "https://data.example/batch/17",
    };
    const { gas } = await undone(async () => send(await transaction(owner, provenance, "append", [stream, batch])));
    points.push(point(n, gas));
  }
  return seriesOf({ key: "journal", title: "records in one batch of a journal", unit: "gas a record" }, points);
}
