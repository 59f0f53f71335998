import { expect } from "chai";
import { type Address, getContract } from "viem";
import { ParticipantRegistry__factory } from "../../typechain-types/index.ts";
import { deploy, ethers, KIND, networkHelpers, PROVINCE, SECTOR, type System, viem } from "../support/deploy.ts";

const { loadFixture } = networkHelpers;
const { abi } = ParticipantRegistry__factory;
const ACTIVE = 1;
const REVOKED = 3;

async function viemRegistry(system: System) {
  const client = await viem.getPublicClient();
  return getContract({ abi, address: (await system.participants.getAddress()) as Address, client });
}

describe("participants", () => {
  it("PAR-17 read the same through ethers and viem", async () => {
    const system = await loadFixture(deploy);
    const { participants, otherRegistrar, carol } = system;
    await participants.connect(otherRegistrar).admit(carol, SECTOR, KIND.publicBody, ethers.id("profile"));
    const since = await networkHelpers.time.latest();
    const registry = await viemRegistry(system);
    const expected = { status: ACTIVE, kind: Number(KIND.publicBody), domain: Number(SECTOR), since };
    expect(await registry.read.participantOf([carol.address as Address])).to.deep.equal(expected);
    const { status, kind, domain, since: at } = await participants.participantOf(carol);
    expect([status, kind, domain, at].map(Number)).to.deep.equal(Object.values(expected));
    expect(await registry.read.registrarOf([Number(SECTOR)])).to.equal(otherRegistrar.address);
  });

  it("PAR-17 have a history that is rebuilt from events alone", async () => {
    const system = await loadFixture(deploy);
    const { participants, registrar, authority, alice, bob } = system;
    const why = ethers.id("why");
    await participants.connect(registrar).suspend(alice, why);
    await participants.connect(registrar).reinstate(alice, why);
    await participants.connect(registrar).revoke(bob, why);
    await participants.connect(authority).openDomain(7n, bob, "seven");

    const registry = await viemRegistry(system);
    const rebuilt = new Map<string, { status: number; kind: number; domain: number; since: number }>();
    for (const { args } of await registry.getEvents.ParticipantAdmitted({}, { fromBlock: 0n })) {
      const { account, kind, domain, since } = args;
      rebuilt.set(account!, { status: ACTIVE, kind: kind!, domain: domain!, since: since! });
    }
    for (const { args } of await registry.getEvents.ParticipantStatusChanged({}, { fromBlock: 0n })) {
      const { account, status, since } = args;
      Object.assign(rebuilt.get(account!)!, { status, since });
    }
    expect(rebuilt.get(bob.address)!.status).to.equal(REVOKED);
    expect(rebuilt.size).to.equal(4);
    for (const [account, participant] of rebuilt) {
      expect(await registry.read.participantOf([account as Address])).to.deep.equal(participant);
    }
    const opened = await registry.getEvents.DomainOpened({}, { fromBlock: 0n });
    expect(opened.map(({ args }) => [args.domain, args.registrar, args.name])).to.deep.equal([
      [Number(PROVINCE), registrar.address, "Zhejiang"],
      [Number(SECTOR), system.otherRegistrar.address, "Green energy"],
      [7, bob.address, "seven"],
    ]);
  });
});
