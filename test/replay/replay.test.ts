import { expect } from "chai";
import type { BaseContract, Interface, Result } from "ethers";
import { deploy, ethers, networkHelpers, PROVINCE, SECTOR, type System } from "../support/deploy.ts";
import { History } from "./history.ts";
import { type Model, rebuild } from "./model.ts";
import type { World } from "./stage.ts";

const STEPS = 2_400;
const SEED = 20_261_123;
/** Events that say the same as another one, or nothing about the state. */
const WITHOUT_STATE = ["AuthorityUpdated", "ForcedTransfer", "OrderNotFilled"];

async function replay(system: System): Promise<Model> {
  const { participants, currencies, assets, market, provenance } = system;
  const { policies, notice, supervision, votes, certificates } = system;
  const offices = [policies, notice, supervision, votes, certificates];
  const contracts: BaseContract[] = [participants, currencies, assets, market, provenance, ...offices];
  const interfaces = new Map<string, Interface>(contracts.map((c) => [String(c.target), c.interface]));
  const logs = await ethers.provider.getLogs({ fromBlock: 0 });
  return rebuild(
    logs.filter((log) => interfaces.has(log.address)),
    interfaces,
  );
}

async function lived() {
  const system = await deploy();
  const history = await History.begin(system, SEED);
  await history.live(STEPS);
  return { history, world: history.world, system, model: await replay(system) };
}

/** The named values of a struct that a view answered. */
const named = (answer: object) => (answer as Result).toObject();

/** Those whose standing and holdings are compared: the people, and some who never took part. */
const accounts = ({ people, system }: World) => [
  ...people.map((person) => person.address),
  ...[system.treasury.address, system.market.target as string, ethers.ZeroAddress],
];

describe("event replay", function () {
  this.timeout(120_000);

  it("SYS-11 the history does everything that changes state, and is refused for many reasons", async () => {
    const { history, model } = await networkHelpers.loadFixture(lived);
    const expected = [
      ...[
        "transfer",
        "holderTransfer",
        "batch",
        "admit",
        "suspend",
        "reinstate",
        "revoke",
        "approve",
        "register",
        "derive",
      ],
      ...[
        ...["publish", "suspendAsset", "reinstateAsset", "retire", "freeze", "release", "force", "proposeMove"],
        ...["withdrawMove", "propose", "enact", "admitPolicy", "terms", "object", "decide", "lapse", "close"],
        ...["takeDeposit", "vote", "unvote", "replace", "certify", "succession", "objectToSuccession"],
        ...["withdrawSuccessor", "succeed", "handOver"],
      ],
      ...[
        "setFee",
        "changeRegistrar",
        "setGate",
        "dismiss",
        "readmit",
        "distribute",
        "push",
        "claim",
        "withdraw",
        "order",
      ],
      ...["post", "fill", "fillMany", "match", "cancel", "cancelAll", "openStream", "journal"],
    ];
    expect(expected.filter((name) => !history.done.has(name))).to.deep.equal([]);
    expect([...history.refused.keys()]).to.include.members(["transfer", "claim", "fill"]);
    expect([...model.ignored].filter((name) => !WITHOUT_STATE.includes(name))).to.deep.equal([]);
    const emitted = [
      "ExcessCredited",
      "ParentShareCredited",
      "DuePushed",
      "TransferBatch",
      "OrderNotFilled",
      "PolicyChanged",
    ];
    expect([...model.seenEvents.keys()]).to.include.members(emitted);
  });

  it("SYS-12 participants and currencies are what their events say", async () => {
    const { world, system, model } = await networkHelpers.loadFixture(lived);
    for (const domain of [PROVINCE, SECTOR, 3n]) {
      expect(await system.participants.registrarOf(domain)).to.equal(
        model.registrars.get(domain) ?? ethers.ZeroAddress,
      );
    }
    for (const account of accounts(world)) {
      const { status, kind, domain, since } = await system.participants.participantOf(account);
      const known = model.participants.get(account) ?? { status: 0n, kind: 0n, domain: 0n, since: 0n };
      expect({ status, kind, domain, since }).to.deep.equal(known);
      expect(await system.participants.isActive(account)).to.equal(known.status === 1n);
    }
    for (const money of [...world.currencies, system.market.target as string]) {
      expect(await system.currencies.isAdmitted(money)).to.equal(model.admitted.has(money));
    }
  });

  it("SYS-13 assets, releases, parents and policies are what their events say", async () => {
    const { world, system, model } = await networkHelpers.loadFixture(lived);
    const { assets } = system;
    expect([...model.assets.keys()]).to.deep.equal(world.ids);
    for (const [id, asset] of model.assets) {
      const { holder, operator, currency, royaltyBps, status, policy, policyVersion, revenue, termsHash } = asset;
      expect(named(await assets.assetOf(id))).to.deep.equal({
        ...{ holder, operator, currency, royaltyBps, status, policy, policyVersion, revenue, termsHash },
        ...{ latest: BigInt(asset.releases.length), fractions: asset.fractions },
      });
      expect(await assets.statusOf(id)).to.equal(status);
      expect(await assets.operatorOf(id)).to.equal(operator);
      expect(await assets.totalSupply(id)).to.equal(asset.fractions);
      expect(await assets.uri(id)).to.equal(asset.uri);
      expect([...(await assets.latest(id))]).to.deep.equal([BigInt(asset.releases.length), asset.releases.at(-1)]);
      for (const [i, hash] of [...asset.releases, ethers.ZeroHash].entries()) {
        expect(await assets.releaseOf(id, i + 1)).to.equal(hash);
      }
      const parents = (await assets.parentsOf(id)).map(named);
      expect(parents).to.deep.equal(asset.parents);
      expect(await assets.childCountOf(id)).to.equal(asset.children.length);
      expect([...(await assets.childrenOf(id, 0, 100))]).to.deep.equal(asset.children);
      for (const proposer of new Set([holder, operator, ...asset.proposals.keys()])) {
        const proposal = asset.proposals.get(proposer) ?? { policy: 0n, effectiveAt: 0n };
        expect(named(await system.policies.proposalOf(id, proposer))).to.deep.equal(proposal);
      }
      const { royaltyReceiver, royalty } = await assets.termsOfSale(id, 10_000n);
      expect([royaltyReceiver, royalty]).to.deep.equal([royaltyBps === 0n ? ethers.ZeroAddress : holder, royaltyBps]);
    }
    for (const [i, implementation] of model.policies.entries())
      expect(await system.policies.policyAt(i + 1)).to.equal(implementation);
    expect(await assets.derivationGate()).to.equal(model.gate);
  });

  it("SYS-14 units, freezes and approvals are what their events say", async () => {
    const { world, system, model } = await networkHelpers.loadFixture(lived);
    const now = await networkHelpers.time.latest();
    for (const account of accounts(world)) {
      for (const id of world.ids) {
        expect(await system.assets.balanceOf(account, id)).to.equal(model.units(id, account));
        const until = model.offices.frozenUntil.get(`${id} ${account}`) ?? 0n;
        const frozen = BigInt(now) < until ? model.frozen.get(`${id} ${account}`)! : 0n;
        expect(await system.assets.frozenUntil(account, id)).to.equal(until);
        expect(await system.assets.getFrozenTokens(account, id)).to.equal(frozen);
      }
      for (const other of accounts(world)) {
        const approved = model.approvals.has(`${account} ${other}`);
        expect(await system.assets.isApprovedForAll(account, other)).to.equal(approved);
      }
    }
  });

  it("SYS-15 claimable revenue, dues and excess are what their events say", async () => {
    const { world, system, model } = await networkHelpers.loadFixture(lived);
    let earned = 0n;
    for (const [id, asset] of model.assets) {
      expect(await system.assets.due(id)).to.equal(asset.due);
      for (const account of accounts(world)) {
        const claimable = model.claimable(id, account);
        expect(await system.assets.claimable(id, account)).to.equal(claimable);
        earned += claimable;
      }
    }
    expect(earned > 0n).to.equal(true);
    for (const money of world.currencies) {
      for (const account of accounts(world)) {
        const excess = model.excess.get(`${account} ${money}`) ?? 0n;
        expect(await system.assets.excessOf(account, money)).to.equal(excess);
      }
    }
  });

  it("SYS-16 orders, cancellations, epochs and the fee are what their events say", async () => {
    const { world, system, model } = await networkHelpers.loadFixture(lived);
    const { market } = system;
    for (const { hash, terms } of world.orders) {
      const status = [model.filled.get(hash) ?? 0n, model.posted.has(hash)];
      expect([...(await market.orderStatus(hash))]).to.deep.equal(status);
      const cancelled = model.cancelled.has(`${terms.maker} ${terms.nonce}`);
      expect(await market.isCancelled(terms.maker, terms.nonce)).to.equal(cancelled);
    }
    for (const account of accounts(world))
      expect(await market.epochOf(account)).to.equal(model.epochs.get(account) ?? 0n);
    expect([...(await market.feeOf())]).to.deep.equal([model.fee.bps, model.fee.receiver]);
  });

  it("SYS-17 the heads of streams are what their events chain up to", async () => {
    const { world, system, model } = await networkHelpers.loadFixture(lived);
    expect(model.heads.size).to.be.greaterThan(0);
    for (const stream of world.streams) {
      expect(await system.provenance.headOf(stream)).to.equal(model.heads.get(stream) ?? ethers.ZeroHash);
    }
  });

  it("SYS-40 notices, objections and deposits are what their events say", async () => {
    const { world, system, model } = await networkHelpers.loadFixture(lived);
    const { notice } = system;
    const plain = (terms: { notice: Result; decision: Result; deposit: bigint }) => ({
      ...{ notice: [...terms.notice], decision: [...terms.decision], deposit: terms.deposit },
    });
    expect(plain((await notice.termsOf(PROVINCE)) as never)).to.deep.equal(model.offices.termsOf(PROVINCE));
    for (const id of world.ids) {
      const { decision, ...rest } = named(await notice.proceedingOf(id)) as { decision: Result };
      expect({ ...rest, decision: [...decision] }).to.deep.equal(model.offices.proceedings.get(id));
    }
    for (const [key, objection] of model.offices.objections) {
      const [id, number] = key.split(" ").map(BigInt);
      expect(named(await notice.objectionOf(id!, number!))).to.deep.equal(objection);
    }
    for (const money of world.currencies) {
      const currency = system.currency.attach(money) as typeof system.currency;
      let owed = 0n;
      for (const account of accounts(world)) {
        const deposit = model.offices.deposits.get(`${account} ${money}`) ?? 0n;
        expect(await notice.depositOf(account, money)).to.equal(deposit);
        owed += deposit;
      }
      for (const [key, { state, deposit }] of model.offices.objections) {
        if (state === 1n && model.assets.get(BigInt(key.split(" ")[0]!))!.currency === money) owed += deposit;
      }
      expect(await currency.balanceOf(notice)).to.equal(owed);
    }
  });

  it("SYS-41 suspensions, moves, votes, certificates and successions are what their events say", async () => {
    const { world, system, model } = await networkHelpers.loadFixture(lived);
    const { assets, supervision, votes, certificates, participants, registrar } = system;
    const { offices } = model;
    for (const id of world.ids) {
      expect(await assets.suspendedUntil(id)).to.equal(offices.suspendedUntil.get(id) ?? 0n);
      expect(await assets.holderCountOf(id)).to.equal(offices.holders.get(id) ?? 0n);
      const { candidate, effectiveAt } = offices.majorities.get(id) ?? {
        candidate: ethers.ZeroAddress,
        effectiveAt: 0n,
      };
      expect([...(await votes.majorityOf(id))]).to.deep.equal([candidate, effectiveAt]);
      const issued = offices.certificates.get(id);
      const { number, validUntil, status } = await certificates.certificate(id);
      expect([number, validUntil]).to.deep.equal([issued?.number ?? 0n, issued?.validUntil ?? 0n]);
      expect(status === 5n).to.equal(issued?.withdrawn ?? false);
      for (const account of accounts(world)) {
        expect(await votes.lockedOf(id, account)).to.equal(offices.locks.get(`${id} ${account}`)?.units ?? 0n);
        expect(await votes.votesFor(id, account)).to.equal(offices.votesFor(id, account));
      }
    }
    expect(await certificates.signingKeyOf(PROVINCE)).to.equal(offices.keyOf(PROVINCE, registrar.address));
    for (const [moveId, { registrar: proposer, ready, expiry }] of offices.moves) {
      expect([...(await supervision.moveOf(moveId))]).to.deep.equal([proposer, ready, expiry]);
    }
    const none = { successor: ethers.ZeroAddress, effectiveAt: 0n, registrar: ethers.ZeroAddress, objected: false };
    for (const account of accounts(world)) {
      expect(await participants.successorOf(account)).to.equal(offices.successorOf(account));
      expect(named(await participants.successionOf(account))).to.deep.equal(offices.successions.get(account) ?? none);
    }
  });
});
