import { expect } from "chai";
import { Signature } from "ethers";
import type { PermitStruct } from "../../typechain-types/contracts/market/IMarketplace.ts";
import { DemoCurrency__factory } from "../../typechain-types/index.ts";
import { ethers, networkHelpers, register } from "../support/deploy.ts";
import { ask, bid, fillOf, partsOf, type Stage, stage } from "./stage.ts";

const { loadFixture } = networkHelpers;
const FAR = 4_102_444_800n;

/** A stage on which `bob` has not let the market take anything yet. */
async function withoutAllowance() {
  const s = await stage();
  await s.currency.connect(s.bob).approve(s.market, 0n);
  return s;
}

async function permitOf(
  s: Stage,
  signer: Stage["bob"],
  value: bigint,
  changes: { deadline?: bigint; spender?: string } = {},
) {
  const { deadline = FAR, spender = await s.market.getAddress() } = changes;
  const { chainId } = await ethers.provider.getNetwork();
  const domain = {
    name: await s.currency.name(),
    version: "1",
    chainId,
    verifyingContract: await s.currency.getAddress(),
  };
  const types = {
    Permit: ["address owner", "address spender", "uint256 value", "uint256 nonce", "uint256 deadline"].map((field) => {
      const [type, name] = field.split(" ");
      return { name: name!, type: type! };
    }),
  };
  const nonce = await s.currency.nonces(signer);
  const message = { owner: signer.address, spender, value, nonce, deadline };
  const signature = Signature.from(await signer.signTypedData(domain, types, message));
  return { value, deadline, v: signature.v, r: signature.r, s: signature.s } satisfies PermitStruct;
}

describe("filling with a permit", () => {
  it("MKT-70 takes the buyer's allowance in the same call", async () => {
    const s = await loadFixture(withoutAllowance);
    const { price, proceeds } = partsOf(10n);
    const permit = await permitOf(s, s.bob, price);
    const call = s.market.connect(s.bob).fillWithPermit(await fillOf(s, ask(s)), permit);
    await expect(call).to.changeTokenBalances(ethers, s.currency, [s.bob, s.alice], [-price, proceeds]);
    expect(await s.currency.allowance(s.bob, s.market)).to.equal(0n);
    expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(10n);
  });

  it("MKT-70 answers with the quote of the fill, and holds the taker to its limit", async () => {
    const s = await loadFixture(withoutAllowance);
    const { price } = partsOf(10n);
    const permit = await permitOf(s, s.bob, price);
    const market = s.market.connect(s.bob);
    const quote = await market.fillWithPermit.staticCall(await fillOf(s, ask(s)), permit);
    expect(quote).to.deep.equal(await market.quote(ask(s), 10n));
    await expect(market.fillWithPermit(await fillOf(s, ask(s), 10n, price - 1n), permit))
      .to.be.revertedWithCustomError(market, "Market_PriceAboveLimit")
      .withArgs(price, price - 1n);
  });

  it("MKT-71 goes through where somebody used the permit before", async () => {
    const s = await loadFixture(withoutAllowance);
    const { price } = partsOf(10n);
    const permit = await permitOf(s, s.bob, price);
    const { value, deadline, v, r, s: half } = permit;
    await s.currency.connect(s.mallory).permit(s.bob, s.market, value, deadline, v, r, half);
    await s.market.connect(s.bob).fillWithPermit(await fillOf(s, ask(s)), permit);
    expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(10n);
  });

  it("MKT-71 goes through on an allowance that was there, whatever the permit says", async () => {
    const s = await loadFixture(stage);
    const permit = await permitOf(s, s.bob, 1n, { deadline: 1n });
    await s.market.connect(s.bob).fillWithPermit(await fillOf(s, ask(s)), permit);
    expect(await s.currency.allowance(s.bob, s.market)).to.equal(ethers.MaxUint256);
  });

  it("MKT-72 fails with a permit that does not cover the payment and no other allowance", async () => {
    const s = await loadFixture(withoutAllowance);
    const { price, proceeds, fee } = partsOf(10n);
    const permits: [PermitStruct, string, bigint][] = [
      [await permitOf(s, s.bob, price - 1n), s.alice.address, proceeds],
      [await permitOf(s, s.bob, price, { deadline: 1n }), s.treasury.address, fee],
      [await permitOf(s, s.mallory, price), s.treasury.address, fee],
      [await permitOf(s, s.bob, price, { spender: s.mallory.address }), s.treasury.address, fee],
      [{ ...(await permitOf(s, s.bob, price)), value: price + 1n }, s.treasury.address, fee],
    ];
    for (const [permit, to, amount] of permits) {
      await expect(s.market.connect(s.bob).fillWithPermit(await fillOf(s, ask(s)), permit))
        .to.be.revertedWithCustomError(s.market, "Market_PaymentFailed")
        .withArgs(s.currency, s.bob, to, amount);
    }
  });

  it("MKT-72 gives nobody the use of another's permit", async () => {
    const s = await loadFixture(withoutAllowance);
    const { price, fee } = partsOf(10n);
    await s.currency.connect(s.operator).approve(s.market, 0n);
    const permit = await permitOf(s, s.bob, price);
    await expect(s.market.connect(s.operator).fillWithPermit(await fillOf(s, ask(s)), permit))
      .to.be.revertedWithCustomError(s.market, "Market_PaymentFailed")
      .withArgs(s.currency, s.operator, s.treasury, fee);
  });

  it("MKT-73 works without a permit in currencies that have none, on an allowance", async () => {
    const s = await loadFixture(stage);
    const { target } = await ethers.deployContract("MoodyCurrency");
    const plain = DemoCurrency__factory.connect(target as string, s.deployer);
    await plain.mint(s.authority, 1n);
    await plain.mint(s.bob, 10n ** 9n);
    await plain.connect(s.authority).approve(s.currencies, 1n);
    await s.currencies.connect(s.authority).admit(plain, s.authority, 1n);
    await plain.connect(s.bob).approve(s.market, 10n ** 9n);
    const id = await register(s, "plain", { currency: await plain.getAddress() });
    await s.assets.connect(s.owner).safeTransferFrom(s.owner, s.alice, id, 10n, "0x");
    const permit = await permitOf(s, s.bob, 1n);
    await s.market.connect(s.bob).fillWithPermit(await fillOf(s, ask(s, { id })), permit);
    expect(await plain.balanceOf(s.bob)).to.equal(10n ** 9n - partsOf(10n).price);
  });

  it("MKT-73 sells to a bid as `fill` does: a seller needs no permit", async () => {
    const s = await loadFixture(stage);
    const permit = await permitOf(s, s.alice, 0n);
    await s.market.connect(s.alice).fillWithPermit(await fillOf(s, bid(s)), permit);
    expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(10n);
  });

  it("MKT-19 refuses an asset that nobody registered before any permit is used", async () => {
    const s = await loadFixture(withoutAllowance);
    const permit = await permitOf(s, s.bob, 1n);
    await expect(s.market.connect(s.bob).fillWithPermit(await fillOf(s, ask(s, { id: 7n })), permit))
      .to.be.revertedWithCustomError(s.assets, "Assets_Unknown")
      .withArgs(7n);
  });
});
