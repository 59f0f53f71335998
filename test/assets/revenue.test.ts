import { expect } from "chai";
import { DemoCurrency__factory } from "../../typechain-types/index.ts";
import {
  deploy,
  ethers,
  force,
  KIND,
  networkHelpers,
  PROVINCE,
  register,
  registration,
  release,
  type System,
  ZeroAddress,
} from "../support/deploy.ts";
import { CONSENT_TYPES, consentDomain, evidence, NO_CONSENT } from "./consents.ts";

const REASON = ethers.id("reasons");
const MAX_TOTAL = (1n << 92n) - 1n;
const UNKNOWN_ASSET = 7n;

async function held() {
  const system = await deploy();
  const id = await register(system);
  await system.assets.connect(system.owner).safeTransferFrom(system.owner, system.alice, id, 300n, "0x");
  return { ...system, id };
}

async function derive(system: System, label: string, parents: { id: bigint; shareBps: bigint }[]) {
  return register(system, label, {
    parents,
    evidence: evidence(parents.map(() => NO_CONSENT)),
    operator: system.owner.address,
    release: release(
      label,
      parents.map(() => 1n),
    ),
  });
}

async function secondCurrency(system: System) {
  const currency = await new DemoCurrency__factory(system.deployer).deploy();
  await currency.mint(system.authority, 1n);
  await currency.connect(system.authority).approve(system.currencies, 1n);
  await system.currencies.connect(system.authority).admit(currency, system.authority, 1n);
  await currency.mint(system.bob, 10n ** 12n);
  await currency.connect(system.bob).approve(system.assets, ethers.MaxUint256);
  return currency;
}

describe("revenue", () => {
  describe("distribute", () => {
    it("REV-12 pulls exactly the amount from the payer and says who paid", async () => {
      const { assets, currency, bob, id } = await networkHelpers.loadFixture(held);
      const call = assets.connect(bob).distribute(id, 1_000n);
      await expect(call).to.emit(assets, "RevenueDistributed").withArgs(id, bob.address, 1_000n);
      await expect(call).to.changeTokenBalances(ethers, currency, [bob, assets], [-1_000n, 1_000n]);
      expect((await assets.assetOf(id)).revenue).to.equal(1_000n);
    });

    it("REV-12 anyone may pay, whether a participant or not", async () => {
      const { assets, carol, alice, id } = await networkHelpers.loadFixture(held);
      await assets.connect(carol).distribute(id, 1_000n);
      expect(await assets.claimable(id, alice)).to.equal(300n);
    });

    it("REV-13 refuses an amount of zero", async () => {
      const { assets, bob, id } = await networkHelpers.loadFixture(held);
      await expect(assets.connect(bob).distribute(id, 0n))
        .to.be.revertedWithCustomError(assets, "Assets_NothingToDistribute")
        .withArgs(id);
    });

    it("REV-13 refuses to push where nothing is due", async () => {
      const { assets, bob, id } = await networkHelpers.loadFixture(held);
      await expect(assets.connect(bob).pushDue(id))
        .to.be.revertedWithCustomError(assets, "Assets_NothingToDistribute")
        .withArgs(id);
    });

    it("REV-14 refuses an asset that was never registered", async () => {
      const { assets, bob, alice } = await networkHelpers.loadFixture(held);
      for (const call of [
        assets.connect(bob).distribute(UNKNOWN_ASSET, 1n),
        assets.connect(bob).pushDue(UNKNOWN_ASSET),
      ]) {
        await expect(call).to.be.revertedWithCustomError(assets, "Assets_Unknown").withArgs(UNKNOWN_ASSET);
      }
      expect(await assets.claimable(UNKNOWN_ASSET, alice)).to.equal(0n);
    });

    it("REV-15 goes on while the asset is suspended and after it is retired, and so do claims", async () => {
      const { assets, currency, supervision, supervisor, owner, bob, alice, id } =
        await networkHelpers.loadFixture(held);
      await supervision.connect(supervisor).suspend(id, REASON);
      await assets.connect(bob).distribute(id, 1_000n);
      await expect(assets.connect(alice).claim([id], alice)).to.changeTokenBalance(ethers, currency, alice, 300n);
      await supervision.connect(supervisor).reinstate(id, REASON);
      await assets.connect(owner).retire(id);
      await assets.connect(bob).distribute(id, 1_000n);
      await expect(assets.connect(alice).claim([id], alice)).to.changeTokenBalance(ethers, currency, alice, 300n);
    });

    it("REV-15 goes on in a currency that is no longer admitted", async () => {
      const { assets, currency, currencies, authority, bob, alice, id } = await networkHelpers.loadFixture(held);
      await currencies.connect(authority).dismiss(currency);
      await assets.connect(bob).distribute(id, 1_000n);
      await expect(assets.connect(alice).claim([id], alice)).to.changeTokenBalance(ethers, currency, alice, 300n);
    });

    it("REV-12 takes nothing from a payer who has not approved it", async () => {
      const { assets, currency, treasury, id } = await networkHelpers.loadFixture(held);
      await currency.mint(treasury, 100n);
      await expect(assets.connect(treasury).distribute(id, 100n))
        .to.be.revertedWithCustomError(currency, "ERC20InsufficientAllowance")
        .withArgs(await assets.getAddress(), 0n, 100n);
    });
  });

  describe("parents", () => {
    it("REV-09 credits eight parents and says how much each gets", async () => {
      const system = await networkHelpers.loadFixture(deploy);
      const { assets, bob } = system;
      const parents = [];
      for (let i = 1n; i <= 8n; i++) {
        parents.push({
          id: await register(system, `parent ${i}`, { operator: system.owner.address }),
          shareBps: i * 100n,
        });
      }
      const child = await derive(system, "child", parents);
      const call = assets.connect(bob).distribute(child, 999n);
      let rest = 999n;
      for (const [i, parent] of parents.entries()) {
        const share = (999n * parent.shareBps) / 10_000n;
        await expect(call).to.emit(assets, "ParentShareCredited").withArgs(parent.id, child, share);
        expect(await assets.due(parent.id), `parent ${i}`).to.equal(share);
        rest -= share;
      }
      await expect(call).to.emit(assets, "RevenueDistributed").withArgs(child, bob.address, rest);
    });

    it("REV-10 anyone may push, in every state of the parent, and the event says how much", async () => {
      const system = await networkHelpers.loadFixture(held);
      const { assets, id, owner, operator, bob, mallory, alice, supervisor } = system;
      await assets.connect(owner).safeTransferFrom(owner, bob, id, 200n, "0x");
      const request = await registration(system, "child", { operator: owner.address });
      const child = await assets.assetIdOf(owner, request.release.root);
      const terms = { child, holder: owner.address, parent: id, shareBps: 5_000n, deadline: 4_102_444_800n };
      const signature = await operator.signTypedData(await consentDomain(system), CONSENT_TYPES, terms);
      await register(system, "child", {
        operator: owner.address,
        parents: [{ id, shareBps: 5_000n }],
        evidence: evidence([{ deadline: terms.deadline, signature }]),
        release: release("child", [1n]),
      });
      await assets.connect(bob).distribute(child, 2_000n);
      await system.supervision.connect(supervisor).suspend(id, REASON);
      const call = assets.connect(mallory).pushDue(id);
      await expect(call).to.emit(assets, "DuePushed").withArgs(id, 1_000n);
      await expect(call).to.emit(assets, "RevenueDistributed").withArgs(id, mallory.address, 1_000n);
      expect(await assets.claimable(id, alice)).to.equal(300n);
      expect(await assets.claimable(id, bob)).to.equal(200n);
      expect(await assets.due(id)).to.equal(0n);
    });

    it("REV-10 pays whoever holds at the push, not at the child's distribution", async () => {
      const system = await networkHelpers.loadFixture(deploy);
      const { assets, owner, bob } = system;
      const parent = await register(system, "parent", { operator: owner.address });
      const child = await derive(system, "child", [{ id: parent, shareBps: 5_000n }]);
      await assets.connect(bob).distribute(child, 2_000n);
      await assets.connect(owner).safeTransferFrom(owner, bob, parent, 1_000n, "0x");
      await assets.pushDue(parent);
      expect(await assets.claimable(parent, bob)).to.equal(1_000n);
      expect(await assets.claimable(parent, owner)).to.equal(0n);
    });

    it("REV-11 a distribution costs the same with one child's descendants as with none", async () => {
      const system = await networkHelpers.loadFixture(deploy);
      const { assets, bob, owner } = system;
      const parent = await register(system, "parent", { operator: owner.address });
      const child = await derive(system, "child", [{ id: parent, shareBps: 100n }]);
      const cost = async () => (await (await assets.connect(bob).distribute(child, 1_000n)).wait())!.gasUsed;
      await cost();
      const before = await cost();
      let last = child;
      for (let i = 0; i < 5; i++) last = await derive(system, `generation ${i}`, [{ id: last, shareBps: 5_000n }]);
      expect(await cost()).to.equal(before);
    });
  });

  describe("claim", () => {
    it("REV-16 pays to the recipient that the holder names, once", async () => {
      const { assets, currency, alice, bob, id } = await networkHelpers.loadFixture(held);
      await assets.connect(bob).distribute(id, 1_000n);
      const call = assets.connect(alice).claim([id], bob);
      await expect(call).to.emit(assets, "RevenueClaimed").withArgs(id, alice.address, bob.address, 300n);
      await expect(call).to.changeTokenBalances(ethers, currency, [assets, alice, bob], [-300n, 0n, 300n]);
      await expect(assets.connect(alice).claim([id], bob))
        .to.be.revertedWithCustomError(assets, "Assets_NothingToClaim")
        .withArgs(alice.address);
    });

    it("REV-16 pays a repeated id once", async () => {
      const { assets, currency, alice, bob, id } = await networkHelpers.loadFixture(held);
      await assets.connect(bob).distribute(id, 1_000n);
      const call = assets.connect(alice).claim([id, id, id], alice);
      await expect(call).to.changeTokenBalances(ethers, currency, [assets, alice], [-300n, 300n]);
    });

    it("REV-16 refuses a claim of nothing, of no asset, and of an unknown one", async () => {
      const { assets, alice, id } = await networkHelpers.loadFixture(held);
      for (const list of [[], [id], [id, UNKNOWN_ASSET]]) {
        await expect(assets.connect(alice).claim(list, alice))
          .to.be.revertedWithCustomError(assets, "Assets_NothingToClaim")
          .withArgs(alice.address);
      }
    });

    it("REV-17 pays several assets of one currency in one payment", async () => {
      const system = await networkHelpers.loadFixture(held);
      const { assets, currency, owner, alice, bob, id } = system;
      const other = await register(system, "weather");
      await assets.connect(owner).safeTransferFrom(owner, alice, other, 500n, "0x");
      await assets.connect(bob).distribute(id, 1_000n);
      await assets.connect(bob).distribute(other, 1_000n);
      const receipt = await (await assets.connect(alice).claim([UNKNOWN_ASSET, id, other], alice)).wait();
      const payments = receipt!.logs.filter((log) => log.address === currency.target);
      expect(payments.map((log) => currency.interface.parseLog(log)!.args.toArray())).to.deep.equal([
        [assets.target, alice.address, 800n],
      ]);
    });

    it("REV-17 pays assets of several currencies in any order, repeated or not", async () => {
      const system = await networkHelpers.loadFixture(held);
      const { assets, currency, owner, alice, bob, id } = system;
      const second = await secondCurrency(system);
      const other = await register(system, "weather", { currency: await second.getAddress() });
      const third = await register(system, "sensors");
      await assets.connect(owner).safeTransferFrom(owner, alice, other, 500n, "0x");
      await assets.connect(owner).safeTransferFrom(owner, alice, third, 100n, "0x");
      for (const asset of [id, other, third]) await assets.connect(bob).distribute(asset, 1_000n);
      const call = assets.connect(alice).claim([id, other, third, other, id], alice);
      await expect(call).to.changeTokenBalances(ethers, currency, [assets, alice], [-400n, 400n]);
      await expect(call).to.changeTokenBalances(ethers, second, [assets, alice], [-500n, 500n]);
    });

    it("REV-18 refuses a claimant who is suspended or revoked; the revenue waits and goes to nobody else", async () => {
      const { assets, currency, participants, registrar, owner, alice, bob, id } =
        await networkHelpers.loadFixture(held);
      await assets.connect(bob).distribute(id, 1_000n);
      const refused = async () =>
        expect(assets.connect(alice).claim([id], bob))
          .to.be.revertedWithCustomError(assets, "Assets_Inactive")
          .withArgs(alice.address);
      await participants.connect(registrar).suspend(alice, REASON);
      await refused();
      await assets.connect(bob).distribute(id, 1_000n);
      await assets.connect(owner).claim([id], owner);
      await participants.connect(registrar).revoke(alice, REASON);
      await refused();
      expect(await assets.claimable(id, alice)).to.equal(600n);
      expect(await currency.balanceOf(assets)).to.equal(600n);
      await participants.connect(registrar).admit(alice, PROVINCE, KIND.organisation, REASON);
      await expect(assets.connect(alice).claim([id], alice)).to.changeTokenBalance(ethers, currency, alice, 600n);
    });

    it("REV-18 revenue stays with a suspended holder whose units are forced away", async () => {
      const system = await networkHelpers.loadFixture(held);
      const { assets, participants, registrar, alice, bob, id } = system;
      await assets.connect(bob).distribute(id, 1_000n);
      await participants.connect(registrar).suspend(alice, REASON);
      await force(system, alice.address, bob.address, id, 300n);
      expect(await assets.balanceOf(alice, id)).to.equal(0n);
      expect(await assets.claimable(id, alice)).to.equal(300n);
      expect(await assets.claimable(id, bob)).to.equal(0n);
    });

    it("REV-19 refuses a recipient who is not active", async () => {
      const { assets, alice, bob, carol, id } = await networkHelpers.loadFixture(held);
      await assets.connect(bob).distribute(id, 1_000n);
      for (const to of [carol.address, ZeroAddress]) {
        await expect(assets.connect(alice).claim([id], to))
          .to.be.revertedWithCustomError(assets, "Assets_Inactive")
          .withArgs(to);
      }
    });
  });

  describe("excess", () => {
    async function overflowing() {
      const system = await held();
      await system.currency.mint(system.bob, MAX_TOTAL);
      await system.assets.connect(system.bob).distribute(system.id, MAX_TOTAL - 1n);
      return system;
    }

    it("REV-08 says how much was in excess and how much was distributed", async () => {
      const { assets, currency, owner, bob, id } = await networkHelpers.loadFixture(overflowing);
      const call = assets.connect(bob).distribute(id, 100n);
      const money = await currency.getAddress();
      await expect(call).to.emit(assets, "ExcessCredited").withArgs(id, owner.address, money, 99n);
      await expect(call).to.emit(assets, "RevenueDistributed").withArgs(id, bob.address, 1n);
      expect((await assets.assetOf(id)).revenue).to.equal(MAX_TOTAL);
      await assets.connect(bob).distribute(id, 5n);
      expect(await assets.excessOf(owner, currency)).to.equal(104n);
    });

    it("REV-08 does not touch the excess where all of it fits", async () => {
      const { assets, currency, owner, bob, id } = await networkHelpers.loadFixture(overflowing);
      await expect(assets.connect(bob).distribute(id, 1n)).not.to.emit(assets, "ExcessCredited");
      expect(await assets.excessOf(owner, currency)).to.equal(0n);
    });

    it("REV-29 pays the excess once, to an active recipient", async () => {
      const { assets, currency, participants, registrar, owner, alice, bob, carol, id } =
        await networkHelpers.loadFixture(overflowing);
      await assets.connect(bob).distribute(id, 100n);
      const money = await currency.getAddress();
      await expect(assets.connect(owner).withdrawExcess(owner, money, carol))
        .to.be.revertedWithCustomError(assets, "Assets_Inactive")
        .withArgs(carol.address);
      await participants.connect(registrar).suspend(owner, REASON);
      await expect(assets.connect(owner).withdrawExcess(owner, money, alice))
        .to.be.revertedWithCustomError(assets, "Assets_Inactive")
        .withArgs(owner.address);
      await participants.connect(registrar).reinstate(owner, REASON);
      const call = assets.connect(owner).withdrawExcess(owner, money, alice);
      await expect(call).to.emit(assets, "ExcessWithdrawn").withArgs(owner.address, money, alice.address, 99n);
      await expect(call).to.changeTokenBalances(ethers, currency, [assets, alice], [-99n, 99n]);
      await expect(assets.connect(owner).withdrawExcess(owner, money, alice))
        .to.be.revertedWithCustomError(assets, "Assets_NothingToWithdraw")
        .withArgs(owner.address, money);
    });
  });
});
