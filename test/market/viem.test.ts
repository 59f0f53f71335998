import { dataAssetAbi, marketplaceAbi, orderTypedData } from "@cadastre/abi";
import { expect } from "chai";
import {
  type Account,
  BaseError,
  type Chain,
  type ContractFunctionArgs,
  ContractFunctionRevertedError,
  getAddress,
  getContract,
  isAddressEqual,
  parseEventLogs,
  type Transport,
  type WalletClient,
  zeroAddress,
} from "viem";
import { networkHelpers, SIDE, viem } from "../support/deploy.ts";
import { ANY_DUE } from "../support/orders.ts";
import { partsOf, stage, UNIT_PRICE } from "./stage.ts";

const { loadFixture } = networkHelpers;

type OrderMessage = ContractFunctionArgs<typeof marketplaceAbi, "view", "hashOrder">[0];

/** The same stage, with viem's clients and contracts in place of those of ethers. */
async function viemStage() {
  const s = await stage();
  const wallets = await viem.getWalletClients();
  const walletOf = ({ address }: { address: string }) =>
    wallets.find(({ account }) => isAddressEqual(account.address, getAddress(address)))!;
  const [alice, bob, carol] = [walletOf(s.alice), walletOf(s.bob), walletOf(s.carol)];
  const chain = await viem.getPublicClient();
  const address = getAddress(await s.market.getAddress());
  const marketOf = (wallet: WalletClient<Transport, Chain, Account>) =>
    getContract({ address, abi: marketplaceAbi, client: { public: chain, wallet } });
  const assets = getContract({ address: getAddress(await s.assets.getAddress()), abi: dataAssetAbi, client: chain });
  const domain = {
    ...orderTypedData.domain,
    chainId: await chain.getChainId(),
    verifyingContract: address,
  };
  const sell: OrderMessage = {
    ...{
      maker: alice.account.address,
      taker: zeroAddress,
      id: s.id,
      side: Number(SIDE.sell),
      units: 100n,
      minFill: 1n,
    },
    ...{ unitPrice: UNIT_PRICE, policyVersion: 1, maxFeeBps: 500, maxRoyaltyBps: 1_000, maxDue: ANY_DUE },
    ...{ expiry: 4_102_444_800, epoch: 0, nonce: 0n },
  };
  const sign = (wallet: typeof alice, message: OrderMessage) =>
    wallet.signTypedData({ ...orderTypedData, domain, message });
  const markets = { alice: marketOf(alice), bob: marketOf(bob), carol: marketOf(carol) };
  return { id: s.id, chain, assets, markets, alice, bob, carol, sell, sign };
}

/** Name and arguments of the contract's own error. */
async function refusal(call: Promise<unknown>) {
  const failure = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof BaseError)) throw failure ?? new Error("the call went through");
  const reverted = failure.walk((error) => error instanceof ContractFunctionRevertedError);
  if (!(reverted instanceof ContractFunctionRevertedError)) throw failure;
  return { name: reverted.data?.errorName, values: reverted.data?.args ?? [] };
}

describe("the market through viem", () => {
  it("MKT-01 fills an order that viem signed, and reads the event", async () => {
    const { assets, bob, chain, markets, sell, sign, alice, id } = await loadFixture(viemStage);
    const fill = { order: sell, signature: await sign(alice, sell), units: 10n, limit: 10n * UNIT_PRICE };
    const hash = await markets.bob.write.fill([fill]);
    const { logs } = await chain.getTransactionReceipt({ hash });
    const [event] = parseEventLogs({ abi: markets.bob.abi, logs, eventName: "OrderFilled" });
    const { price, fee, royalty } = partsOf(10n);
    expect(event!.args).to.deep.equal({
      orderHash: await markets.bob.read.hashOrder([sell]),
      maker: getAddress(alice.account.address),
      taker: getAddress(bob.account.address),
      ...{ id: id, units: 10n, price, fee, royalty },
    });
    expect(await assets.read.balanceOf([bob.account.address, id])).to.equal(10n);
  });

  it("MKT-05 reads a refusal with its values", async () => {
    const { markets, sell, sign, alice } = await loadFixture(viemStage);
    const fill = { order: sell, signature: await sign(alice, sell), units: 101n, limit: 10n ** 12n };
    const hash = await markets.bob.read.hashOrder([sell]);
    expect(await refusal(markets.bob.write.fill([fill]))).to.deep.equal({
      name: "Market_NotEnoughLeft",
      values: [hash, 100n, 101n],
    });
  });

  it("MKT-30 cancels, and explains the refusal by the selector of its error", async () => {
    const { markets, sell, sign, alice, bob } = await loadFixture(viemStage);
    const fill = { order: sell, signature: await sign(alice, sell), units: 10n, limit: 10n ** 12n };
    expect(await markets.bob.read.explainFill([bob.account.address, fill])).to.deep.equal([true, "0x00000000"]);
    await markets.alice.write.cancel([0n]);
    expect(await markets.bob.read.isCancelled([alice.account.address, 0n])).to.equal(true);
    expect(await refusal(markets.bob.write.fill([fill]))).to.deep.equal({
      name: "Market_Cancelled",
      values: [getAddress(alice.account.address), 0n],
    });
    const [ok, reason] = await markets.bob.read.explainFill([bob.account.address, fill]);
    expect(ok).to.equal(false);
    expect(reason)
      .to.match(/^0x[0-9a-f]{8}$/)
      .and.not.equal("0x00000000");
  });

  it("MKT-50 fills many, and reads each outcome", async () => {
    const { markets, sell, sign, alice, bob } = await loadFixture(viemStage);
    const good = { order: sell, signature: await sign(alice, sell), units: 10n, limit: 10n ** 12n };
    const bad = { ...good, signature: "0x" as const };
    const { result } = await markets.bob.simulate.fillMany([[bad, good]], { account: bob.account.address });
    expect(result.map(({ units }) => units)).to.deep.equal([0n, 10n]);
    await markets.bob.write.fillMany([[bad, good]]);
    const events = await markets.bob.getEvents.OrderNotFilled();
    expect(events.map(({ args }) => args.reason)).to.deep.equal([result[0]!.reason]);
  });

  it("MKT-60 matches orders that two viem accounts signed, one of them posted", async () => {
    const { assets, markets, sell, sign, alice, bob, id } = await loadFixture(viemStage);
    const buy = { ...sell, maker: bob.account.address, side: Number(SIDE.buy), unitPrice: UNIT_PRICE + 1n };
    await markets.bob.write.post([buy]);
    await markets.carol.write.matchOrders([sell, await sign(alice, sell), buy, "0x", 25n]);
    expect(await assets.read.balanceOf([bob.account.address, id])).to.equal(25n);
    const status = await markets.carol.read.orderStatus([await markets.carol.read.hashOrder([buy])]);
    expect(status).to.deep.equal([25n, true]);
  });

  it("MKT-32 raises the epoch, and signs anew for it", async () => {
    const { markets, sell, sign, alice } = await loadFixture(viemStage);
    await markets.alice.write.cancelAll();
    expect(await markets.alice.read.epochOf([alice.account.address])).to.equal(1);
    const old = { order: sell, signature: await sign(alice, sell), units: 10n, limit: 10n ** 12n };
    expect(await refusal(markets.bob.write.fill([old]))).to.deep.equal({
      name: "Market_EpochOver",
      values: [getAddress(alice.account.address), 0, 1],
    });
    const renewed = { ...sell, epoch: 1 };
    const signature = await sign(alice, renewed);
    await markets.bob.write.fill([{ ...old, order: renewed, signature }]);
    const { price } = await markets.bob.read.quote([renewed, 10n]);
    expect(price).to.equal(10n * UNIT_PRICE);
  });
});
