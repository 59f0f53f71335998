import { type BaseContract, id as hashText, ZeroAddress, ZeroHash } from "ethers";
import { network } from "hardhat";
import Cadastre from "../../ignition/modules/Cadastre.ts";
import type { RegistrationStruct, ReleaseStruct } from "../../typechain-types/contracts/assets/IDataAsset.ts";
import {
  Certificates__factory,
  ConsentGate__factory,
  CredentialRegistry__factory,
  CurrencyRegistry__factory,
  DataAsset__factory,
  DemoCurrency__factory,
  DerivationGate__factory,
  Disputes__factory,
  JurisdictionPolicy__factory,
  LicenceRegistry__factory,
  Marketplace__factory,
  Notice__factory,
  OperatorVote__factory,
  ParticipantRegistry__factory,
  PolicyBook__factory,
  ProvenanceRegistry__factory,
  Subscriptions__factory,
  Supervision__factory,
} from "../../typechain-types/index.ts";

/** Delays of the test deployment in seconds, and its market fee in basis points. */
export const DELAYS = { admin: 100, steward: 50, freezeTerm: 100_000 };
/** Windows of the test deployment: seconds, and least blocks. */
export const WINDOWS = {
  policyNotice: { duration: 1_000, blocks: 3 },
  moveWindow: { duration: 2_000, blocks: 4 },
  voteWindow: { duration: 3_000, blocks: 5 },
  successionWindow: { duration: 4_000, blocks: 6 },
  licence: { duration: 500, blocks: 2 },
} as const;
export const FEE_BPS = 100n;
export const PROVINCE = 330_000n;
export const SECTOR = 1_000_001n;
export const KIND = { organisation: 1n, publicBody: 2n, person: 3n } as const;
export const SIDE = { sell: 0n, buy: 1n } as const;
export const STATUS = { none: 0n, registered: 1n, retired: 2n, struck: 3n } as const;

export const { ethers, ignition, networkHelpers, viem, provider } = await network.create();

/** Everything deployed by the real Ignition modules, two domains, four active participants, each with money and approvals. */
export async function deploy() {
  const [deployer, admin, authority, steward, supervisor, guardian, treasury, registrar, otherRegistrar, ...people] =
    await ethers.getSigners();
  const deployed = await ignition.deploy(Cadastre, {
    parameters: {
      Participants: { successionWindow: WINDOWS.successionWindow },
      Assets: {
        policyNotice: WINDOWS.policyNotice,
        moveWindow: WINDOWS.moveWindow,
        voteWindow: WINDOWS.voteWindow,
        freezeTerm: DELAYS.freezeTerm,
      },
      Licences: { leastWindow: WINDOWS.licence, feeBps: FEE_BPS, feeReceiver: treasury!.address },
      Market: { feeBps: FEE_BPS, feeReceiver: treasury!.address },
      Cadastre: {
        admin: admin!.address,
        authority: authority!.address,
        steward: steward!.address,
        supervisor: supervisor!.address,
        guardian: guardian!.address,
        adminDelay: DELAYS.admin,
        stewardDelay: DELAYS.steward,
      },
    },
  });
  const manager = await ethers.getContractAt("AccessManager", await deployed.manager.getAddress());
  const participants = ParticipantRegistry__factory.connect(await deployed.participants.getAddress(), deployer!);
  const credentials = CredentialRegistry__factory.connect(await deployed.credentials.getAddress(), deployer!);
  const currencies = CurrencyRegistry__factory.connect(await deployed.currencies.getAddress(), deployer!);
  const consents = ConsentGate__factory.connect(await deployed.consents.getAddress(), deployer!);
  const policies = PolicyBook__factory.connect(await deployed.policies.getAddress(), deployer!);
  const notice = Notice__factory.connect(await deployed.notice.getAddress(), deployer!);
  const supervision = Supervision__factory.connect(await deployed.supervision.getAddress(), deployer!);
  const votes = OperatorVote__factory.connect(await deployed.votes.getAddress(), deployer!);
  const certificates = Certificates__factory.connect(await deployed.certificates.getAddress(), deployer!);
  const assets = DataAsset__factory.connect(await deployed.assets.getAddress(), deployer!);
  const jurisdiction = JurisdictionPolicy__factory.connect(await deployed.jurisdiction.getAddress(), deployer!);
  const provenance = ProvenanceRegistry__factory.connect(await deployed.provenance.getAddress(), deployer!);
  const licences = LicenceRegistry__factory.connect(await deployed.licences.getAddress(), deployer!);
  const disputes = Disputes__factory.connect(await deployed.disputes.getAddress(), deployer!);
  const subscriptions = Subscriptions__factory.connect(await deployed.subscriptions.getAddress(), deployer!);
  const gate = DerivationGate__factory.connect(await deployed.gate.getAddress(), deployer!);
  const market = Marketplace__factory.connect(await deployed.market.getAddress(), deployer!);

  await participants.connect(authority!).openDomain(PROVINCE, registrar!.address, "Zhejiang");
  await participants.connect(authority!).openDomain(SECTOR, otherRegistrar!.address, "Green energy");
  const [owner, operator, alice, bob, carol, mallory] = people;
  const active = [owner!, operator!, alice!, bob!];
  for (const person of active) {
    await participants.connect(registrar!).admit(person.address, PROVINCE, KIND.organisation, hashText(person.address));
  }

  const currency = await new DemoCurrency__factory(deployer!).deploy();
  await currency.mint(authority!.address, 1_000_000n);
  await currency.connect(authority!).approve(currencies, 1n);
  await currencies.connect(authority!).admit(currency, authority!.address, 1n);
  for (const person of [...active, carol!, mallory!]) {
    await currency.mint(person.address, 10n ** 15n);
    await currency.connect(person).approve(market, ethers.MaxUint256);
    await currency.connect(person).approve(assets, ethers.MaxUint256);
    await assets.connect(person).setApprovalForAll(market, true);
  }

  return {
    ...{ manager, participants, currencies, gate, assets, provenance, market, currency },
    ...{ credentials, jurisdiction, policies, notice, supervision, votes, certificates },
    ...{ licences, disputes, subscriptions, consents },
    ...{ deployer: deployer!, admin: admin!, authority: authority!, steward: steward!, supervisor: supervisor! },
    ...{ guardian: guardian!, treasury: treasury!, registrar: registrar! },
    ...{ otherRegistrar: otherRegistrar!, owner: owner!, operator: operator!, alice: alice!, bob: bob! },
    /** Not admitted. */
    ...{ carol: carol!, mallory: mallory! },
  };
}

export type System = Awaited<ReturnType<typeof deploy>>;

/** Lets a window pass: its seconds and its blocks, both counted from the latest block. */
export async function passWindow({ duration, blocks }: { duration: number; blocks: number }): Promise<void> {
  await networkHelpers.time.increase(duration);
  await networkHelpers.mine(blocks);
}

/** Lets the steward make a restricted call, behind its delay. */
export async function asSteward(system: System, target: BaseContract, name: string, args: readonly unknown[]) {
  const { manager, steward } = system;
  const data = target.interface.encodeFunctionData(name, [...args]);
  await manager.connect(steward).getFunction("schedule")(target, data, 0);
  await networkHelpers.time.increase(DELAYS.steward);
  return steward.sendTransaction({ to: target, data });
}

/** Puts an admitted policy into force for an asset of `owner`, after its notice. */
export async function enact(system: System, id: bigint, policy: bigint, holders: readonly string[] = []) {
  const { policies, owner } = system;
  await policies.connect(owner).propose(id, policy);
  await passWindow(WINDOWS.policyNotice);
  return policies.enact(id, owner, [...holders]);
}

/** Moves units without their owner's consent: proposed by the registrar, carried out by the supervisor after the window. */
export async function force(system: System, from: string, to: string, id: bigint, units: bigint) {
  const { supervision, registrar, supervisor } = system;
  const move = { from, to, id, units, reason: hashText("court order") };
  await supervision.connect(registrar).proposeMove(move);
  await passWindow(WINDOWS.moveWindow);
  return supervision.connect(supervisor).carryOutMove(move);
}

/** A release that no other call has made: `label` is hashed into root and key commitment. */
export function release(label: string, parentReleases: bigint[] = []): ReleaseStruct {
  return {
    root: hashText(`root ${label}`),
    keyCommitment: hashText(`key ${label}`),
    length: 4_096n,
    manifestHash: hashText(`manifest ${label}`),
    manifestUri: `https://data.example/${label}.json`,
    parentReleases,
  };
}

export async function registration(
  system: System,
  label: string,
  changes: Partial<RegistrationStruct> = {},
): Promise<RegistrationStruct> {
  return {
    holder: system.owner.address,
    operator: system.operator.address,
    termsHash: hashText("terms"),
    fractions: 1_000n,
    currency: await system.currency.getAddress(),
    royaltyBps: 250n,
    policy: 0n,
    release: release(label),
    parents: [],
    evidence: "0x",
    ...changes,
  };
}

/** Registers an asset of `owner` and gives its id. */
export async function register(system: System, label = "electricity", changes: Partial<RegistrationStruct> = {}) {
  const request = await registration(system, label, changes);
  await system.assets.connect(system.owner).register(request);
  return system.assets.assetIdOf(request.holder, request.release.root);
}

export { ZeroAddress, ZeroHash };
