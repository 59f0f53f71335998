import type { Contract } from "ethers";
import { alice, as, at, bob, currency, deployer, ethers, put, TRADE, transaction, treasury } from "../lib/chain.ts";
import { published } from "../lib/code.ts";
import type { Operation } from "../lib/operation.ts";

/** Ocean's own unit of fractions, rates and shares. */
const WAD = 10n ** 18n;
const FEE = (TRADE.feeBps * WAD) / 10_000n;

const code = (path: string) => published(`@oceanprotocol/contracts/artifacts/contracts/${path}`);

/** Fractions of a dataset are an ERC-20 "datatoken", sold at a fixed rate. The code is what Ocean compiled and published. */
export async function ocean(): Promise<Operation[]> {
  const money = await currency.getAddress();
  // The template of pools is not used here; an approved currency pays no fee to the protocol.
  const router = await put(
    code("pools/FactoryRouter.sol/FactoryRouter.json"),
    ...[deployer.address, money, money, treasury.address, []],
  );
  const tokenCode = code("templates/ERC20Template.sol/ERC20Template.json");
  const templates = [await put(code("templates/ERC721Template.sol/ERC721Template.json")), await put(tokenCode)];
  const factory = await put(code("ERC721Factory.sol/ERC721Factory.json"), ...templates, router);
  const exchange = await put(code("pools/fixedRate/FixedRateExchange.sol/FixedRateExchange.json"), router);
  await as(deployer, router, "addFactory")(factory);
  await as(deployer, router, "addFixedRateContract")(exchange);
  await as(deployer, router, "addApprovedToken")(money);
  await create(factory, await exchange.getAddress(), money);

  const [id] = (await exchange.getFunction("getExchanges")()) as [string];
  const { datatoken } = (await exchange.getFunction("getExchange")(id)) as unknown as { datatoken: string };
  const token = await at({ ...tokenCode, name: "ERC20Template (clone)" }, datatoken);
  for (const holder of [alice, bob]) await as(alice, token, "mint")(holder.address, 1_000n * WAD);
  await currency.connect(bob).approve(exchange, ethers.MaxUint256);
  const buy = [id, TRADE.part * WAD, ethers.MaxUint256, ethers.ZeroAddress, 0n];
  return [
    {
      ...{ key: "buy", peer: "ocean", name: "Ocean fixed-rate exchange" },
      does: "rate kept on chain, market fee: no royalty, compliance or revenue; proceeds and fee stay there to be collected",
      before: () => as(bob, exchange, "buyDT")(...buy),
      transaction: () => transaction(bob, exchange, "buyDT", buy),
    },
  ];
}

async function create(factory: Contract, exchange: string, money: string): Promise<void> {
  const none = ethers.ZeroAddress;
  await as(alice, factory, "createNftWithErc20WithFixedRate")(
    {
      ...{ name: "Data", symbol: "DATA", templateIndex: 1, tokenURI: "https://data.example", transferable: true },
      owner: alice.address,
    },
    {
      ...{ templateIndex: 1, strings: ["Fractions", "FRACTION"], uints: [1_000_000n * WAD, 0n], bytess: [] },
      addresses: [alice.address, none, none, none],
    },
    {
      fixedPriceAddress: exchange,
      addresses: [money, alice.address, treasury.address, none],
      // Decimals of the currency and of the datatoken, rate, market fee, and that fractions are minted as they are sold.
      uints: [6n, 18n, (TRADE.unitPrice * WAD) / 10n ** 6n, FEE, 1n],
    },
  );
}
