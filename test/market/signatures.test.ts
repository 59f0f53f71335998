import { orderTypedData } from "@cadastre/abi";
import { expect } from "chai";
import { id, Signature, TypedDataEncoder, toBigInt, Wallet } from "ethers";
import { hashTypedData } from "viem";
import { ethers, KIND, networkHelpers, PROVINCE, register, SIDE } from "../support/deploy.ts";
import { marketDomain, ORDER_TYPES, order, sign } from "../support/orders.ts";
import { ask, fillOf, NO_LIMIT, stage, UNIT_PRICE } from "./stage.ts";

const { loadFixture } = networkHelpers;

let drawn = 0;
/** Bits that look random and are the same in each run. */
const random = (bits: number) => toBigInt(id(`draw ${++drawn}`)) >> BigInt(256 - bits);
const randomAddress = () => ethers.getAddress(ethers.toBeHex(random(160), 20));

/** Every field at random over its whole width; now and then all bits of one are set, or none. */
function randomOrder() {
  const pick = (bits: number) => {
    const choice = random(8) % 8n;
    return choice === 0n ? 0n : choice === 1n ? (1n << BigInt(bits)) - 1n : random(bits);
  };
  return {
    maker: randomAddress(),
    taker: randomAddress(),
    id: pick(256),
    side: Number(random(8) % 2n),
    units: pick(64),
    minFill: pick(64),
    unitPrice: pick(128),
    policyVersion: Number(pick(32)),
    maxFeeBps: Number(pick(16)),
    maxRoyaltyBps: Number(pick(16)),
    maxDue: pick(128),
    expiry: Number(pick(48)),
    epoch: Number(pick(32)),
    nonce: pick(64),
  };
}

describe("signatures of orders", () => {
  it("MKT-40 hashes random orders as ethers and viem do", async () => {
    const s = await loadFixture(stage);
    const domain = await marketDomain(s);
    const viemDomain = {
      name: "Cadastre Market",
      version: "1",
      chainId: Number(domain.chainId),
      verifyingContract: (await s.market.getAddress()) as `0x${string}`,
    };
    for (let i = 0; i < 64; ++i) {
      const message = randomOrder();
      const hash = await s.market.hashOrder(message);
      const [maker, taker] = [message.maker as `0x${string}`, message.taker as `0x${string}`];
      expect(hash).to.equal(TypedDataEncoder.hash(domain, ORDER_TYPES, message));
      expect(hash).to.equal(
        hashTypedData({
          domain: viemDomain,
          types: orderTypedData.types,
          primaryType: "Order",
          message: { ...message, maker, taker },
        }),
      );
    }
  });

  it("MKT-41 states its domain by ERC-5267: name, version, chain and contract", async () => {
    const s = await loadFixture(stage);
    const { chainId } = await ethers.provider.getNetwork();
    const domain = await s.market.eip712Domain();
    expect([...domain].slice(0, 5)).to.deep.equal(["0x0f", "Cadastre Market", "1", chainId, s.market.target]);
  });

  it("MKT-44 refuses the signature of anybody but the maker: the taker, the holder, a stranger", async () => {
    const s = await loadFixture(stage);
    const terms = ask(s);
    for (const signer of [s.bob, s.owner, s.mallory]) {
      const fill = { order: terms, signature: await sign(s, signer, terms), units: 10n, limit: NO_LIMIT };
      await expect(s.market.connect(s.bob).fill(fill))
        .to.be.revertedWithCustomError(s.market, "Market_BadSignature")
        .withArgs(await s.market.hashOrder(terms), s.alice);
    }
  });

  /** What `ask` states, a little more in somebody's favour. */
  const alterations = {
    units: 101n,
    minFill: 2n,
    unitPrice: UNIT_PRICE - 1n,
    maxFeeBps: 501n,
    maxRoyaltyBps: 1_001n,
    maxDue: 7n,
    expiry: 4_102_444_801n,
    nonce: 1n,
  };
  for (const [field, value] of Object.entries(alterations)) {
    it(`MKT-45 refuses an order whose field ${field} was altered after it was signed`, async () => {
      const s = await loadFixture(stage);
      const fill = await fillOf(s, ask(s));
      const altered = { ...fill, order: { ...fill.order, [field]: value } };
      await expect(s.market.connect(s.bob).fill(altered))
        .to.be.revertedWithCustomError(s.market, "Market_BadSignature")
        .withArgs(await s.market.hashOrder(altered.order), s.alice);
    });
  }

  it("MKT-45 refuses an altered maker, taker, asset and side", async () => {
    const s = await loadFixture(stage);
    const second = await register(s, "second");
    const fill = await fillOf(s, ask(s, { taker: s.operator.address }));
    const changes = [
      { maker: s.owner.address },
      { taker: s.bob.address },
      { taker: ethers.ZeroAddress },
      { id: second },
    ];
    for (const change of changes) {
      const altered = { ...fill, order: { ...fill.order, taker: s.bob.address, ...change } };
      await expect(s.market.connect(s.bob).fill(altered))
        .to.be.revertedWithCustomError(s.market, "Market_BadSignature")
        .withArgs(await s.market.hashOrder(altered.order), altered.order.maker);
    }
    const turned = { ...fill, order: { ...ask(s), side: SIDE.buy }, limit: 0n };
    await expect(s.market.connect(s.owner).fill(turned))
      .to.be.revertedWithCustomError(s.market, "Market_BadSignature")
      .withArgs(await s.market.hashOrder(turned.order), s.alice);
  });

  it("MKT-45 refuses an order whose epoch or policy version was raised to the one in force", async () => {
    const s = await loadFixture(stage);
    const fill = await fillOf(s, ask(s));
    await s.market.connect(s.alice).cancelAll();
    const raised = { ...fill, order: { ...fill.order, epoch: 1n } };
    await expect(s.market.connect(s.bob).fill(raised))
      .to.be.revertedWithCustomError(s.market, "Market_BadSignature")
      .withArgs(await s.market.hashOrder(raised.order), s.alice);
    const early = await fillOf(s, ask(s, { policyVersion: 7n, epoch: 1n }));
    const lowered = { ...early, order: { ...early.order, policyVersion: 1n } };
    await expect(s.market.connect(s.bob).fill(lowered))
      .to.be.revertedWithCustomError(s.market, "Market_BadSignature")
      .withArgs(await s.market.hashOrder(lowered.order), s.alice);
  });

  it("MKT-46 refuses mirrored, compact, empty and mutilated signatures", async () => {
    const s = await loadFixture(stage);
    const fill = await fillOf(s, ask(s));
    const { r, s: low, v, compactSerialized } = Signature.from(fill.signature as string);
    const curveOrder = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const high = ethers.toBeHex(curveOrder - BigInt(low), 32);
    const forms = [
      ethers.concat([r, high, v === 27 ? "0x1c" : "0x1b"]),
      compactSerialized,
      "0x",
      ethers.concat([r, low]),
      ethers.concat([r, low, v === 27 ? "0x1c" : "0x1b"]),
    ];
    for (const signature of forms) {
      await expect(s.market.connect(s.bob).fill({ ...fill, signature }))
        .to.be.revertedWithCustomError(s.market, "Market_BadSignature")
        .withArgs(await s.market.hashOrder(fill.order), s.alice);
    }
  });

  it("MKT-48 fills the order of an account that delegated to code (EIP-7702) by its key", async () => {
    const s = await loadFixture(stage);
    const maker = Wallet.createRandom(ethers.provider);
    await networkHelpers.setBalance(maker.address, ethers.parseEther("1"));
    await s.participants.connect(s.registrar).admit(maker.address, PROVINCE, KIND.organisation, ethers.ZeroHash);
    await s.assets.connect(s.alice).safeTransferFrom(s.alice, maker.address, s.id, 100n, "0x");
    await s.assets.connect(maker).setApprovalForAll(s.market, true);
    const code = await ethers.deployContract("BurningMaker");
    const authorization = await maker.authorize({ address: await code.getAddress() });
    await s.deployer.sendTransaction({ type: 4, to: s.deployer.address, authorizationList: [authorization] });
    expect(await ethers.provider.getCode(maker.address)).to.match(/^0xef0100/);
    const terms = order(maker.address, s.id);
    const fill = { order: terms, signature: await sign(s, maker, terms), units: 10n, limit: NO_LIMIT };
    await s.market.connect(s.bob).fill(fill);
    expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(10n);
  });
});
