import { anyValue } from "@nomicfoundation/hardhat-ethers-chai-matchers/withArgs";
import { expect } from "chai";
import { Signature, type Signer, type TypedDataDomain } from "ethers";
import { type DemoCurrency, DemoCurrency__factory } from "../../typechain-types/index.ts";
import { deploy, ethers, networkHelpers } from "../support/deploy.ts";

const { loadFixture, time } = networkHelpers;

const AUTHORISATION = [
  { name: "from", type: "address" },
  { name: "to", type: "address" },
  { name: "value", type: "uint256" },
  { name: "validAfter", type: "uint256" },
  { name: "validBefore", type: "uint256" },
  { name: "nonce", type: "bytes32" },
];
const TRANSFER = { TransferWithAuthorization: AUTHORISATION };
const RECEIVE = { ReceiveWithAuthorization: AUTHORISATION };
const CANCEL = {
  CancelAuthorization: [
    { name: "authorizer", type: "address" },
    { name: "nonce", type: "bytes32" },
  ],
};
const PERMIT = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};

interface Authorisation {
  from: string;
  to: string;
  value: bigint;
  validAfter: bigint;
  validBefore: bigint;
  nonce: string;
}

async function domainOf(currency: DemoCurrency): Promise<TypedDataDomain> {
  const { name, version, chainId, verifyingContract } = await currency.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

async function setUp() {
  const { currency, alice, bob, carol, mallory } = await deploy();
  const now = BigInt(await time.latest());
  const domain = await domainOf(currency);
  const authorisation: Authorisation = {
    ...{ from: alice.address, to: bob.address, value: 250_000n },
    ...{ validAfter: now - 1n, validBefore: now + 1_000n, nonce: ethers.id("first") },
  };
  return { currency, alice, bob, carol, mallory, now, domain, authorisation };
}

type Types = typeof TRANSFER | typeof RECEIVE | typeof CANCEL | typeof PERMIT;

async function signed(signer: Signer, domain: TypedDataDomain, types: Types, value: object) {
  const { v, r, s } = Signature.from(await signer.signTypedData(domain, types, value));
  return [v, r, s] as const;
}

const fields = (a: Authorisation) => [a.from, a.to, a.value, a.validAfter, a.validBefore, a.nonce] as const;

describe("DemoCurrency", () => {
  it("CUR-14 has six decimals, is not money, and gives itself to anyone", async () => {
    const { currency, mallory } = await loadFixture(setUp);
    expect(await currency.decimals()).to.equal(6n);
    expect(await currency.name()).to.match(/demo.*not money/);
    expect(await currency.symbol()).to.equal("DEMO");
    const mint = currency.connect(mallory).mint(mallory, 7n);
    await expect(mint).to.changeTokenBalance(ethers, currency, mallory, 7n);
  });

  it("CUR-15 takes a permit once", async () => {
    const { currency, alice, bob, carol, domain, now } = await loadFixture(setUp);
    const permit = { owner: alice.address, spender: bob.address, value: 42n, nonce: 0n, deadline: now + 100n };
    const signature = await signed(alice, domain, PERMIT, permit);
    const send = () => currency.connect(carol).permit(alice, bob, 42n, now + 100n, ...signature);
    await send();
    expect(await currency.allowance(alice, bob)).to.equal(42n);
    expect(await currency.nonces(alice)).to.equal(1n);
    await expect(send()).to.be.revertedWithCustomError(currency, "ERC2612InvalidSigner").withArgs(anyValue, alice);
  });

  it("CUR-15 refuses a permit that is late, changed, or made for another chain", async () => {
    const { currency, alice, bob, carol, domain, now } = await loadFixture(setUp);
    const permit = { owner: alice.address, spender: bob.address, value: 42n, nonce: 0n, deadline: now + 100n };
    const signature = await signed(alice, domain, PERMIT, permit);
    const changed = [
      [carol, 42n, now + 100n],
      [bob, 43n, now + 100n],
      [bob, 42n, now + 101n],
    ] as const;
    for (const [spender, value, deadline] of changed) {
      await expect(currency.permit(alice, spender, value, deadline, ...signature))
        .to.be.revertedWithCustomError(currency, "ERC2612InvalidSigner")
        .withArgs(anyValue, alice);
    }
    for (const changes of [{ chainId: 1n }, { verifyingContract: carol.address }]) {
      const foreign = await signed(alice, { ...domain, ...changes }, PERMIT, permit);
      await expect(currency.permit(alice, bob, 42n, now + 100n, ...foreign))
        .to.be.revertedWithCustomError(currency, "ERC2612InvalidSigner")
        .withArgs(anyValue, alice);
    }
    await time.increaseTo(now + 101n);
    await expect(currency.permit(alice, bob, 42n, now + 100n, ...signature))
      .to.be.revertedWithCustomError(currency, "ERC2612ExpiredSignature")
      .withArgs(now + 100n);
    expect(await currency.allowance(alice, bob)).to.equal(0n);
  });

  it("CUR-16 moves what was authorised, whoever sends it, and once", async () => {
    const { currency, alice, bob, carol, mallory, domain, authorisation } = await loadFixture(setUp);
    const { nonce, value } = authorisation;
    const signature = await signed(alice, domain, TRANSFER, authorisation);
    expect(await currency.authorizationState(alice, nonce)).to.equal(false);
    const move = currency.connect(carol).transferWithAuthorization(...fields(authorisation), ...signature);
    await expect(move).to.changeTokenBalances(ethers, currency, [alice, bob, carol], [-value, value, 0n]);
    await expect(move).to.emit(currency, "AuthorizationUsed").withArgs(alice, nonce);
    expect(await currency.authorizationState(alice, nonce)).to.equal(true);
    await expect(currency.connect(mallory).transferWithAuthorization(...fields(authorisation), ...signature))
      .to.be.revertedWithCustomError(currency, "ERC3009UsedAuthorization")
      .withArgs(alice, nonce);
  });

  it("CUR-16 keeps to the time that was authorised", async () => {
    const { currency, alice, domain, authorisation, now } = await loadFixture(setUp);
    const window = { ...authorisation, validAfter: now + 100n, validBefore: now + 200n };
    const signature = await signed(alice, domain, TRANSFER, window);
    const send = () => currency.transferWithAuthorization(...fields(window), ...signature);
    for (const outside of [now + 100n, now + 200n]) {
      const snapshot = await networkHelpers.takeSnapshot();
      await time.setNextBlockTimestamp(outside);
      await expect(send())
        .to.be.revertedWithCustomError(currency, "ERC3009InvalidAuthorizationTime")
        .withArgs(now + 100n, now + 200n);
      await snapshot.restore();
    }
    for (const inside of [now + 101n, now + 199n]) {
      const snapshot = await networkHelpers.takeSnapshot();
      await time.setNextBlockTimestamp(inside);
      await expect(send()).to.emit(currency, "AuthorizationUsed").withArgs(alice, window.nonce);
      await snapshot.restore();
    }
  });

  it("CUR-17 pays an authorisation to receive to its recipient alone", async () => {
    const { currency, alice, bob, mallory, domain, authorisation } = await loadFixture(setUp);
    const { nonce, value } = authorisation;
    const signature = await signed(alice, domain, RECEIVE, authorisation);
    await expect(currency.connect(mallory).receiveWithAuthorization(...fields(authorisation), ...signature))
      .to.be.revertedWithCustomError(currency, "ERC20InvalidReceiver")
      .withArgs(bob);
    await expect(
      currency.connect(bob).transferWithAuthorization(...fields(authorisation), ...signature),
    ).to.be.revertedWithCustomError(currency, "ERC3009InvalidSignature");
    const receive = currency.connect(bob).receiveWithAuthorization(...fields(authorisation), ...signature);
    await expect(receive).to.changeTokenBalances(ethers, currency, [alice, bob], [-value, value]);
    await expect(currency.connect(bob).receiveWithAuthorization(...fields(authorisation), ...signature))
      .to.be.revertedWithCustomError(currency, "ERC3009UsedAuthorization")
      .withArgs(alice, nonce);
  });

  it("CUR-18 refuses what its signer cancelled, and nobody else cancels", async () => {
    const { currency, alice, mallory, domain, authorisation } = await loadFixture(setUp);
    const { nonce } = authorisation;
    const cancellation = { authorizer: alice.address, nonce };
    const forged = await signed(mallory, domain, CANCEL, cancellation);
    await expect(currency.connect(mallory).cancelAuthorization(alice, nonce, ...forged)).to.be.revertedWithCustomError(
      currency,
      "ERC3009InvalidSignature",
    );
    const genuine = await signed(alice, domain, CANCEL, cancellation);
    await expect(currency.connect(mallory).cancelAuthorization(alice, nonce, ...genuine))
      .to.emit(currency, "AuthorizationCanceled")
      .withArgs(alice, nonce);
    const signature = await signed(alice, domain, TRANSFER, authorisation);
    await expect(currency.transferWithAuthorization(...fields(authorisation), ...signature))
      .to.be.revertedWithCustomError(currency, "ERC3009UsedAuthorization")
      .withArgs(alice, nonce);
    await expect(currency.cancelAuthorization(alice, nonce, ...genuine))
      .to.be.revertedWithCustomError(currency, "ERC3009UsedAuthorization")
      .withArgs(alice, nonce);
  });

  it("CUR-19 refuses an authorisation that another signed, or that was changed", async () => {
    const { currency, alice, mallory, domain, authorisation } = await loadFixture(setUp);
    const forged = await signed(mallory, domain, TRANSFER, authorisation);
    await expect(currency.transferWithAuthorization(...fields(authorisation), ...forged)).to.be.revertedWithCustomError(
      currency,
      "ERC3009InvalidSignature",
    );
    const signature = await signed(alice, domain, TRANSFER, authorisation);
    const changes: Partial<Authorisation>[] = [
      { from: mallory.address },
      { to: mallory.address },
      { value: authorisation.value + 1n },
      { validAfter: authorisation.validAfter - 1n },
      { validBefore: authorisation.validBefore + 1n },
      { nonce: ethers.id("second") },
    ];
    for (const change of changes) {
      await expect(
        currency.transferWithAuthorization(...fields({ ...authorisation, ...change }), ...signature),
      ).to.be.revertedWithCustomError(currency, "ERC3009InvalidSignature");
    }
  });

  it("CUR-19 refuses an authorisation for another chain or another contract", async () => {
    const { currency, alice, domain, authorisation } = await loadFixture(setUp);
    const twin = await new DemoCurrency__factory(alice).deploy();
    await twin.mint(alice, authorisation.value);
    const ours = await signed(alice, domain, TRANSFER, authorisation);
    await expect(twin.transferWithAuthorization(...fields(authorisation), ...ours)).to.be.revertedWithCustomError(
      twin,
      "ERC3009InvalidSignature",
    );
    const elsewhere = await signed(alice, { ...domain, chainId: 1n }, TRANSFER, authorisation);
    await expect(
      currency.transferWithAuthorization(...fields(authorisation), ...elsewhere),
    ).to.be.revertedWithCustomError(currency, "ERC3009InvalidSignature");
  });
});
