import type { Contract } from "ethers";
import { alice, as, at, bob, currency, deployer, ethers, put, TRADE, transaction, treasury } from "../lib/chain.ts";
import { type Code, published } from "../lib/code.ts";
import type { Operation } from "../lib/operation.ts";

/** Ocean's own unit of fractions, rates and shares. */
const WAD = 10n ** 18n;
const FEE = (TRADE.feeBps * WAD) / 10_000n;
const LICENCE_PRICE = 1_000_000n;
const { MaxUint256, ZeroAddress } = ethers;
/** Numbers of templates in the factory. */
const TEMPLATE = { fractions: 1, licences: 2 } as const;

const code = (path: string) => published(`@oceanprotocol/contracts/artifacts/contracts/${path}`);

interface Ocean {
  readonly money: string;
  readonly factory: Contract;
  readonly exchange: Contract;
}

/** Fractions of a dataset, or rights to use it, are an ERC-20 "datatoken". The code is what Ocean compiled and published. */
export async function ocean(): Promise<Operation[]> {
  const money = await currency.getAddress();
  // The template of pools is not used here; an approved currency pays no fee to the protocol.
  const router = await put(
    code("pools/FactoryRouter.sol/FactoryRouter.json"),
    ...[deployer.address, money, money, treasury.address, []],
  );
  const tokenCode = code("templates/ERC20Template.sol/ERC20Template.json");
  const licenceCode = code("templates/ERC20TemplateEnterprise.sol/ERC20TemplateEnterprise.json");
  const templates = [await put(code("templates/ERC721Template.sol/ERC721Template.json")), await put(tokenCode)];
  const factory = await put(code("ERC721Factory.sol/ERC721Factory.json"), ...templates, router);
  await as(deployer, factory, "addTokenTemplate")(await put(licenceCode));
  const exchange = await put(code("pools/fixedRate/FixedRateExchange.sol/FixedRateExchange.json"), router);
  await as(deployer, router, "addFactory")(factory);
  await as(deployer, router, "addFixedRateContract")(exchange);
  await as(deployer, router, "addApprovedToken")(money);
  await as(deployer, router, "updateOPCFee")(0n, 0n, 0n, 0n);
  const system = { money, factory, exchange };

  const fractions = await create(system, TEMPLATE.fractions, TRADE.unitPrice, tokenCode);
  await currency.connect(bob).approve(exchange, MaxUint256);
  const buy = [fractions.id, TRADE.part * WAD, MaxUint256, ZeroAddress, 0n];

  const licences = await create(system, TEMPLATE.licences, LICENCE_PRICE, licenceCode);
  await currency.connect(bob).approve(licences.token, MaxUint256);
  const order = await orderOf(licences.id, await exchange.getAddress());
  return [
    {
      ...{ key: "buy", peer: "ocean", name: "Ocean fixed-rate exchange" },
      does: "rate kept on chain, market fee: no royalty, compliance or revenue; proceeds and fee stay there to be collected",
      before: () => as(bob, exchange, "buyDT")(...buy),
      transaction: () => transaction(bob, exchange, "buyDT", buy),
    },
    {
      ...{ key: "license", peer: "ocean", name: "Ocean enterprise template" },
      does: "bought at a fixed rate and used in one transaction (buyFromFreAndOrder), market fee, no other: no escrow, delivery or dispute",
      before: () => as(bob, licences.token, "buyFromFreAndOrder")(...order),
      transaction: () => transaction(bob, licences.token, "buyFromFreAndOrder", order),
    },
  ];
}

/** A datatoken of `alice` for sale; both parties hold some, so that no balance is zero before. */
async function create({ money, factory, exchange }: Ocean, template: number, price: bigint, tokenCode: Code) {
  await as(alice, factory, "createNftWithErc20WithFixedRate")(
    {
      ...{ name: "Data", symbol: "DATA", templateIndex: 1, tokenURI: "https://data.example", transferable: true },
      owner: alice.address,
    },
    {
      ...{ templateIndex: template, strings: ["Datatoken", "DATATOKEN"], uints: [1_000_000n * WAD, 0n], bytess: [] },
      addresses: [alice.address, ZeroAddress, ZeroAddress, ZeroAddress],
    },
    {
      fixedPriceAddress: await exchange.getAddress(),
      addresses: [money, alice.address, treasury.address, ZeroAddress],
      // Decimals of the currency and of the datatoken, rate, market fee, and that datatokens are minted as they are sold.
      uints: [6n, 18n, (price * WAD) / 10n ** 6n, FEE, 1n],
    },
  );
  const id = ((await exchange.getFunction("getExchanges")()) as string[]).at(-1)!;
  const { datatoken } = (await exchange.getFunction("getExchange")(id)) as unknown as { datatoken: string };
  const token = await at({ ...tokenCode, name: `${tokenCode.name} (clone)` }, datatoken);
  for (const holder of [alice, bob]) await as(alice, token, "mint")(holder.address, 1_000n * WAD);
  return { id, token };
}

/** The provider asks for no fee, which it has to sign. */
async function orderOf(id: string, exchange: string) {
  const unsigned = ["0x", alice.address, ZeroAddress, 0n, 0n] as const;
  const hash = ethers.solidityPackedKeccak256(["bytes", "address", "address", "uint256", "uint256"], unsigned);
  const { v, r, s } = ethers.Signature.from(await alice.signMessage(ethers.getBytes(hash)));
  const provider = {
    ...{ providerFeeAddress: alice.address, providerFeeToken: ZeroAddress, providerFeeAmount: 0n },
    ...{ v, r, s, validUntil: 0n, providerData: "0x" },
  };
  const market = {
    consumeMarketFeeAddress: ZeroAddress,
    consumeMarketFeeToken: ZeroAddress,
    consumeMarketFeeAmount: 0n,
  };
  return [
    { consumer: bob.address, serviceIndex: 0n, _providerFee: provider, _consumeMarketFee: market },
    {
      ...{
        exchangeContract: exchange,
        exchangeId: id,
        maxBaseTokenAmount: LICENCE_PRICE + (LICENCE_PRICE * TRADE.feeBps) / 10_000n,
      },
      ...{ swapMarketFee: 0n, marketFeeAddress: ZeroAddress },
    },
  ];
}
