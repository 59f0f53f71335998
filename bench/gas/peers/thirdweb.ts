import { Contract } from "ethers";
import {
  alice,
  as,
  at,
  bob,
  currency,
  deployer,
  ethers,
  owner,
  priceOf,
  put,
  TRADE,
  transaction,
  treasury,
} from "../lib/chain.ts";
import { compile } from "../lib/code.ts";
import type { Operation } from "../lib/operation.ts";
import { OPENZEPPELIN, stock } from "./tokens.ts";

/** With these the package's source compiles to the code that thirdweb published (its package `contracts-js` 1.3.23). */
const SETTINGS = {
  solc: "solc-0.8.23",
  settings: { evmVersion: "london", optimizer: { enabled: true, runs: 20 } },
} as const;

const MARKETPLACE = "@thirdweb-dev/contracts/prebuilts/marketplace";
const ID = 1n;
/** A start that lies ahead: the clock's own time would cost a few gas more or less from run to run. */
const START = 0x77777777n;
const FUNCTIONS = [
  "createListing((address,uint256,uint256,address,uint256,uint128,uint128,bool))",
  "buyFromListing(uint256,address,uint256,address,uint256)",
  "cancelListing(uint256)",
];

/** The marketplace refuses to be used except through a clone; thirdweb's factory makes the same. */
export async function thirdweb(): Promise<Operation[]> {
  const [logicCode, marketCode] = compile({
    ...SETTINGS,
    contracts: [
      [`${MARKETPLACE}/direct-listings/DirectListingsLogic.sol`, "DirectListingsLogic"],
      [`${MARKETPLACE}/entrypoint/MarketplaceV3.sol`, "MarketplaceV3"],
    ],
    folders: ["@thirdweb-dev/contracts/node_modules", "@thirdweb-dev/dynamic-contracts"],
  });
  const [tokenCode] = compile({
    ...OPENZEPPELIN,
    contracts: [["contracts/OpenZeppelinToken.sol", "OpenZeppelinRoyaltyToken"]],
  });
  // No transaction here touches the wrapper of the chain's own coin.
  const wrapper = deployer.address;
  const logic = await put(logicCode!, wrapper);
  const extension = {
    metadata: { name: "DirectListings", metadataURI: "", implementation: await logic.getAddress() },
    functions: FUNCTIONS.map((signature) => ({
      functionSelector: ethers.id(signature).slice(0, 10),
      functionSignature: signature,
    })),
  };
  const implementation = await put(marketCode!, {
    extensions: [extension],
    royaltyEngineAddress: ethers.ZeroAddress,
    nativeTokenWrapper: wrapper,
  });
  const address = await cloneOf(await implementation.getAddress());
  const market = await at({ name: "MarketplaceV3 (clone)", abi: logicCode!.abi }, address);
  const entrance = new Contract(address, marketCode!.abi, deployer);
  await as(deployer, entrance, "initialize")(deployer.address, "", [], treasury.address, TRADE.feeBps);

  const token = await put(tokenCode!, owner.address, TRADE.royaltyBps);
  await stock(token, [ID]);
  await as(alice, token, "setApprovalForAll")(address, true);
  await currency.connect(bob).approve(address, ethers.MaxUint256);
  const listing = {
    ...{ assetContract: await token.getAddress(), tokenId: ID, quantity: TRADE.units },
    ...{ currency: await currency.getAddress(), pricePerToken: TRADE.unitPrice },
    ...{ startTimestamp: 0n, endTimestamp: TRADE.expiry, reserved: false },
  };
  const list = async () =>
    as(
      alice,
      market,
      "createListing",
    )({ ...listing, startTimestamp: (await ethers.provider.getBlock("latest"))!.timestamp });
  await list();
  await list();
  const name = "thirdweb MarketplaceV3";
  const buy = [0n, bob.address, TRADE.part, listing.currency, priceOf(TRADE.part).price];
  return [
    {
      ...{
        key: "buy",
        peer: "thirdweb",
        name,
        does: "listing kept on chain, fee and royalty: no compliance, no revenue",
      },
      before: () => as(bob, market, "buyFromListing")(...buy),
      transaction: () => transaction(bob, market, "buyFromListing", buy),
    },
    {
      ...{ key: "post", peer: "thirdweb", name, does: "stores the whole listing" },
      transaction: () => transaction(alice, market, "createListing", [{ ...listing, startTimestamp: START }]),
    },
    {
      ...{ key: "cancel", peer: "thirdweb", name, does: "marks the listing" },
      transaction: () => transaction(alice, market, "cancelListing", [1n]),
    },
  ];
}

/** An ERC-1167 clone. */
async function cloneOf(implementation: string): Promise<string> {
  const target = implementation.slice(2).toLowerCase();
  const data = `0x3d602d80600a3d3981f3363d3d373d3d3d363d73${target}5af43d82803e903d91602b57fd5bf3`;
  const receipt = await (await deployer.sendTransaction({ data })).wait();
  return receipt!.contractAddress!;
}
