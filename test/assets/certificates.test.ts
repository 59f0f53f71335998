import { certificatesAbi } from "@cadastre/abi";
import { expect } from "chai";
import type { Result } from "ethers";
import { getAddress, getContract, type Hex, isAddressEqual, parseEventLogs, zeroAddress, zeroHash } from "viem";
import {
  asSteward,
  DELAYS,
  deploy,
  ethers,
  KIND,
  networkHelpers,
  PROVINCE,
  passWindow,
  register,
  release,
  SECTOR,
  STATUS,
  type System,
  viem,
  WINDOWS,
} from "../support/deploy.ts";

const { loadFixture, time } = networkHelpers;
const REASON = ethers.id("statement of reasons");
const KEY = ethers.id("an Ed25519 public key");
const TERM = 1_000n;
const NOTICE = { duration: 5_000, blocks: 3 };
const STATE = { none: 0n, valid: 1n, expired: 2n, suspended: 3n, struck: 4n, withdrawn: 5n } as const;

async function deployWithAsset() {
  const system = await deploy();
  return { ...system, system, id: await register(system) };
}

async function deployWithCertificate() {
  const stage = await deployWithAsset();
  await stage.certificates.connect(stage.registrar).issue(stage.id, TERM);
  const { issuedAt, validUntil } = await stage.certificates.certificate(stage.id);
  return { ...stage, issuedAt, validUntil };
}

async function giveNotice(system: System) {
  const terms = { notice: NOTICE, decision: { duration: 50_000, blocks: 3 }, deposit: 0 };
  await asSteward(system, system.notice, "setTerms", [PROVINCE, terms]);
}

/** Everything that a certificate states, by name. */
const statedBy = async ({ certificates }: System, id: bigint) =>
  ((await certificates.certificate(id)) as unknown as Result).toObject();

const statusOf = async ({ certificates }: System, id: bigint) => (await certificates.certificate(id)).status;

/** What a view sees at a second of its own choice: the block that it is asked of has that time. */
async function statusAt(system: System, id: bigint, second: bigint): Promise<bigint> {
  await time.increaseTo(second);
  return statusOf(system, id);
}

async function succeed({ participants, registrar }: System, account: string, successor: string) {
  await participants.connect(registrar).proposeSuccessor(account, successor, REASON);
  await passWindow(WINDOWS.successionWindow);
  await participants.recordSuccessor(account);
}

describe("registration certificates", () => {
  it("CRT-01 are announced and numbered over the whole register", async () => {
    const { system, certificates, registrar, id } = await loadFixture(deployWithAsset);
    const second = await register(system, "second");
    const now = BigInt(await time.latest());
    await time.setNextBlockTimestamp(now + 10n);
    await expect(certificates.connect(registrar).issue(second, TERM))
      .to.emit(certificates, "CertificateIssued")
      .withArgs(second, 1n, PROVINCE, registrar.address, now + 10n + TERM);
    await certificates.connect(registrar).issue(id, TERM);
    expect((await certificates.certificate(id)).number).to.equal(2n);
    expect((await certificates.certificate(second)).number).to.equal(1n);
  });

  it("CRT-02 state what the register says, now", async () => {
    const stage = await loadFixture(deployWithCertificate);
    const { system, assets, currency, registrar, owner, operator, id, issuedAt, validUntil } = stage;
    const expected = {
      ...{ number: 1n, status: STATE.valid, domain: PROVINCE, registrar: registrar.address },
      ...{ holder: owner.address, operator: operator.address, issuedAt, validUntil },
      ...{ latestRelease: 1n, releaseHash: await assets.releaseOf(id, 1), termsHash: ethers.id("terms") },
      ...{ fractions: 1_000n, currency: await currency.getAddress(), policy: 0n, policyVersion: 1n, noticeEndedAt: 0n },
    };
    expect(await statedBy(system, id)).to.deep.equal(expected);
    expect(issuedAt).to.equal(BigInt(await time.latest()));
    expect(validUntil).to.equal(issuedAt + TERM);

    await assets.connect(operator).publish(id, release("second"));
    await system.policies.connect(owner).propose(id, 0n);
    await passWindow(WINDOWS.policyNotice);
    await system.policies.enact(id, owner, []);
    await assets.connect(owner).retire(id);
    expect(await statedBy(system, id)).to.deep.equal({
      ...expected,
      ...{ status: STATE.expired, latestRelease: 2n, releaseHash: await assets.releaseOf(id, 2), policyVersion: 2n },
    });
  });

  it("CRT-03 are issued, renewed and withdrawn by the registrar of the domain alone", async () => {
    const stage = await loadFixture(deployWithAsset);
    const { certificates, registrar, otherRegistrar, authority, steward, supervisor, owner, operator, id } = stage;
    const others = [otherRegistrar, authority, steward, supervisor, owner, operator, stage.mallory];
    const refused = async (action: (caller: typeof owner) => Promise<unknown>) => {
      for (const caller of others) {
        await expect(action(caller))
          .to.be.revertedWithCustomError(certificates, "Certificates_NotRegistrar")
          .withArgs(PROVINCE, caller.address);
      }
    };
    await refused((caller) => certificates.connect(caller).issue(id, TERM));
    await certificates.connect(registrar).issue(id, TERM);
    await refused((caller) => certificates.connect(caller).renew(id, 2n * TERM));
    await refused((caller) => certificates.connect(caller).withdraw(id, REASON));
    await refused((caller) => certificates.connect(caller).setSigningKey(PROVINCE, KEY));
    expect(await statusOf(stage.system, id)).to.equal(STATE.valid);
  });

  it("CRT-04 are not issued for what is not registered, or was struck off", async () => {
    const { system, certificates, notice, registrar, alice } = await loadFixture(deployWithAsset);
    await expect(certificates.connect(registrar).issue(7n, TERM))
      .to.be.revertedWithCustomError(certificates, "Certificates_NotRegistered")
      .withArgs(7n, STATUS.none);
    await giveNotice(system);
    const id = await register(system, "struck");
    await notice.connect(alice).object(id, REASON);
    await notice.connect(registrar).decide(id, 1, true, REASON);
    await passWindow(NOTICE);
    await expect(certificates.connect(registrar).issue(id, TERM))
      .to.be.revertedWithCustomError(certificates, "Certificates_NotRegistered")
      .withArgs(id, STATUS.struck);
    expect(await statusOf(system, id)).to.equal(STATE.none);
  });

  it("CRT-05 wait for the end of a notice, with its objections", async () => {
    const { system, certificates, notice, registrar, alice } = await loadFixture(deployWithAsset);
    await giveNotice(system);
    const id = await register(system, "noticed");
    const issue = () => certificates.connect(registrar).issue(id, TERM);
    const refused = () =>
      expect(issue()).to.be.revertedWithCustomError(certificates, "Certificates_UnderNotice").withArgs(id);
    const end = BigInt((await notice.proceedingOf(id)).end) & 0xffffffffffffn;
    await refused();
    await notice.connect(alice).object(id, REASON);
    await time.increaseTo(end);
    await networkHelpers.mine(NOTICE.blocks);
    await refused();
    await notice.connect(registrar).decide(id, 1, false, REASON);
    await issue();
    expect((await certificates.certificate(id)).noticeEndedAt).to.equal(end);
  });

  it("CRT-06 are one for each asset; after a withdrawal comes another with another number", async () => {
    const { system, certificates, registrar, id, validUntil } = await loadFixture(deployWithCertificate);
    const issue = () => certificates.connect(registrar).issue(id, TERM);
    const refused = (number: bigint) =>
      expect(issue()).to.be.revertedWithCustomError(certificates, "Certificates_AlreadyIssued").withArgs(id, number);
    await refused(1n);
    await time.increaseTo(validUntil + 1n);
    await refused(1n);
    await certificates.connect(registrar).withdraw(id, REASON);
    await issue();
    const { number, status } = await certificates.certificate(id);
    expect([number, status]).to.deep.equal([2n, STATE.valid]);
    await refused(2n);
    expect(await statusOf(system, id)).to.equal(STATE.valid);
  });

  it("CRT-08 are valid through the last second of their term", async () => {
    const { system, id, validUntil } = await loadFixture(deployWithCertificate);
    expect(await statusAt(system, id, validUntil)).to.equal(STATE.valid);
    expect(await statusAt(system, id, validUntil + 1n)).to.equal(STATE.expired);
  });

  it("CRT-10 are suspended until the second at which the asset no longer is, then as they were", async () => {
    const { system, certificates, supervision, assets, supervisor, registrar, id } =
      await loadFixture(deployWithCertificate);
    await certificates.connect(registrar).renew(id, 2n * BigInt(DELAYS.freezeTerm));
    await supervision.connect(supervisor).suspend(id, REASON);
    expect(await statusOf(system, id)).to.equal(STATE.suspended);
    const until = await assets.suspendedUntil(id);
    expect(await statusAt(system, id, until - 1n)).to.equal(STATE.suspended);
    expect(await statusAt(system, id, until)).to.equal(STATE.valid);
    await supervision.connect(supervisor).suspend(id, REASON);
    await supervision.connect(supervisor).reinstate(id, REASON);
    expect(await statusOf(system, id)).to.equal(STATE.valid);
    await supervision.connect(supervisor).suspend(id, REASON);
    const { validUntil } = await certificates.certificate(id);
    expect(await statusAt(system, id, validUntil + 1n)).to.equal(STATE.suspended);
    expect(await statusAt(system, id, await assets.suspendedUntil(id))).to.equal(STATE.expired);
  });

  it("CRT-11 are renewed for longer only, expired or not", async () => {
    const { certificates, registrar, id, validUntil } = await loadFixture(deployWithCertificate);
    const renew = (term: bigint) => certificates.connect(registrar).renew(id, term);
    const now = validUntil - 100n;
    await time.setNextBlockTimestamp(now);
    await expect(renew(100n))
      .to.be.revertedWithCustomError(certificates, "Certificates_NotLater")
      .withArgs(id, validUntil, validUntil);
    await time.setNextBlockTimestamp(validUntil - 50n);
    await expect(renew(51n))
      .to.emit(certificates, "CertificateRenewed")
      .withArgs(id, 1n, registrar.address, validUntil + 1n);
    await time.increaseTo(validUntil + 500n);
    expect((await certificates.certificate(id)).status).to.equal(STATE.expired);
    await renew(1_000n);
    const renewed = await certificates.certificate(id);
    expect([renewed.status, renewed.number, renewed.issuedAt]).to.deep.equal([STATE.valid, 1n, validUntil - TERM]);
  });

  it("CRT-11 are not renewed or withdrawn where there is none in force", async () => {
    const { system, certificates, registrar, id } = await loadFixture(deployWithCertificate);
    const without = await register(system, "without");
    await certificates.connect(registrar).withdraw(id, REASON);
    for (const asset of [id, without, 7n]) {
      await expect(certificates.connect(registrar).renew(asset, 2n * TERM))
        .to.be.revertedWithCustomError(certificates, "Certificates_NotIssued")
        .withArgs(asset);
      await expect(certificates.connect(registrar).withdraw(asset, REASON))
        .to.be.revertedWithCustomError(certificates, "Certificates_NotIssued")
        .withArgs(asset);
    }
  });

  it("CRT-12 are withdrawn with a reason, once", async () => {
    const { system, certificates, registrar, id } = await loadFixture(deployWithCertificate);
    await expect(certificates.connect(registrar).withdraw(id, ethers.ZeroHash)).to.be.revertedWithCustomError(
      certificates,
      "Certificates_NoReason",
    );
    expect(await statusOf(system, id)).to.equal(STATE.valid);
    await expect(certificates.connect(registrar).withdraw(id, REASON))
      .to.emit(certificates, "CertificateWithdrawn")
      .withArgs(id, 1n, registrar.address, REASON);
    expect(await statusOf(system, id)).to.equal(STATE.withdrawn);
  });

  it("CRT-13 pass to the registrar of the day, and the former one's key ends", async () => {
    const { system, certificates, participants, registrar, mallory, id } = await loadFixture(deployWithCertificate);
    await certificates.connect(registrar).setSigningKey(PROVINCE, KEY);
    await asSteward(system, participants, "changeRegistrar", [PROVINCE, mallory.address]);
    expect(await certificates.signingKeyOf(PROVINCE)).to.equal(ethers.ZeroHash);
    expect((await certificates.certificate(id)).registrar).to.equal(mallory.address);
    for (const refused of [
      certificates.connect(registrar).renew(id, 2n * TERM),
      certificates.connect(registrar).withdraw(id, REASON),
      certificates.connect(registrar).setSigningKey(PROVINCE, KEY),
    ]) {
      await expect(refused)
        .to.be.revertedWithCustomError(certificates, "Certificates_NotRegistrar")
        .withArgs(PROVINCE, registrar.address);
    }
    await expect(certificates.connect(mallory).renew(id, 2n * TERM)).to.emit(certificates, "CertificateRenewed");
    await certificates.connect(mallory).setSigningKey(PROVINCE, ethers.id("new key"));
    expect(await certificates.signingKeyOf(PROVINCE)).to.equal(ethers.id("new key"));
    await certificates.connect(mallory).withdraw(id, REASON);
    expect(await statusOf(system, id)).to.equal(STATE.withdrawn);
  });

  it("CRT-14 are signed with a key that the registrar publishes for its domain", async () => {
    const { certificates, registrar, otherRegistrar } = await loadFixture(deployWithAsset);
    expect(await certificates.signingKeyOf(PROVINCE)).to.equal(ethers.ZeroHash);
    for (const key of [KEY, ethers.id("another"), ethers.ZeroHash]) {
      await expect(certificates.connect(registrar).setSigningKey(PROVINCE, key))
        .to.emit(certificates, "SigningKeyChanged")
        .withArgs(PROVINCE, registrar.address, key);
      expect(await certificates.signingKeyOf(PROVINCE)).to.equal(key);
      expect(await certificates.signingKeyOf(SECTOR)).to.equal(ethers.ZeroHash);
    }
    await expect(certificates.connect(registrar).setSigningKey(SECTOR, KEY))
      .to.be.revertedWithCustomError(certificates, "Certificates_NotRegistrar")
      .withArgs(SECTOR, registrar.address);
    await certificates.connect(otherRegistrar).setSigningKey(SECTOR, KEY);
    expect(await certificates.signingKeyOf(PROVINCE)).to.equal(ethers.ZeroHash);
    expect(await certificates.signingKeyOf(7n)).to.equal(ethers.ZeroHash);
  });

  it("CRT-15 stay with their domain when the holder is succeeded by a participant of another", async () => {
    const stage = await loadFixture(deployWithCertificate);
    const { system, certificates, participants, assets, registrar, otherRegistrar, owner, carol, id } = stage;
    await participants.connect(otherRegistrar).admit(carol, SECTOR, KIND.organisation, ethers.ZeroHash);
    await certificates.connect(registrar).renew(id, 100_000n);
    await succeed(system, owner.address, carol.address);
    await assets.handOver(owner, [id]);
    const stated = await certificates.certificate(id);
    expect([stated.holder, stated.domain, stated.registrar, stated.status]).to.deep.equal([
      ...[carol.address, PROVINCE, registrar.address, STATE.valid],
    ]);
    await expect(certificates.connect(otherRegistrar).issue(id, TERM))
      .to.be.revertedWithCustomError(certificates, "Certificates_AlreadyIssued")
      .withArgs(id, 1n);
    await expect(certificates.connect(otherRegistrar).withdraw(id, REASON))
      .to.be.revertedWithCustomError(certificates, "Certificates_NotRegistrar")
      .withArgs(PROVINCE, otherRegistrar.address);
    await certificates.connect(registrar).withdraw(id, REASON);
    await expect(certificates.connect(registrar).issue(id, TERM))
      .to.be.revertedWithCustomError(certificates, "Certificates_NotRegistrar")
      .withArgs(SECTOR, registrar.address);
    await certificates.connect(otherRegistrar).issue(id, TERM);
    const moved = await certificates.certificate(id);
    expect([moved.number, moved.domain, moved.registrar]).to.deep.equal([2n, SECTOR, otherRegistrar.address]);
  });

  it("CRT-17 change nothing for the fractions", async () => {
    const { certificates, assets, registrar, owner, alice, id } = await loadFixture(deployWithCertificate);
    const move = () => assets.connect(owner).safeTransferFrom(owner, alice, id, 1n, "0x");
    await move();
    await certificates.connect(registrar).withdraw(id, REASON);
    await move();
    expect(await assets.balanceOf(alice, id)).to.equal(2n);
  });
});

describe("registration certificates through viem", () => {
  it("CRT-16 are all zero where there is none", async () => {
    const { certificates, id } = await loadFixture(deployWithAsset);
    const client = await viem.getPublicClient();
    const reader = getContract({ address: getAddress(await certificates.getAddress()), abi: certificatesAbi, client });
    const none = {
      ...{ number: 0n, status: 0, domain: 0, registrar: zeroAddress, holder: zeroAddress, operator: zeroAddress },
      ...{ issuedAt: 0, validUntil: 0, latestRelease: 0, releaseHash: zeroHash, termsHash: zeroHash },
      ...{ fractions: 0n, currency: zeroAddress, policy: 0n, policyVersion: 0, noticeEndedAt: 0 },
    };
    for (const asset of [id, 7n]) expect(await reader.read.certificate([asset])).to.deep.equal(none);
  });

  it("CRT-18 are issued, renewed and withdrawn, and their key published", async () => {
    const stage = await loadFixture(deployWithAsset);
    const { id } = stage;
    const wallets = await viem.getWalletClients();
    const client = await viem.getPublicClient();
    const wallet = wallets.find(({ account }) => isAddressEqual(account.address, getAddress(stage.registrar.address)))!;
    const address = getAddress(await stage.certificates.getAddress());
    const contract = getContract({ address, abi: certificatesAbi, client: { public: client, wallet } });
    const eventOf = async (hash: Hex) => {
      const { logs } = await client.getTransactionReceipt({ hash });
      return parseEventLogs({ abi: certificatesAbi, logs })[0];
    };
    const registrar = getAddress(stage.registrar.address);
    const domain = Number(PROVINCE);

    const issued = await eventOf(await contract.write.issue([id, 1_000]));
    const { timestamp } = await client.getBlock();
    const validUntil = Number(timestamp) + 1_000;
    expect(issued).to.deep.include({
      eventName: "CertificateIssued",
      args: { id, number: 1n, domain, registrar, validUntil },
    });
    const { status, issuedAt, fractions } = await contract.read.certificate([id]);
    expect([status, issuedAt, fractions]).to.deep.equal([1, Number(timestamp), 1_000n]);
    const renewed = await eventOf(await contract.write.renew([id, 2_000]));
    expect(renewed!.eventName).to.equal("CertificateRenewed");
    expect(await eventOf(await contract.write.setSigningKey([domain, KEY as Hex]))).to.deep.include({
      eventName: "SigningKeyChanged",
      args: { domain, registrar, key: KEY },
    });
    expect(await contract.read.signingKeyOf([domain])).to.equal(KEY);
    expect(await eventOf(await contract.write.withdraw([id, REASON as Hex]))).to.deep.include({
      eventName: "CertificateWithdrawn",
      args: { id, number: 1n, registrar, reason: REASON },
    });
    expect((await contract.read.certificate([id])).status).to.equal(5);
  });
});
