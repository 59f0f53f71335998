import { expect } from "chai";
import type { RegistrationStruct } from "../../typechain-types/contracts/assets/IDataAsset.ts";
import {
  deploy,
  ethers,
  KIND,
  networkHelpers,
  PROVINCE,
  register,
  registration,
  release,
  STATUS,
  type System,
  ZeroAddress,
  ZeroHash,
} from "../support/deploy.ts";

const { loadFixture } = networkHelpers;

/** A registration by `owner` that is refused. */
async function refused(system: System, changes: Partial<RegistrationStruct>, error: string, ...values: unknown[]) {
  const request = await registration(system, "refused", changes);
  await expect(system.assets.connect(system.owner).register(request))
    .to.be.revertedWithCustomError(system.assets, error)
    .withArgs(...values);
}

describe("registration", () => {
  it("AST-01 records all that was stated, announces it, and gives all fractions to the holder", async () => {
    const system = await loadFixture(deploy);
    const { assets, owner, operator, currency } = system;
    const request = await registration(system, "electricity", { fractions: 12_345n, royaltyBps: 321n });
    const id = await assets.assetIdOf(owner, request.release.root);
    await expect(assets.connect(owner).register(request))
      .to.emit(assets, "AssetRegistered")
      .withArgs(
        id,
        owner.address,
        operator.address,
        request.termsHash,
        12_345n,
        await currency.getAddress(),
        321n,
        0n,
        [],
      )
      .and.to.emit(assets, "TransferSingle")
      .withArgs(owner.address, ZeroAddress, owner.address, id, 12_345n)
      .and.to.emit(assets, "ReleasePublished");
    const asset = await assets.assetOf(id);
    const expected = {
      holder: owner.address,
      operator: operator.address,
      currency: await currency.getAddress(),
      royaltyBps: 321n,
      status: STATUS.registered,
      policy: 0n,
      policyVersion: 1n,
      latest: 1n,
      fractions: 12_345n,
      revenue: 0n,
      termsHash: request.termsHash,
    };
    for (const [key, value] of Object.entries(expected)) {
      expect(asset[key as keyof typeof expected], key).to.equal(value);
    }
    expect(asset).to.have.length(Object.keys(expected).length);
    expect(await assets.balanceOf(owner, id)).to.equal(12_345n);
    expect(await assets.totalSupply(id)).to.equal(12_345n);
    expect(await assets.operatorOf(id)).to.equal(operator.address);
    expect(await assets.statusOf(id)).to.equal(STATUS.registered);
  });

  it("AST-02 is made by the holder itself", async () => {
    const system = await loadFixture(deploy);
    const { assets, owner, operator } = system;
    const request = await registration(system, "other");
    await expect(assets.connect(operator).register(request))
      .to.be.revertedWithCustomError(assets, "Assets_NotHolder")
      .withArgs(owner.address, operator.address);
  });

  it("AST-03 needs an active holder and an active operator", async () => {
    const system = await loadFixture(deploy);
    const { participants, registrar, owner, operator, carol } = system;
    await refused(system, { operator: carol.address }, "Assets_Inactive", carol.address);
    await refused(system, { operator: ZeroAddress }, "Assets_Inactive", ZeroAddress);
    await participants.connect(registrar).suspend(operator, ethers.id("reason"));
    await refused(system, {}, "Assets_Inactive", operator.address);
    await participants.connect(registrar).suspend(owner, ethers.id("reason"));
    await refused(system, {}, "Assets_Inactive", owner.address);
  });

  it("AST-04 has from 1 to 2^64 - 1 fractions", async () => {
    const system = await loadFixture(deploy);
    await refused(system, { fractions: 0n }, "Assets_NoFractions");
    const one = await register(system, "one", { fractions: 1n });
    expect(await system.assets.balanceOf(system.owner, one)).to.equal(1n);
    const most = await register(system, "most", { fractions: 2n ** 64n - 1n });
    expect(await system.assets.balanceOf(system.owner, most)).to.equal(2n ** 64n - 1n);
    expect((await system.assets.assetOf(most)).status).to.equal(STATUS.registered);
  });

  it("AST-05 takes a royalty of at most 10 %", async () => {
    const system = await loadFixture(deploy);
    await refused(system, { royaltyBps: 1_001n }, "Assets_RoyaltyTooHigh", 1_001n, 1_000n);
    const id = await register(system, "dear", { royaltyBps: 1_000n });
    expect((await system.assets.assetOf(id)).royaltyBps).to.equal(1_000n);
  });

  it("AST-06 settles in an admitted currency", async () => {
    const system = await loadFixture(deploy);
    const { currencies, currency, authority, carol } = system;
    await refused(system, { currency: carol.address }, "Assets_CurrencyNotAdmitted", carol.address);
    await currencies.connect(authority).dismiss(currency);
    await refused(system, {}, "Assets_CurrencyNotAdmitted", await currency.getAddress());
  });

  it("AST-07 names a policy that was admitted", async () => {
    const system = await loadFixture(deploy);
    for (const policy of [1n, 2n ** 56n - 1n]) {
      const request = await registration(system, "refused", { policy });
      await expect(system.assets.connect(system.owner).register(request))
        .to.be.revertedWithCustomError(system.policies, "Policies_Unknown")
        .withArgs(policy);
    }
  });

  it("AST-08 is made once for a holder and a root", async () => {
    const system = await loadFixture(deploy);
    const id = await register(system, "refused");
    await refused(system, {}, "Assets_AlreadyRegistered", id);
    const again = { ...release("refused"), keyCommitment: ethers.id("new key") };
    await refused(system, { release: again }, "Assets_AlreadyRegistered", id);
  });

  it("AST-09 has a root and a key commitment", async () => {
    const system = await loadFixture(deploy);
    await refused(system, { release: { ...release("a"), root: ZeroHash } }, "Assets_EmptyRelease");
    await refused(system, { release: { ...release("a"), keyCommitment: ZeroHash } }, "Assets_EmptyRelease");
  });

  it("AST-10 uses neither a root nor a key commitment of the same holder again", async () => {
    const system = await loadFixture(deploy);
    const { assets, owner, operator } = system;
    const first = release("electricity");
    const id = await register(system, "electricity");
    const other = await register(system, "weather");
    const reused = (values: object) => ({ ...release("new"), ...values });
    const sealed = (value: unknown) => ["Assets_AlreadySealed", owner.address, value] as const;

    await refused(system, { release: reused({ keyCommitment: first.keyCommitment }) }, ...sealed(first.keyCommitment));
    await refused(system, { release: reused({ root: first.keyCommitment }) }, ...sealed(first.keyCommitment));
    await refused(system, { release: reused({ keyCommitment: first.root }) }, ...sealed(first.root));
    const same = release("new").root;
    await refused(system, { release: reused({ keyCommitment: same }) }, ...sealed(same));

    for (const [asset, values, value] of [
      [id, { root: first.root }, first.root],
      [id, { keyCommitment: first.keyCommitment }, first.keyCommitment],
      [other, { root: first.root }, first.root],
      [other, { keyCommitment: first.keyCommitment }, first.keyCommitment],
    ] as const) {
      await expect(assets.connect(operator).publish(asset, reused(values)))
        .to.be.revertedWithCustomError(assets, "Assets_AlreadySealed")
        .withArgs(owner.address, value);
    }

    const second = release("second");
    await assets.connect(operator).publish(id, second);
    await refused(system, { release: reused({ root: second.root }) }, ...sealed(second.root));
    await refused(
      system,
      { release: reused({ keyCommitment: second.keyCommitment }) },
      ...sealed(second.keyCommitment),
    );
  });

  it("AST-11 leaves root and key commitment free for another holder, under another id", async () => {
    const system = await loadFixture(deploy);
    const { assets, alice, bob } = system;
    const id = await register(system, "electricity");
    const request = await registration(system, "electricity", { holder: alice.address });
    await assets.connect(alice).register(request);
    const copy = await assets.assetIdOf(alice, request.release.root);
    expect(copy).to.not.equal(id);
    expect((await assets.assetOf(copy)).holder).to.equal(alice.address);
    expect((await assets.assetOf(id)).holder).to.equal(system.owner.address);
    expect(await assets.assetIdOf(bob, request.release.root)).to.not.be.oneOf([id, copy]);
  });

  it("AST-12 gets the id that holder, root, register and chain determine, which nobody else can take", async () => {
    const system = await loadFixture(deploy);
    const { assets, owner, mallory, registrar, participants } = system;
    const request = await registration(system, "coveted");
    const { chainId } = await ethers.provider.getNetwork();
    const encoded = ethers.AbiCoder.defaultAbiCoder().encode(
      ["uint256", "address", "address", "bytes32"],
      [chainId, await assets.getAddress(), owner.address, request.release.root],
    );
    const id = BigInt(ethers.keccak256(encoded));
    expect(await assets.assetIdOf(owner, request.release.root)).to.equal(id);
    await participants.connect(registrar).admit(mallory, PROVINCE, KIND.person, ZeroHash);
    await assets.connect(mallory).register({ ...request, holder: mallory.address });
    expect(await assets.statusOf(id)).to.equal(STATUS.none);
    await assets.connect(owner).register(request);
    expect((await assets.assetOf(id)).holder).to.equal(owner.address);
  });

  it("AST-13 is refused whole where the holder is a contract that does not take fractions", async () => {
    const system = await loadFixture(deploy);
    const { assets, participants, registrar } = system;
    for (const [mock, args] of [
      ["AnsweringReceiver", ["0xdeadbeef"]],
      ["RecordingReceiver", []],
    ] as const) {
      const holder = await ethers.deployContract(mock, [...args]);
      const address = await holder.getAddress();
      await participants.connect(registrar).admit(address, PROVINCE, KIND.organisation, ZeroHash);
      const request = await registration(system, mock, { holder: address });
      const id = await assets.assetIdOf(address, request.release.root);
      await networkHelpers.impersonateAccount(address);
      await networkHelpers.setBalance(address, 10n ** 18n);
      const call = assets.connect(await ethers.getSigner(address)).register(request);
      if (mock === "RecordingReceiver") {
        await call;
        expect(await assets.balanceOf(address, id)).to.equal(1_000n);
        continue;
      }
      await expect(call).to.be.revertedWithCustomError(assets, "ERC1155InvalidReceiver").withArgs(address);
      expect(await assets.statusOf(id)).to.equal(STATUS.none);
    }
  });
});
