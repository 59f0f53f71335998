import { expect } from "chai";
import type { TypedDataDomain } from "ethers";
import {
  DataAsset__factory,
  Notice__factory,
  OperatorVote__factory,
  PolicyBook__factory,
  Supervision__factory,
} from "../../typechain-types/index.ts";
import {
  asSteward,
  DELAYS,
  ethers,
  KIND,
  networkHelpers,
  PROVINCE,
  register,
  registration,
  release,
  STATUS,
  ZeroHash,
} from "../support/deploy.ts";
import {
  admitKey,
  type ConsentMessage,
  consentDomain,
  deployWithParent,
  derived,
  consentList as evidence,
  NO_CONSENT,
  SIGNERS,
} from "./consents.ts";

const { loadFixture, time } = networkHelpers;

/** With the gate of a register that knows no licences. */
async function deployWithConsents() {
  const { system, ...rest } = await deployWithParent();
  await asSteward(system, system.assets, "setDerivationGate", [system.consents.target]);
  return { system, ...rest, domain: await consentDomain({ gate: system.consents }) };
}

describe("consent to a derivation", () => {
  for (const [library, sign] of Object.entries(SIGNERS)) {
    it(`AST-30 is accepted as ${library} signs it`, async () => {
      const { system, operator, parent, child, message, domain } = await loadFixture(deployWithConsents);
      const { assets, alice } = system;
      const proof = evidence([{ deadline: message.deadline, signature: await sign(operator.key, domain, message) }]);
      const request = await derived(system, [{ id: parent, shareBps: 1_000n }], proof);
      await assets.connect(alice).register(request);
      expect(await assets.statusOf(child)).to.equal(STATUS.registered);
      const parents = await assets.parentsOf(child);
      expect(parents.map(({ id, shareBps }) => [id, shareBps])).to.deep.equal([[parent, 1_000n]]);
    });

    it(`AST-31 holds for what was signed, where it was signed for, by who was asked (${library})`, async () => {
      const { system, operator, parent, message, domain } = await loadFixture(deployWithConsents);
      const { assets, consents, alice, bob } = system;
      const otherParent = await register(system, "other parent", { operator: operator.address });
      const stranger = ethers.Wallet.createRandom().privateKey;
      const variants: [string, string, Partial<TypedDataDomain>, Partial<ConsentMessage>][] = [
        ["other chain", operator.key, { chainId: 1n }, {}],
        ["other gate", operator.key, { verifyingContract: bob.address }, {}],
        ["other name", operator.key, { name: "Cadastre Market" }, {}],
        ["other version", operator.key, { version: "2" }, {}],
        ["other child", operator.key, {}, { child: message.child + 1n }],
        ["other holder", operator.key, {}, { holder: bob.address }],
        ["other parent", operator.key, {}, { parent: otherParent }],
        ["other share", operator.key, {}, { shareBps: 1_001n }],
        ["other deadline", operator.key, {}, { deadline: message.deadline - 1n }],
        ["other signer", stranger, {}, {}],
      ];
      for (const [what, key, domainChanges, changes] of variants) {
        const signature = await sign(key, { ...domain, ...domainChanges }, { ...message, ...changes });
        const proof = evidence([{ deadline: message.deadline, signature }]);
        const request = await derived(system, [{ id: parent, shareBps: 1_000n }], proof);
        await expect(assets.connect(alice).register(request), what)
          .to.be.revertedWithCustomError(consents, "Consents_BadSignature")
          .withArgs(parent, operator.address);
      }
    });
  }

  it("AST-31 refuses a consent whose bytes are no signature", async () => {
    const { system, operator, parent, message } = await loadFixture(deployWithConsents);
    for (const signature of ["0x", "0x1234", `0x${"00".repeat(65)}`]) {
      const proof = evidence([{ deadline: message.deadline, signature }]);
      const request = await derived(system, [{ id: parent, shareBps: 1_000n }], proof);
      await expect(system.assets.connect(system.alice).register(request), signature)
        .to.be.revertedWithCustomError(system.consents, "Consents_BadSignature")
        .withArgs(parent, operator.address);
    }
  });

  it("AST-32 cannot be used by another holder or for another root", async () => {
    const { system, operator, parent, message, domain } = await loadFixture(deployWithConsents);
    const { assets, consents, alice, bob } = system;
    const signature = await SIGNERS.ethers(operator.key, domain, message);
    const proof = evidence([{ deadline: message.deadline, signature }]);
    const parents = [{ id: parent, shareBps: 1_000n }];
    const stolen = await derived(system, parents, proof, { holder: bob.address });
    await expect(assets.connect(bob).register(stolen))
      .to.be.revertedWithCustomError(consents, "Consents_BadSignature")
      .withArgs(parent, operator.address);
    const otherRoot = await derived(system, parents, proof, { release: release("other root", [1n]) });
    await expect(assets.connect(alice).register(otherRoot))
      .to.be.revertedWithCustomError(consents, "Consents_BadSignature")
      .withArgs(parent, operator.address);
  });

  it("AST-32 is worth nothing at another register that asks the same gate", async () => {
    const { system, operator, message, domain } = await loadFixture(deployWithConsents);
    const { participants, currencies, consents, deployer, alice, owner } = system;
    const manager = await ethers.deployContract("AccessManager", [deployer]);
    const window = { duration: 1n, blocks: 1n };
    const offices = {
      policies: await new PolicyBook__factory(deployer).deploy(manager, participants, window),
      notice: await new Notice__factory(deployer).deploy(manager, participants),
      supervision: await new Supervision__factory(deployer).deploy(manager, participants, window),
      votes: await new OperatorVote__factory(deployer).deploy(manager, participants, window),
    };
    const other = await new DataAsset__factory(deployer).deploy(
      manager,
      participants,
      currencies,
      consents,
      offices,
      DELAYS.freezeTerm,
    );
    for (const office of Object.values(offices)) await office.setRegister(other);
    await other.connect(owner).register(await registration(system, "parent", { operator: operator.address }));
    const parent = await other.assetIdOf(owner, release("parent").root);
    const signature = await SIGNERS.ethers(operator.key, domain, message);
    const proof = evidence([{ deadline: message.deadline, signature }]);
    await expect(other.connect(alice).register(await derived(system, [{ id: parent, shareBps: 1_000n }], proof)))
      .to.be.revertedWithCustomError(consents, "Consents_BadSignature")
      .withArgs(parent, operator.address);
  });

  it("AST-33 may be used up to its deadline, inclusive", async () => {
    const { system, operator, parent, message, domain } = await loadFixture(deployWithConsents);
    const { assets, consents, alice } = system;
    const deadline = BigInt((await time.latest()) + 100);
    const signature = await SIGNERS.viem(operator.key, domain, { ...message, deadline });
    const request = await derived(system, [{ id: parent, shareBps: 1_000n }], evidence([{ deadline, signature }]));
    const snapshot = await networkHelpers.takeSnapshot();
    await time.setNextBlockTimestamp(deadline + 1n);
    await expect(assets.connect(alice).register(request))
      .to.be.revertedWithCustomError(consents, "Consents_Expired")
      .withArgs(parent, deadline);
    await snapshot.restore();
    await time.setNextBlockTimestamp(deadline);
    await assets.connect(alice).register(request);
  });

  it("AST-34 is not asked of an operator who is the holder itself", async () => {
    const { system } = await loadFixture(deployWithConsents);
    const { assets, owner } = system;
    const parent = await register(system, "own", { operator: owner.address });
    const request = await derived(system, [{ id: parent, shareBps: 1n }], evidence([NO_CONSENT]), {
      holder: owner.address,
    });
    await assets.connect(owner).register(request);
    expect(await assets.childCountOf(parent)).to.equal(1n);
  });

  it("AST-34 is asked of an operator who is only the child's operator", async () => {
    const { system } = await loadFixture(deployWithConsents);
    const { assets, consents, alice, owner } = system;
    const parent = await register(system, "own", { operator: owner.address });
    const parents = [{ id: parent, shareBps: 1n }];
    const late = evidence([{ deadline: 4_102_444_800n, signature: "0x" }]);
    await expect(assets.connect(alice).register(await derived(system, parents, late, { operator: owner.address })))
      .to.be.revertedWithCustomError(consents, "Consents_BadSignature")
      .withArgs(parent, owner.address);
  });

  it("AST-35 comes once for each parent, from that parent's operator", async () => {
    const { system, operator, parent, message, domain } = await loadFixture(deployWithConsents);
    const { assets, consents, alice } = system;
    const second = await admitKey(system);
    const otherParent = await register(system, "second parent", { operator: second.address });
    const parents = [
      { id: parent, shareBps: 1_000n },
      { id: otherParent, shareBps: 2_000n },
    ];
    const { deadline } = message;
    const first = { deadline, signature: await SIGNERS.ethers(operator.key, domain, message) };
    const terms = { ...message, parent: otherParent, shareBps: 2_000n };
    const byFirst = { deadline, signature: await SIGNERS.ethers(operator.key, domain, terms) };
    const bySecond = { deadline, signature: await SIGNERS.viem(second.key, domain, terms) };
    const attempt = async (consents: (typeof first)[]) =>
      assets.connect(alice).register(await derived(system, parents, evidence(consents)));

    await expect(assets.connect(alice).register(await derived(system, parents, "0x")))
      .to.be.revertedWithCustomError(consents, "Consents_Missing")
      .withArgs(0n, 2n);

    await expect(attempt([first]))
      .to.be.revertedWithCustomError(consents, "Consents_Missing")
      .withArgs(1n, 2n);
    await expect(attempt([first, bySecond, bySecond]))
      .to.be.revertedWithCustomError(consents, "Consents_Missing")
      .withArgs(3n, 2n);
    await expect(attempt([first, byFirst]))
      .to.be.revertedWithCustomError(consents, "Consents_BadSignature")
      .withArgs(otherParent, second.address);
    await expect(attempt([bySecond, first]))
      .to.be.revertedWithCustomError(consents, "Consents_BadSignature")
      .withArgs(parent, operator.address);
    await attempt([first, bySecond]);
    expect(await assets.childrenOf(otherParent, 0, 10)).to.deep.equal([message.child]);
  });

  it("AST-36 may come from an operator that is a contract (ERC-1271)", async () => {
    const { system } = await loadFixture(deployWithConsents);
    const { assets, consents, alice, participants, registrar } = system;
    const signer = ethers.Wallet.createRandom();
    const contract = await (await ethers.deployContract("ContractOperator", [signer.address])).getAddress();
    await participants.connect(registrar).admit(contract, PROVINCE, KIND.organisation, ZeroHash);
    const parent = await register(system, "operated by a contract", { operator: contract });
    const child = await assets.assetIdOf(alice, release("child").root);
    const message = { child, holder: alice.address, parent, shareBps: 500n, deadline: 4_102_444_800n };
    const attempt = async (key: string) => {
      const signature = await SIGNERS.viem(key, await consentDomain({ gate: consents }), message);
      const proof = evidence([{ deadline: message.deadline, signature }]);
      return assets.connect(alice).register(await derived(system, [{ id: parent, shareBps: 500n }], proof));
    };
    await expect(attempt(ethers.Wallet.createRandom().privateKey))
      .to.be.revertedWithCustomError(consents, "Consents_BadSignature")
      .withArgs(parent, contract);
    await attempt(signer.privateKey);
    expect(await assets.statusOf(child)).to.equal(STATUS.registered);
  });

  it("AST-92 counts only while the operator is an active participant", async () => {
    const { system, operator, parent, child, message, domain } = await loadFixture(deployWithConsents);
    const { assets, consents, alice, participants, registrar } = system;
    const signature = await SIGNERS.ethers(operator.key, domain, message);
    const proof = evidence([{ deadline: message.deadline, signature }]);
    const request = await derived(system, [{ id: parent, shareBps: 1_000n }], proof);
    await participants.connect(registrar).suspend(operator.address, ethers.id("reason"));
    await expect(assets.connect(alice).register(request))
      .to.be.revertedWithCustomError(consents, "Consents_Inactive")
      .withArgs(parent, operator.address);
    await participants.connect(registrar).reinstate(operator.address, ethers.id("reason"));
    await assets.connect(alice).register(request);
    expect(await assets.statusOf(child)).to.equal(STATUS.registered);
  });

  it("AST-93 counts by the key of an operator that delegated to code (EIP-7702), whatever its code says", async () => {
    const { system, operator, parent, child, message, domain } = await loadFixture(deployWithConsents);
    const { assets, alice } = system;
    const signature = await SIGNERS.ethers(operator.key, domain, message);
    const proof = evidence([{ deadline: message.deadline, signature }]);
    await networkHelpers.setCode(operator.address, "0xfe");
    await assets.connect(alice).register(await derived(system, [{ id: parent, shareBps: 1_000n }], proof));
    expect(await assets.statusOf(child)).to.equal(STATUS.registered);
  });
});
