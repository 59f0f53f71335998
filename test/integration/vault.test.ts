import { expect } from "chai";
import { id as hashText } from "ethers";
import { FractionVault__factory } from "../../typechain-types/index.ts";
import { deploy, ethers, KIND, networkHelpers, PROVINCE, register } from "../support/deploy.ts";
import { order, sign } from "../support/orders.ts";

const { loadFixture } = networkHelpers;
const UNIT_PRICE = 5_000_000n;

/** Alice's vault, admitted like any participant, with 400 of the 1,000 fractions of an asset. */
async function deployVault() {
  const system = await deploy();
  const { alice, assets, market, owner, participants, registrar } = system;
  const vault = await new FractionVault__factory(alice).deploy(
    alice.address,
    await assets.getAddress(),
    await market.getAddress(),
  );
  const address = await vault.getAddress();
  const id = await register(system);
  const give = () => assets.connect(owner).safeTransferFrom(owner.address, address, id, 400n, "0x");
  await expect(give()).to.be.revertedWithCustomError(assets, "ERC7943CannotReceive").withArgs(address);
  await participants.connect(registrar).admit(address, PROVINCE, KIND.organisation, hashText("vault"));
  await give();
  return { ...system, system, vault, address, id };
}

describe("FractionVault, the example for integrators", () => {
  it("DEP-30 holds fractions and claims their revenue, whoever asks it to", async () => {
    const { assets, currency, operator, bob, alice, vault, address, id } = await loadFixture(deployVault);
    await assets.connect(operator).distribute(id, 1_000_000n);
    expect(await assets.claimable(id, address)).to.equal(400_000n);
    await expect(vault.connect(bob).collect([id])).to.changeTokenBalances(
      ethers,
      currency,
      [address, assets],
      [400_000n, -400_000n],
    );

    await expect(vault.connect(bob).withdraw(currency, bob.address, 1n))
      .to.be.revertedWithCustomError(vault, "Vault_NotOwner")
      .withArgs(bob.address);
    await expect(vault.connect(alice).withdraw(currency, alice.address, 400_000n)).to.changeTokenBalances(
      ethers,
      currency,
      [address, alice],
      [-400_000n, 400_000n],
    );
  });

  it("DEP-31 sells by an order that its owner signed, in parts, and by nobody else's signature", async () => {
    const { system, assets, currency, market, treasury, owner, bob, alice, address, id } =
      await loadFixture(deployVault);
    const terms = order(address, id, { units: 100n, unitPrice: UNIT_PRICE });
    const hash = await market.hashOrder(terms);
    const fill = (signature: string, units: bigint) =>
      market.connect(bob).fill({ order: terms, signature, units, limit: units * UNIT_PRICE });
    const forged = await sign(system, bob, terms);
    await expect(fill(forged, 10n))
      .to.be.revertedWithCustomError(market, "Market_BadSignature")
      .withArgs(hash, address);

    const signature = await sign(system, alice, terms);
    const price = 60n * UNIT_PRICE;
    // 1 % market fee, 2.5 % royalty to the asset's holder.
    await expect(fill(signature, 60n)).to.changeTokenBalances(
      ethers,
      currency,
      [bob, treasury, owner, address],
      [-price, price / 100n, (price * 25n) / 1_000n, price - price / 100n - (price * 25n) / 1_000n],
    );
    expect(await assets.balanceOf(bob.address, id)).to.equal(60n);
    expect(await assets.balanceOf(address, id)).to.equal(340n);
    await expect(fill(signature, 41n))
      .to.be.revertedWithCustomError(market, "Market_NotEnoughLeft")
      .withArgs(hash, 40n, 41n);
    await fill(signature, 40n);
    expect(await assets.balanceOf(address, id)).to.equal(300n);
  });

  it("DEP-32 gives fractions back to nobody but whom its owner names, with their revenue earned until then", async () => {
    const { assets, operator, owner, bob, alice, vault, address, id } = await loadFixture(deployVault);
    await expect(vault.connect(bob).withdrawFractions(id, bob.address, 1n))
      .to.be.revertedWithCustomError(vault, "Vault_NotOwner")
      .withArgs(bob.address);
    await assets.connect(operator).distribute(id, 1_000_000n);
    await vault.connect(alice).withdrawFractions(id, owner.address, 400n);
    expect(await assets.balanceOf(owner.address, id)).to.equal(1_000n);
    expect(await assets.claimable(id, address)).to.equal(400_000n);
    expect(await assets.claimable(id, owner.address)).to.equal(600_000n);
  });
});
