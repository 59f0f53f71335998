import { expect } from "chai";
import { DemoCurrency__factory } from "../../typechain-types/index.ts";
import { deploy, ethers, networkHelpers, register, registration, release, type System } from "../support/deploy.ts";
import { order, sign } from "../support/orders.ts";
import { evidence, NO_CONSENT } from "./consents.ts";

const { loadFixture } = networkHelpers;

/** A mock of `contracts/mocks`, of which the authority has 1,000 base units and lets the registry take `allowance`. */
async function currencyOf(system: System, mock: string, settings: unknown[] = [], allowance = 1_000n) {
  const { authority, currencies } = system;
  const address = await (await ethers.deployContract(mock, settings)).getAddress();
  const currency = DemoCurrency__factory.connect(address, authority);
  await currency.mint(authority, 1_000n);
  await currency.approve(currencies, allowance);
  return {
    address,
    admit: (amount = 10n) => currencies.connect(authority).admit(address, authority, amount),
    currency,
  };
}

describe("CurrencyRegistry", () => {
  it("CUR-01 admits a currency that arrives whole both ways, and says so", async () => {
    const system = await loadFixture(deploy);
    const { address, admit, currency } = await currencyOf(system, "DemoCurrency");
    expect(await system.currencies.isAdmitted(address)).to.equal(false);
    await expect(admit()).to.emit(system.currencies, "CurrencyAdmitted").withArgs(address, 6n);
    expect(await system.currencies.isAdmitted(address)).to.equal(true);
    expect(await currency.balanceOf(system.authority)).to.equal(1_000n);
    expect(await currency.balanceOf(system.currencies)).to.equal(0n);
    expect(await currency.allowance(system.authority, system.currencies)).to.equal(990n);
  });

  it("CUR-01 takes the money to try with from a funder who is not the caller", async () => {
    const { authority, currencies, alice } = await loadFixture(deploy);
    const currency = await new DemoCurrency__factory(alice).deploy();
    await currency.mint(alice, 5n);
    await currency.approve(currencies, 5n);
    const admission = currencies.connect(authority).admit(currency, alice, 5n);
    await expect(admission).to.emit(currency, "Transfer").withArgs(alice, currencies, 5n);
    await expect(admission).to.emit(currency, "Transfer").withArgs(currencies, alice, 5n);
  });

  it("CUR-02 refuses fewer than six decimals and more than nine", async () => {
    const system = await loadFixture(deploy);
    const { currencies } = system;
    for (const [decimals, error] of [
      [0n, "Currencies_TooFewDecimals"],
      [5n, "Currencies_TooFewDecimals"],
      [10n, "Currencies_TooManyDecimals"],
      [255n, "Currencies_TooManyDecimals"],
    ] as const) {
      const { address, admit } = await currencyOf(system, "CoarseCurrency", [decimals]);
      await expect(admit()).to.be.revertedWithCustomError(currencies, error).withArgs(address, decimals);
      expect(await currencies.isAdmitted(address)).to.equal(false);
    }
    for (const decimals of [6n, 9n]) {
      const { address, admit } = await currencyOf(system, "CoarseCurrency", [decimals]);
      await expect(admit()).to.emit(currencies, "CurrencyAdmitted").withArgs(address, decimals);
    }
  });

  it("CUR-03 refuses a currency of which less or more arrives on the way in", async () => {
    const system = await loadFixture(deploy);
    for (const [skew, received] of [
      [-1n, 9n],
      [-10n, 0n],
      [1n, 11n],
    ] as const) {
      const { address, admit } = await currencyOf(system, "SkewedCurrency", [skew, 0n]);
      await expect(admit())
        .to.be.revertedWithCustomError(system.currencies, "Currencies_TransferFee")
        .withArgs(address, 10n, received);
      expect(await system.currencies.isAdmitted(address)).to.equal(false);
    }
  });

  it("CUR-03 refuses a currency of which less or more arrives on the way out", async () => {
    const system = await loadFixture(deploy);
    for (const [skew, received] of [
      [-1n, 9n],
      [-10n, 0n],
      [1n, 11n],
    ] as const) {
      const { address, admit } = await currencyOf(system, "SkewedCurrency", [0n, skew]);
      await expect(admit())
        .to.be.revertedWithCustomError(system.currencies, "Currencies_TransferFee")
        .withArgs(address, 10n, received);
      expect(await system.currencies.isAdmitted(address)).to.equal(false);
    }
  });

  it("CUR-03 refuses a currency that takes a fee from the payer on top", async () => {
    const system = await loadFixture(deploy);
    const { address, admit } = await currencyOf(system, "SurchargeCurrency", [1n]);
    await expect(admit())
      .to.be.revertedWithCustomError(system.currencies, "Currencies_TransferFee")
      .withArgs(address, 10n, 9n);
  });

  it("CUR-03 names the fee where it exceeds what was tried with", async () => {
    const system = await loadFixture(deploy);
    const { address, admit } = await currencyOf(system, "SurchargeCurrency", [11n]);
    await expect(admit())
      .to.be.revertedWithCustomError(system.currencies, "Currencies_TransferFee")
      .withArgs(address, 10n, 0n);
  });

  it("CUR-04 refuses to try with nothing", async () => {
    const system = await loadFixture(deploy);
    const { address, admit } = await currencyOf(system, "DemoCurrency");
    await expect(admit(0n))
      .to.be.revertedWithCustomError(system.currencies, "Currencies_NothingToProbe")
      .withArgs(address);
  });

  it("CUR-05 refuses without the funder's allowance or money", async () => {
    const system = await loadFixture(deploy);
    const poor = await currencyOf(system, "DemoCurrency", [], 2_000n);
    await expect(poor.admit(1_001n))
      .to.be.revertedWithCustomError(poor.currency, "ERC20InsufficientBalance")
      .withArgs(system.authority, 1_000n, 1_001n);
    const closed = await currencyOf(system, "DemoCurrency", [], 9n);
    await expect(closed.admit())
      .to.be.revertedWithCustomError(closed.currency, "ERC20InsufficientAllowance")
      .withArgs(system.currencies, 9n, 10n);
    expect(await system.currencies.isAdmitted(closed.address)).to.equal(false);
  });

  it("CUR-06 refuses an account without code and a contract that is no currency", async () => {
    const { authority, currencies, alice, participants } = await loadFixture(deploy);
    for (const address of [alice.address, ethers.ZeroAddress, await participants.getAddress()]) {
      await expect(currencies.connect(authority).admit(address, authority, 1n)).to.be.revertedWithoutReason(ethers);
      expect(await currencies.isAdmitted(address)).to.equal(false);
    }
  });

  it("CUR-07 refuses a second admission", async () => {
    const { authority, currencies, currency } = await loadFixture(deploy);
    await expect(currencies.connect(authority).admit(currency, authority, 1n))
      .to.be.revertedWithCustomError(currencies, "Currencies_AlreadyAdmitted")
      .withArgs(currency);
  });

  it("CUR-08 admits a currency that returns nothing, and assets settle in it", async () => {
    const system = await loadFixture(deploy);
    const { assets, alice, owner, currencies } = system;
    const { address, admit, currency } = await currencyOf(system, "SilentCurrency");
    await expect(admit()).to.emit(currencies, "CurrencyAdmitted").withArgs(address, 6n);
    const id = await register(system, "silent", { currency: address });
    await currency.mint(alice, 50n);
    await currency.connect(alice).approve(assets, 50n);
    await assets.connect(alice).distribute(id, 50n);
    await assets.connect(owner).claim([id], owner);
    expect(await currency.balanceOf(owner)).to.equal(50n);
  });

  it("CUR-09 refuses a currency that answers false, on the way in or out", async () => {
    const system = await loadFixture(deploy);
    for (const pulls of [false, true]) {
      const { address, admit } = await currencyOf(system, "FalseCurrency", [pulls]);
      await expect(admit())
        .to.be.revertedWithCustomError(system.currencies, "SafeERC20FailedOperation")
        .withArgs(address);
      expect(await system.currencies.isAdmitted(address)).to.equal(false);
    }
  });

  it("CUR-10 dismisses a currency once, says so, and admits it again", async () => {
    const { authority, currencies, currency } = await loadFixture(deploy);
    const registry = currencies.connect(authority);
    await expect(registry.dismiss(currency)).to.emit(currencies, "CurrencyDismissed").withArgs(currency);
    expect(await currencies.isAdmitted(currency)).to.equal(false);
    await expect(registry.dismiss(currency))
      .to.be.revertedWithCustomError(currencies, "Currencies_NotAdmitted")
      .withArgs(currency);
    await currency.connect(authority).approve(currencies, 1n);
    await registry.admit(currency, authority, 1n);
    expect(await currencies.isAdmitted(currency)).to.equal(true);
  });

  it("CUR-10 cannot dismiss what was never admitted", async () => {
    const { authority, currencies, alice } = await loadFixture(deploy);
    await expect(currencies.connect(authority).dismiss(alice))
      .to.be.revertedWithCustomError(currencies, "Currencies_NotAdmitted")
      .withArgs(alice);
  });

  it("CUR-11 lets the authority alone admit and dismiss", async () => {
    const s = await loadFixture(deploy);
    const { currencies, currency } = s;
    const others = [s.deployer, s.admin, s.steward, s.supervisor, s.guardian, s.treasury, s.registrar];
    for (const caller of [...others, s.owner, s.mallory]) {
      await expect(currencies.connect(caller).admit(currency, caller, 1n))
        .to.be.revertedWithCustomError(currencies, "AccessManagedUnauthorized")
        .withArgs(caller);
      await expect(currencies.connect(caller).dismiss(currency))
        .to.be.revertedWithCustomError(currencies, "AccessManagedUnauthorized")
        .withArgs(caller);
    }
    expect(await currencies.isAdmitted(currency)).to.equal(true);
  });

  it("CUR-12 closes a dismissed currency to registrations", async () => {
    const system = await loadFixture(deploy);
    const { assets, authority, currencies, currency, owner } = system;
    const parent = await register(system, "parent", { operator: owner.address });
    await currencies.connect(authority).dismiss(currency);
    const none = await registration(system, "late");
    await expect(assets.connect(owner).register(none))
      .to.be.revertedWithCustomError(assets, "Assets_CurrencyNotAdmitted")
      .withArgs(currency);
    const derived = {
      parents: [{ id: parent, shareBps: 100n }],
      evidence: evidence([NO_CONSENT]),
      release: release("derived", [1n]),
    };
    await expect(assets.connect(owner).register(await registration(system, "derived", derived)))
      .to.be.revertedWithCustomError(assets, "Assets_CurrencyNotAdmitted")
      .withArgs(currency);
  });

  it("CUR-13 lets assets that settle in a dismissed currency go on", async () => {
    const system = await loadFixture(deploy);
    const { assets, authority, currencies, currency, market, owner, operator, alice, bob } = system;
    const parent = await register(system, "parent", { operator: owner.address });
    const id = await register(system, "child", {
      parents: [{ id: parent, shareBps: 1_000n }],
      evidence: evidence([NO_CONSENT]),
      release: release("child", [1n]),
    });
    await currencies.connect(authority).dismiss(currency);

    await assets.connect(operator).publish(id, release("child, next", [1n]));
    const sale = order(owner.address, id);
    await market.connect(alice).fill({
      order: sale,
      signature: await sign(system, owner, sale),
      units: 100n,
      limit: 10n ** 12n,
    });
    await assets.connect(bob).distribute(id, 1_000_000n);
    expect(await assets.claimable(id, alice)).to.equal(90_000n);
    await expect(assets.connect(alice).claim([id], alice)).to.changeTokenBalance(ethers, currency, alice, 90_000n);
    await assets.pushDue(parent);
    await expect(assets.connect(owner).claim([parent], owner)).to.changeTokenBalance(ethers, currency, owner, 100_000n);
  });
});
