import { expect } from "chai";
import { evidence, NO_CONSENT } from "../assets/consents.ts";
import { deploy, ethers, networkHelpers, register, release, type System } from "../support/deploy.ts";
import { numbersFrom } from "./journal.ts";

const { loadFixture } = networkHelpers;

/** Assets by number: `parents[i]` are the numbers of what asset i was derived from, all below i. */
type Graph = readonly (readonly number[])[];

async function build(system: System, graph: Graph): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (const [i, parents] of graph.entries()) {
    const id = await register(system, `asset ${i}`, {
      operator: system.owner.address,
      parents: parents.map((parent) => ({ id: ids[parent]!, shareBps: 100n })),
      // A holder who is the operator of all parents needs no consent but an empty one for each.
      evidence: parents.length === 0 ? "0x" : evidence(parents.map(() => NO_CONSENT)),
      release: release(
        `asset ${i}`,
        parents.map(() => 1n),
      ),
    });
    ids.push(id);
  }
  return ids;
}

const childrenIn = (graph: Graph): Graph =>
  graph.map((_, i) => graph.flatMap((parents, child) => (parents.includes(i) ? [child] : [])));

/** How many steps each asset is away from `start`, for all that can be reached. */
function distances(edges: Graph, start: number): Map<number, number> {
  const found = new Map<number, number>();
  let ring = new Set([start]);
  for (let steps = 1; ring.size > 0; steps++) {
    ring = new Set([...ring].flatMap((i) => edges[i] ?? []).filter((i) => !found.has(i)));
    for (const i of ring) found.set(i, steps);
  }
  return found;
}

const DIAMOND: Graph = [[], [0], [0], [1, 2], [3, 0]];
const CHAIN: Graph = Array.from({ length: 12 }, (_, i) => (i === 0 ? [] : [i - 1]));
const FAN: Graph = [[], ...Array.from({ length: 8 }, () => [0]), [1, 2, 3, 4, 5, 6, 7, 8], [8]];

function randomGraph(seed: number, size: number): Graph {
  const random = numbersFrom(seed);
  return Array.from({ length: size }, (_, i) => {
    const wanted = i === 0 ? 0 : random(4);
    return [...new Set(Array.from({ length: wanted }, () => random(i)))];
  });
}

/** Checks both directions of every asset with every limit from 1 to one more than there are assets. */
async function checkAll({ provenance }: System, graph: Graph, ids: bigint[]) {
  for (const direction of ["ancestors", "descendants"] as const) {
    const edges = direction === "ancestors" ? graph : childrenIn(graph);
    for (const [i, id] of ids.entries()) {
      const expected = distances(edges, i);
      for (let limit = 1; limit <= graph.length + 1; limit++) {
        const what = `${direction} of ${i}, at most ${limit}`;
        const [found, complete] = await provenance[direction](id, limit);
        const steps = found.map((each) => expected.get(ids.indexOf(each)));
        expect(complete, what).to.equal(expected.size <= limit);
        expect(new Set(found).size, what).to.equal(Math.min(limit, expected.size));
        expect(steps, what).to.deep.equal([...expected.values()].slice(0, limit));
      }
    }
  }
}

describe("the lineage of assets in ProvenanceRegistry", () => {
  it("PRV-19 names ancestors and descendants of a diamond once, nearest first", async () => {
    const system = await loadFixture(deploy);
    const ids = await build(system, DIAMOND);
    const [a, b, c, d, e] = ids;
    expect(await system.provenance.ancestors(d!, 10n)).to.deep.equal([[b, c, a], true]);
    expect(await system.provenance.ancestors(e!, 10n)).to.deep.equal([[d, a, b, c], true]);
    expect(await system.provenance.descendants(a!, 10n)).to.deep.equal([[b, c, e, d], true]);
    await checkAll(system, DIAMOND, ids);
  });

  it("PRV-19 follows a chain to its end", async () => {
    const system = await loadFixture(deploy);
    const ids = await build(system, CHAIN);
    expect(await system.provenance.ancestors(ids.at(-1)!, 11n)).to.deep.equal([ids.slice(0, -1).reverse(), true]);
    expect(await system.provenance.descendants(ids[0]!, 11n)).to.deep.equal([ids.slice(1), true]);
    await checkAll(system, CHAIN, ids);
  });

  it("PRV-19 knows eight parents and eight children", async () => {
    const system = await loadFixture(deploy);
    const ids = await build(system, FAN);
    expect(await system.provenance.ancestors(ids[9]!, 9n)).to.deep.equal([[...ids.slice(1, 9), ids[0]], true]);
    expect(await system.provenance.descendants(ids[0]!, 10n)).to.deep.equal([ids.slice(1), true]);
    await checkAll(system, FAN, ids);
  });

  for (const seed of [1, 2, 3]) {
    it(`PRV-19 and PRV-20 agree with a plain search in graph ${seed}`, async () => {
      const system = await loadFixture(deploy);
      const graph = randomGraph(seed, 14);
      await checkAll(system, graph, await build(system, graph));
    });
  }

  it("PRV-20 returns as many as the limit allows, and says whether these are all", async () => {
    const system = await loadFixture(deploy);
    const { provenance } = system;
    const [a, b, c, d, e] = await build(system, DIAMOND);
    expect(await provenance.ancestors(d!, 2n)).to.deep.equal([[b, c], false]);
    expect(await provenance.ancestors(d!, 3n)).to.deep.equal([[b, c, a], true]);
    expect(await provenance.ancestors(d!, 4n)).to.deep.equal([[b, c, a], true]);
    expect(await provenance.descendants(b!, 1n)).to.deep.equal([[d], false]);
    expect(await provenance.descendants(b!, 2n)).to.deep.equal([[d, e], true]);
    expect(await provenance.descendants(a!, 3n)).to.deep.equal([[b, c, e], false]);
    expect(await provenance.descendants(a!, 4n)).to.deep.equal([[b, c, e, d], true]);
  });

  it("PRV-21 refuses a limit of zero", async () => {
    const system = await loadFixture(deploy);
    const { provenance } = system;
    const [a] = await build(system, [[]]);
    for (const id of [a!, 1n]) {
      for (const call of [provenance.ancestors(id, 0n), provenance.descendants(id, 0n)]) {
        await expect(call).to.be.revertedWithCustomError(provenance, "Provenance_NoLimit").withArgs();
      }
    }
  });

  it("PRV-22 knows no relatives of an asset without any, or that was never registered", async () => {
    const system = await loadFixture(deploy);
    const [alone] = await build(system, [[], [], [1]]);
    for (const id of [alone!, 1n]) {
      expect(await system.provenance.ancestors(id, 1n)).to.deep.equal([[], true]);
      expect(await system.provenance.descendants(id, 1n)).to.deep.equal([[], true]);
    }
  });

  it("PRV-23 keeps the lineage of assets that were retired or suspended", async () => {
    const system = await loadFixture(deploy);
    const [a, b, c] = await build(system, [[], [0], [1]]);
    await system.assets.connect(system.owner).retire(a!);
    await system.supervision.connect(system.supervisor).suspend(b!, ethers.id("why"));
    expect(await system.provenance.ancestors(c!, 2n)).to.deep.equal([[b, a], true]);
    expect(await system.provenance.descendants(a!, 2n)).to.deep.equal([[b, c], true]);
  });
});

/** A weather series with three releases, a map with one, and yearly means derived from both, which have two. */
async function sourced() {
  const system = await deploy();
  const { assets, owner } = system;
  const mine = assets.connect(owner);
  const weather = await register(system, "weather", { operator: owner.address });
  const map = await register(system, "map", { operator: owner.address });
  await mine.publish(weather, release("weather, second"));
  const first = release("means", [2n, 1n]);
  const means = await register(system, "means", {
    operator: owner.address,
    parents: [
      { id: weather, shareBps: 1_500n },
      { id: map, shareBps: 250n },
    ],
    evidence: evidence([NO_CONSENT, NO_CONSENT]),
    release: first,
  });
  await mine.publish(weather, release("weather, third"));
  const second = release("means, second", [3n, 1n]);
  await mine.publish(means, second);
  return { ...system, weather, map, means, first, second };
}

describe("the sources of releases in ProvenanceRegistry", () => {
  it("PRV-24 names the release of each parent, release by release", async () => {
    const { provenance, weather, map, means, first, second } = await loadFixture(sourced);
    const parents = [
      [weather, 1_500n],
      [map, 250n],
    ];
    expect(await provenance.sourcesOf(means, 1n, first)).to.deep.equal([parents, [2n, 1n]]);
    expect(await provenance.sourcesOf(means, 2n, second)).to.deep.equal([parents, [3n, 1n]]);
  });

  it("PRV-24 names none for an asset that was not derived", async () => {
    const { provenance, weather } = await loadFixture(sourced);
    expect(await provenance.sourcesOf(weather, 2n, release("weather, second"))).to.deep.equal([[], []]);
  });

  it("PRV-25 refuses what was not published under that number", async () => {
    const { provenance, weather, means, first, second } = await loadFixture(sourced);
    const refused = [
      [means, 2n, first],
      [means, 1n, second],
      [means, 0n, first],
      [means, 3n, second],
      [weather, 1n, first],
      [1n, 1n, first],
      [1n, 0n, first],
    ] as const;
    for (const [id, number, given] of refused) {
      await expect(provenance.sourcesOf(id, number, given))
        .to.be.revertedWithCustomError(provenance, "Provenance_NotARelease")
        .withArgs(id, number);
    }
  });

  it("PRV-25 refuses a release with any field changed", async () => {
    const { provenance, means, first } = await loadFixture(sourced);
    const changes = [
      { root: ethers.id("other") },
      { keyCommitment: ethers.id("other") },
      { length: 4_097n },
      { manifestHash: ethers.id("other") },
      { manifestUri: "https://data.example/other.json" },
      { parentReleases: [1n, 1n] },
      { parentReleases: [2n] },
      { parentReleases: [2n, 1n, 1n] },
    ];
    for (const change of changes) {
      await expect(provenance.sourcesOf(means, 1n, { ...first, ...change }))
        .to.be.revertedWithCustomError(provenance, "Provenance_NotARelease")
        .withArgs(means, 1n);
    }
  });
});
