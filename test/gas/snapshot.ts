import { expect } from "chai";
import { deploy, ethers, networkHelpers, PROVINCE, KIND, register, release, SIDE } from "../support/deploy.ts";
import { order, sign } from "../support/orders.ts";

describe("gas", () => {
  it("prints", async () => {
    const s = await networkHelpers.loadFixture(deploy);
    const gas: Record<string, bigint> = {};
    const used = async (key: string, tx: Promise<{ wait(): Promise<{ gasUsed: bigint } | null> }>) => {
      gas[key] = (await (await tx).wait())!.gasUsed;
    };
    await used("register", s.assets.connect(s.owner).register({
      holder: s.owner.address, operator: s.operator.address, termsHash: ethers.id("t"), fractions: 1000n,
      currency: await s.currency.getAddress(), royaltyBps: 250n, policy: 0n, release: release("gas"), parents: [], evidence: "0x" }));
    const id = await s.assets.assetIdOf(s.owner.address, ethers.id("root gas"));
    const stream = "journal";
    await s.assets.connect(s.owner).safeTransferFrom(s.owner, s.alice, id, 300n, "0x");
    await s.assets.connect(s.owner).safeTransferFrom(s.owner, s.bob, id, 100n, "0x");
    await s.assets.connect(s.bob).distribute(id, 1_000_000n);
    await used("distribute", s.assets.connect(s.bob).distribute(id, 1_000_000n));
    await used("transfer", s.assets.connect(s.alice).safeTransferFrom(s.alice, s.bob, id, 10n, "0x"));
    await s.currency.mint(s.treasury, 1n);
    await used("claim", s.assets.connect(s.bob).claim([id], s.bob));
    const o = order(s.alice.address, id, { nonce: 7n });
    const signature = await sign(s, s.alice, o);
    await used("buyFirst", s.market.connect(s.bob).fill({ order: o, signature, units: 10n, limit: 10n ** 12n }));
    await used("buy", s.market.connect(s.bob).fill({ order: o, signature, units: 10n, limit: 10n ** 12n }));
    await used("post", s.market.connect(s.alice).post(order(s.alice.address, id, { nonce: 8n })));
    await s.market.connect(s.alice).cancel(9n);
    await used("cancel", s.market.connect(s.alice).cancel(10n));
    await s.provenance.connect(s.owner).openStream(stream);
    await used("append", s.provenance.connect(s.owner).append(stream, { root: ethers.id("x"), count: 1000n, uri: "https://data.example/batch/17" }));
    console.log(gas);
    expect(gas).to.not.equal(undefined);
  });
});
