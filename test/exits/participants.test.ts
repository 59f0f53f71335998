import { expect } from "chai";
import { asSteward, KIND, networkHelpers, PROVINCE, passWindow, WINDOWS, ZeroHash } from "../support/deploy.ts";
import { admit, claimAll, deployWithHoldings, REASON, succeed, UNITS } from "./stage.ts";

const { loadFixture } = networkHelpers;

describe("exits of participants", () => {
  it("EXT-01 suspended: reinstated by the registrar, everything is there", async () => {
    const { system, id, revenue } = await loadFixture(deployWithHoldings);
    const { assets, participants, registrar, alice, bob } = system;
    await participants.connect(registrar).suspend(alice, REASON);
    await expect(assets.connect(alice).claim([id], alice))
      .to.be.revertedWithCustomError(assets, "Assets_Inactive")
      .withArgs(alice.address);
    await expect(assets.connect(bob).handOver(alice, [id]))
      .to.be.revertedWithCustomError(assets, "Assets_NoSuccessor")
      .withArgs(alice.address);
    await participants.connect(registrar).reinstate(alice, REASON);
    await claimAll(system, id, alice, revenue);
    await assets.connect(alice).safeTransferFrom(alice, bob, id, UNITS, "0x");
  });

  it("EXT-02 revoked: admitted again by the registrar, everything is there", async () => {
    const { system, id, revenue } = await loadFixture(deployWithHoldings);
    const { assets, participants, registrar, alice, bob } = system;
    await participants.connect(registrar).revoke(alice, REASON);
    await expect(assets.connect(alice).safeTransferFrom(alice, bob, id, UNITS, "0x"))
      .to.be.revertedWithCustomError(assets, "ERC7943CannotSend")
      .withArgs(alice.address);
    await participants.connect(registrar).admit(alice, PROVINCE, KIND.person, ZeroHash);
    await claimAll(system, id, alice, revenue);
    await assets.connect(alice).safeTransferFrom(alice, bob, id, UNITS, "0x");
  });

  it("EXT-03 revoked for good: a successor has everything after the window", async () => {
    const { system, id, revenue } = await loadFixture(deployWithHoldings);
    const { assets, participants, registrar, alice, carol } = system;
    await participants.connect(registrar).revoke(alice, REASON);
    await admit(system, carol);
    await succeed(system, alice.address, carol.address);
    await assets.handOver(alice, [id]);
    expect(await assets.balanceOf(carol, id)).to.equal(UNITS);
    await claimAll(system, id, carol, revenue);
  });

  it("EXT-04 lost key: not before the window, then by anyone", async () => {
    const { system, id, revenue } = await loadFixture(deployWithHoldings);
    const { assets, participants, registrar, alice, carol, mallory } = system;
    await admit(system, carol);
    await participants.connect(registrar).proposeSuccessor(alice, carol, REASON);
    const { effectiveAt } = await participants.successionOf(alice);
    await expect(participants.connect(mallory).recordSuccessor(alice))
      .to.be.revertedWithCustomError(participants, "Participants_SuccessionPending")
      .withArgs(alice.address, effectiveAt);
    await passWindow(WINDOWS.successionWindow);
    await participants.connect(mallory).recordSuccessor(alice);
    await assets.connect(mallory).handOver(alice, [id]);
    await claimAll(system, id, carol, revenue);
    await assets.connect(carol).safeTransferFrom(carol, system.bob, id, UNITS, "0x");
  });

  it("EXT-05 silent registrar: the steward replaces it, and the new one reinstates", async () => {
    const { system, id, revenue } = await loadFixture(deployWithHoldings);
    const { participants, registrar, alice, mallory } = system;
    await participants.connect(registrar).suspend(alice, REASON);
    await expect(participants.connect(mallory).reinstate(alice, REASON))
      .to.be.revertedWithCustomError(participants, "Participants_NotRegistrar")
      .withArgs(PROVINCE, mallory.address);
    await asSteward(system, participants, "changeRegistrar", [PROVINCE, mallory.address]);
    await participants.connect(mallory).reinstate(alice, REASON);
    await claimAll(system, id, alice, revenue);
  });

  it("EXT-06 succession against the owner's will: an objection and a new registrar end it", async () => {
    const { system, id, revenue } = await loadFixture(deployWithHoldings);
    const { participants, registrar, alice, bob, mallory } = system;
    await participants.connect(registrar).suspend(alice, REASON);
    await participants.connect(registrar).proposeSuccessor(alice, bob, REASON);
    const { duration, blocks } = WINDOWS.successionWindow;
    await passWindow({ duration: duration - 10, blocks });
    await participants.connect(alice).objectToSuccession();
    await passWindow({ duration: 10, blocks });
    const { effectiveAt } = await participants.successionOf(alice);
    await expect(participants.recordSuccessor(alice))
      .to.be.revertedWithCustomError(participants, "Participants_SuccessionPending")
      .withArgs(alice.address, effectiveAt);
    await asSteward(system, participants, "changeRegistrar", [PROVINCE, mallory.address]);
    await passWindow(WINDOWS.successionWindow);
    await expect(participants.recordSuccessor(alice))
      .to.be.revertedWithCustomError(participants, "Participants_RegistrarChanged")
      .withArgs(alice.address, registrar.address);
    await participants.connect(mallory).withdrawSuccessor(alice);
    await participants.connect(mallory).reinstate(alice, REASON);
    await claimAll(system, id, alice, revenue);
  });

  it("EXT-07 the successor lost its key too: handed over along the chain", async () => {
    const { system, id, revenue } = await loadFixture(deployWithHoldings);
    const { assets, alice, carol, mallory } = system;
    await admit(system, carol);
    await admit(system, mallory);
    await succeed(system, alice.address, carol.address);
    await succeed(system, carol.address, mallory.address);
    await assets.handOver(alice, [id]);
    expect(await assets.balanceOf(mallory, id)).to.equal(UNITS);
    await claimAll(system, id, mallory, revenue);
  });

  it("EXT-27 a revoked credential: issued again by its issuer, or by another once that one is not accredited", async () => {
    const { system } = await loadFixture(deployWithHoldings);
    const { credentials, authority, alice, bob, carol } = system;
    await credentials.connect(authority).openSchema("buyer", "urn:buyer");
    const schema = await credentials.schemaIdOf("buyer", "urn:buyer");
    for (const issuer of [bob, carol]) await credentials.connect(authority).accredit(schema, issuer);
    const issuance = { subject: alice, schema, validUntil: 4_102_444_800n, claimHash: REASON };
    await credentials.connect(bob).issue(issuance);
    await credentials.connect(bob).revoke(alice, schema, REASON);
    await expect(credentials.connect(carol).issue(issuance))
      .to.be.revertedWithCustomError(credentials, "Credentials_RevokedByAnother")
      .withArgs(schema, alice.address, bob.address);
    const snapshot = await networkHelpers.takeSnapshot();
    await credentials.connect(bob).issue(issuance);
    expect(await credentials.isValid(alice, schema)).to.equal(true);
    await snapshot.restore();
    await credentials.connect(authority).withdrawAccreditation(schema, bob, REASON);
    await credentials.connect(carol).issue(issuance);
    expect(await credentials.isValid(alice, schema)).to.equal(true);
  });
});
