import { writeFileSync } from "node:fs";
import { expect } from "chai";
import type { TransactionResponse } from "ethers";
import type { BatchStruct } from "../../typechain-types/contracts/provenance/IProvenanceRegistry.ts";
import {
  asSteward,
  deploy,
  ethers,
  networkHelpers,
  PROVINCE,
  passWindow,
  provider,
  registration,
  release,
  type System,
  WINDOWS,
} from "../support/deploy.ts";
import { order, sign } from "../support/orders.ts";
import { steadyAsset } from "../support/steadyAsset.ts";
import { LICENCE_ACTIONS, type LicenceActions, send, steadyLicence } from "../support/steadyLicence.ts";

const LIMIT = 10n ** 12n;
const STREAM = "shipments";
/** What the EVM asks at least to write a word that was zero. */
const CREATE = 20_000;

async function gasOf(transaction: Promise<TransactionResponse>): Promise<number> {
  const receipt = await (await transaction).wait();
  return Number(receipt!.gasUsed);
}

/**
 * Steady state: every slot that an action writes was written before, both parties hold units and have revenue to settle,
 * everybody who is paid has money. Each transaction starts cold.
 */
async function steady() {
  const system = await deploy();
  const { currency, market, provenance, owner, alice, bob, treasury } = system;
  const id = await steadyAsset(system, "gas");
  await currency.mint(treasury, 1n);
  await market.connect(alice).cancel(200n);
  await provenance.connect(owner).openStream(STREAM);
  const terms = order(alice.address, id, { nonce: 7n });
  const signature = await sign(system, alice, terms);
  const fill = (units = 10n) => market.connect(bob).fill({ order: terms, signature, units, limit: LIMIT });
  return { ...system, id, fill };
}

const batch = (changes: Partial<BatchStruct> = {}): BatchStruct => ({
  root: ethers.id("records"),
  count: 1_000n,
  uri: "https://data.example/batch/17",
  ...changes,
});

/** What each action costs, by its name in `snapshots/gas.json`. */
const ACTIONS: Record<string, (s: System & Awaited<ReturnType<typeof steady>>) => Promise<TransactionResponse>> = {
  admit: (s) => s.participants.connect(s.registrar).admit(s.carol, PROVINCE, 1n, ethers.id("carol")),
  register: async (s) => s.assets.connect(s.owner).register(await registration(s, "gas, another")),
  publish: (s) => s.assets.connect(s.operator).publish(s.id, release("gas, second")),
  transfer: (s) => s.assets.connect(s.alice).safeTransferFrom(s.alice, s.bob, s.id, 10n, "0x"),
  batch10: async (s) => {
    const ids = [s.id];
    while (ids.length < 10) ids.push(await steadyAsset(s, `gas ${ids.length}`));
    return s.assets
      .connect(s.alice)
      .safeBatchTransferFrom(...([s.alice, s.bob, ids, ids.map(() => 10n), "0x"] as const));
  },
  distribute: (s) => s.assets.connect(s.bob).distribute(s.id, 1_000_000n),
  claim: (s) => s.assets.connect(s.bob).claim([s.id], s.bob),
  post: (s) => s.market.connect(s.alice).post(order(s.alice.address, s.id, { nonce: 8n })),
  cancel: (s) => s.market.connect(s.alice).cancel(201n),
  firstFill: (s) => s.fill(),
  fill: async (s) => {
    await s.fill();
    return s.fill();
  },
  append: async (s) => {
    await s.provenance.connect(s.owner).append(STREAM, batch());
    return s.provenance.connect(s.owner).append(STREAM, batch({ root: ethers.id("more records") }));
  },
};

async function licensed() {
  const system = await deploy();
  await system.currency.mint(system.treasury, 1n);
  return steadyLicence(system, await steadyAsset(system, "gas, licensed"));
}

/** Carries out what comes before an action, and then the action. */
async function act(name: keyof LicenceActions): Promise<TransactionResponse> {
  const { before, call } = (await networkHelpers.loadFixture(licensed))[name];
  await send(before);
  return call.from.sendTransaction({ to: call.to, data: call.data });
}

/** How many words of storage that were zero a transaction writes. */
async function freshWords({ hash }: TransactionResponse): Promise<number> {
  const { structLogs } = (await provider.request({ method: "debug_traceTransaction", params: [hash] })) as {
    structLogs: readonly { readonly op: string; readonly gasCost: number }[];
  };
  return structLogs.filter(({ op, gasCost }) => op === "SSTORE" && gasCost >= CREATE).length;
}

describe("gas", () => {
  const measured: Record<string, number> = {};

  for (const [name, action] of Object.entries(ACTIONS)) {
    it(`measures ${name}`, async () => {
      measured[name] = await gasOf(action(await networkHelpers.loadFixture(steady)));
      expect(measured[name]).to.be.greaterThan(21_000);
    });
  }

  for (const name of LICENCE_ACTIONS) {
    it(`measures ${name}`, async () => {
      measured[name] = await gasOf(act(name));
      expect(measured[name]).to.be.greaterThan(21_000);
    });
  }

  it("GAS-01 appends a batch of any size at the same cost", async () => {
    const { provenance, owner } = await networkHelpers.loadFixture(steady);
    const append = (count: bigint) => gasOf(provenance.connect(owner).append(STREAM, batch({ count })));
    // Both counts have two bytes, none of them zero, so the call data costs the same.
    expect(await append(60_000n)).to.equal(await append(1_000n));
  });

  it("GAS-02 transfers at the same cost however often revenue was distributed", async () => {
    const { assets, alice, bob, id } = await networkHelpers.loadFixture(steady);
    const transfer = () => gasOf(assets.connect(alice).safeTransferFrom(alice, bob, id, 10n, "0x"));
    const once = await transfer();
    for (let i = 0; i < 5; i++) await assets.connect(bob).distribute(id, 1_000_000n);
    expect(await transfer()).to.equal(once);
  });

  it("GAS-03 distributes at the same cost however many hold", async () => {
    const { assets, owner, operator, bob, id } = await networkHelpers.loadFixture(steady);
    const distribute = () => gasOf(assets.connect(bob).distribute(id, 1_000_000n));
    const three = await distribute();
    await assets.connect(owner).safeTransferFrom(owner, operator, id, 5n, "0x");
    expect(await distribute()).to.equal(three);
  });

  it("GAS-04 fills at the same cost however often an order was filled", async () => {
    const { fill } = await networkHelpers.loadFixture(steady);
    await fill();
    const second = await gasOf(fill());
    expect(await gasOf(fill())).to.equal(second);
  });

  it("GAS-05 transfers under policy 0 at the same cost whatever rules were there before", async () => {
    const transferIn = async (restrain?: (system: Awaited<ReturnType<typeof steady>>) => Promise<void>) => {
      const system = await networkHelpers.loadFixture(steady);
      await restrain?.(system);
      const { assets, alice, bob, id } = system;
      expect([(await assets.assetOf(id)).policy, await assets.getFrozenTokens(alice, id)]).to.deep.equal([0n, 0n]);
      return gasOf(assets.connect(alice).safeTransferFrom(alice, bob, id, 10n, "0x"));
    };
    const plain = await transferIn();
    const reason = ethers.id("reasons");
    const suspended = await transferIn(async ({ supervision, supervisor, id }) => {
      await supervision.connect(supervisor).suspend(id, reason);
      await supervision.connect(supervisor).reinstate(id, reason);
    });
    const frozen = await transferIn(async ({ supervision, supervisor, alice, bob, id }) => {
      for (const party of [alice, bob]) await supervision.connect(supervisor).freeze(party, id, 5n, reason);
      for (const party of [alice, bob]) await supervision.connect(supervisor).release(party, id, reason);
    });
    const ruled = await transferIn(async (system) => {
      const { assets, policies, owner, alice, bob, id } = system;
      const cap = await ethers.deployContract("HolderCapPolicy", [await assets.getAddress(), 3n]);
      const holders = [owner, alice, bob]
        .map(({ address }) => address)
        .sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
      await asSteward(system, policies, "admit", [await cap.getAddress()]);
      for (const [policy, list] of [
        [1n, holders],
        [0n, []],
      ] as const) {
        await policies.connect(owner).propose(id, policy);
        await passWindow(WINDOWS.policyNotice);
        await policies.enact(id, owner.address, [...list]);
        expect((await assets.assetOf(id)).policy).to.equal(policy);
      }
    });
    expect({ suspended, frozen, ruled }).to.deep.equal({ suspended: plain, frozen: plain, ruled: plain });
  });

  it("GAS-06 writes at most three fresh words when a licence is bought, and none from then to its settlement", async () => {
    const words: Partial<Record<keyof LicenceActions, number>> = {};
    for (const name of ["license", "deliver", "settle"] as const) words[name] = await freshWords(await act(name));
    expect(words).to.deep.equal({ license: 3, deliver: 0, settle: 0 });
  });

  after(() => {
    const path = process.env.GAS_RESULT;
    if (path !== undefined) writeFileSync(path, JSON.stringify(measured));
  });
});
