import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Series } from "../../bench/gas/lib/growth.ts";
import { growthTableOf, sectionOf, summaryOf, tablesOf } from "../../bench/gas/lib/readme.ts";
import { KEYS, type Results, ROWS, type RowKey } from "../../bench/gas/lib/rows.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const parse = <T>(path: string) => JSON.parse(read(path)) as T;

const PEERS: Record<RowKey, readonly string[]> = {
  transfer: ["openzeppelin", "solady", "trex"],
  batch10: ["openzeppelin", "solady"],
  buy: ["seaport", "thirdweb", "ocean"],
  buyFirst: ["seaport"],
  post: ["seaport", "thirdweb"],
  cancel: ["seaport", "thirdweb"],
  append: ["eas"],
  distribute: ["splitter"],
  claim: ["splitter"],
  license: ["ocean"],
  deliver: [],
  settle: [],
  disputeKey: [],
  disputeContent: [],
};
/** Our operations by their names among the committed costs. */
const COMMITTED = {
  transfer: "transfer",
  batch10: "batch10",
  buy: "fill",
  buyFirst: "firstFill",
  post: "post",
  cancel: "cancel",
  append: "append",
  distribute: "distribute",
  claim: "claim",
  license: "license",
  deliver: "deliver",
  settle: "settle",
  disputeKey: "disputeKey",
  disputeContent: "disputeContent",
} satisfies Record<RowKey, string>;
/** Points of a series that are one of the operations, measured in a run of their own. */
const SAME: readonly { readonly series: Series["key"]; readonly n: number; readonly row: RowKey }[] = [
  { series: "batch", n: 10, row: "batch10" },
  { series: "claim", n: 1, row: "claim" },
  { series: "journal", n: 1, row: "append" },
];
/** Ids and signatures are hashes: a byte that is zero in one and not in the other costs 12. */
const BY_ZERO_BYTES = 120;

describe("the comparison of gas with peers", () => {
  const results = parse<Results>("bench/gas/results.json");
  const { series: growth } = parse<{ readonly series: readonly Series[] }>("bench/gas/growth.json");

  it("BEN-01 has one row for each operation, in gas, with its limit and whether it is met", () => {
    expect(results.rows.map(({ key }) => key)).to.deep.equal(KEYS);
    for (const { key, title, unit, better, ours, limit, bar } of results.rows) {
      expect({ title, unit, better, limit }).to.deep.equal({ ...ROWS[key], unit: "gas", better: "lower" });
      expect(ours, key).to.be.greaterThan(21_000);
      expect(bar, key).to.equal(ours <= limit ? "met" : "missed");
    }
  });

  it("BEN-02 adds up: floors to their lines, where our gas goes to what is measured", () => {
    for (const { key, ours, floor, breakdown } of results.rows) {
      expect(floor.lines.reduce((sum, { gas }) => sum + gas, 0)).to.equal(floor.gas);
      expect(floor.gas, key).to.be.lessThan(ours);
      const { refund, ...spent } = breakdown;
      expect(Object.values(spent).reduce((sum, gas) => sum + gas, 0) - refund, key).to.equal(ours);
    }
  });

  it("BEN-03 measures each peer in what it has, beside the command that shows it, or says why not", () => {
    for (const { key, trace, peers } of results.rows) {
      expect(peers.map(({ peer }) => peer)).to.deep.equal(PEERS[key]);
      expect(trace).to.equal(`npm run bench:gas -- --trace ${key}/ours`);
      for (const { peer, gas, does, trace } of peers) {
        expect(gas, `${key}/${peer}`).to.be.greaterThan(21_000);
        expect(does).to.not.equal("");
        expect(trace).to.equal(`npm run bench:gas -- --trace ${key}/${peer}`);
      }
    }
    for (const { key, name, why } of results.absent) {
      expect(KEYS).to.include(key);
      expect(name).to.not.equal("");
      expect(why).to.not.equal("");
    }
  });

  it("BEN-04 shows in its tables what follows from its results", () => {
    const readme = read("bench/gas/README.md");
    expect(sectionOf(readme, "measured")).to.equal(tablesOf(results));
    expect(sectionOf(readme, "growth")).to.equal(growthTableOf(growth));
    expect(sectionOf(read("README.md"), "costs")).to.equal(summaryOf(results));
  });

  it("BEN-05 finds no unit that gets dearer while their number grows", () => {
    const reach = growth.map(({ key, points }) => [key, points[0]!.n, points.at(-1)!.n]);
    expect(reach).to.deep.equal([
      ["batch", 1, 200],
      ["fillMany", 1, 50],
      ["claim", 1, 10_000],
      ["journal", 1, 1_000_000],
    ]);
    for (const { key, points, bar } of growth) {
      for (const [i, { perUnit }] of points.slice(1).entries()) expect(perUnit, key).to.be.at.most(points[i]!.perUnit);
      expect(bar).to.equal("met");
    }
  });

  it("BEN-06 is of the contracts whose cost is committed", () => {
    const committed = parse<Record<string, number>>("snapshots/gas.json");
    for (const [key, name] of Object.entries(COMMITTED)) {
      const { ours } = results.rows.find((row) => row.key === key)!;
      expect(Math.abs(ours - committed[name]!), `${key}: run npm run bench:gas`).to.be.at.most(BY_ZERO_BYTES);
    }
    for (const { series, n, row } of SAME) {
      const { ours } = results.rows.find(({ key }) => key === row)!;
      const { gas } = growth.find(({ key }) => key === series)!.points.find((point) => point.n === n)!;
      const advice = `${series} of ${n}: run npm run bench:gas -- --growth`;
      expect(Math.abs(gas - ours), advice).to.be.at.most(BY_ZERO_BYTES);
    }
  });

  it("BEN-07 keeps the peers out of what is shipped", () => {
    const { workspaces } = parse<{ readonly workspaces: readonly string[] }>("package.json");
    expect(workspaces).to.deep.equal(["packages/*"]);
    const own = parse<{ private: boolean; dependencies?: object; devDependencies: Record<string, string> }>(
      "bench/gas/package.json",
    );
    expect([own.private, own.dependencies]).to.deep.equal([true, undefined]);
    for (const version of Object.values(own.devDependencies)) {
      expect(version).to.match(/^(?:npm:@?[\w/-]+@)?\d+\.\d+\.\d+$/);
    }
    expect(read("bench/gas/package-lock.json")).to.not.include('"resolved"');
  });
});
