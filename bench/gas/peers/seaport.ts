import type { Contract } from "ethers";
import { alice, as, bob, currency, ethers, owner, priceOf, put, TRADE, transaction, treasury } from "../lib/chain.ts";
import { type Code, compile } from "../lib/code.ts";
import type { Operation } from "../lib/operation.ts";
import { OPENZEPPELIN, stock } from "./tokens.ts";

/** As Seaport's repository has them; solc is the oldest that the sources of version 1.6 admit. */
const SETTINGS = {
  solc: "solc-0.8.24",
  settings: {
    evmVersion: "cancun",
    viaIR: true,
    optimizer: { enabled: true, runs: 4_294_967_295 },
    metadata: { bytecodeHash: "none" },
  },
} as const;

const ID = 1n;
const [ERC20, ERC1155] = [1, 3];
/** Anyone may fill it, in parts. */
const PARTIAL_OPEN = 1;
const NONE = ethers.ZeroHash;

const ITEM = [
  { name: "itemType", type: "uint8" },
  { name: "token", type: "address" },
  { name: "identifierOrCriteria", type: "uint256" },
  { name: "startAmount", type: "uint256" },
  { name: "endAmount", type: "uint256" },
];
const TYPES = {
  OrderComponents: [
    { name: "offerer", type: "address" },
    { name: "zone", type: "address" },
    { name: "offer", type: "OfferItem[]" },
    { name: "consideration", type: "ConsiderationItem[]" },
    { name: "orderType", type: "uint8" },
    { name: "startTime", type: "uint256" },
    { name: "endTime", type: "uint256" },
    { name: "zoneHash", type: "bytes32" },
    { name: "salt", type: "uint256" },
    { name: "conduitKey", type: "bytes32" },
    { name: "counter", type: "uint256" },
  ],
  OfferItem: ITEM,
  ConsiderationItem: [...ITEM, { name: "recipient", type: "address" }],
};

/** Without conduit and zone, which would cost more. The fee and the royalty are two items of the consideration. */
export async function seaport(): Promise<Operation[]> {
  const [seaportCode, controllerCode] = compile({
    ...SETTINGS,
    contracts: [
      ["seaport-core/src/Seaport.sol", "Seaport"],
      ["seaport-core/src/conduit/ConduitController.sol", "ConduitController"],
    ],
  });
  const [tokenCode] = compile({
    ...OPENZEPPELIN,
    contracts: [["contracts/OpenZeppelinToken.sol", "OpenZeppelinToken"]],
  });
  const market = await put(seaportCode!, await (await put(controllerCode!)).getAddress());
  const token = await tokenFor(tokenCode!, market);
  const name = "Seaport 1.6";
  const buying = "signed order, fee and royalty: no compliance, no revenue";
  const fill = async (salt: bigint, signed: boolean) => {
    const order = await orderOf(token, salt);
    const signature = signed ? await signatureOf(market, order) : "0x";
    const parameters = { ...order, totalOriginalConsiderationItems: order.consideration.length };
    const advanced = { parameters, numerator: TRADE.part, denominator: TRADE.units, signature, extraData: "0x" };
    return transaction(bob, market, "fulfillAdvancedOrder", [advanced, [], NONE, ethers.ZeroAddress]);
  };
  return [
    {
      ...{
        key: "buy",
        peer: "seaport",
        name,
        does: `${buying}; no signature sent, the first fill has validated the order`,
      },
      before: async () => bob.sendTransaction(await fill(1n, true)),
      transaction: () => fill(1n, false),
    },
    {
      ...{ key: "buyFirst", peer: "seaport", name, does: `${buying}; signature of 64 bytes (ERC-2098)` },
      transaction: () => fill(1n, true),
    },
    {
      ...{ key: "post", peer: "seaport", name, does: "validates the caller's own order, without a signature" },
      before: async () => as(alice, market, "validate")([await unsigned(token, 7n)]),
      transaction: async () => transaction(alice, market, "validate", [[await unsigned(token, 8n)]]),
    },
    {
      ...{ key: "cancel", peer: "seaport", name, does: "cancels by the order's components" },
      transaction: async () => transaction(alice, market, "cancel", [[await orderOf(token, 9n)]]),
    },
  ];
}

async function tokenFor(code: Code, market: Contract): Promise<Contract> {
  const token = await put(code);
  await stock(token, [ID]);
  await as(alice, token, "setApprovalForAll")(await market.getAddress(), true);
  await currency.connect(bob).approve(await market.getAddress(), ethers.MaxUint256);
  return token;
}

async function orderOf(token: Contract, salt: bigint) {
  const { fee, royalty, proceeds } = priceOf(TRADE.units);
  const money = await currency.getAddress();
  const pay = (amount: bigint, recipient: string) => ({
    ...{ itemType: ERC20, token: money, identifierOrCriteria: 0n },
    ...{ startAmount: amount, endAmount: amount, recipient },
  });
  return {
    offerer: alice.address,
    zone: ethers.ZeroAddress,
    offer: [
      {
        ...{ itemType: ERC1155, token: await token.getAddress(), identifierOrCriteria: ID },
        ...{ startAmount: TRADE.units, endAmount: TRADE.units },
      },
    ],
    consideration: [pay(proceeds, alice.address), pay(fee, treasury.address), pay(royalty, owner.address)],
    orderType: PARTIAL_OPEN,
    startTime: 0n,
    endTime: TRADE.expiry,
    zoneHash: NONE,
    salt,
    conduitKey: NONE,
    counter: 0n,
  };
}

async function unsigned(token: Contract, salt: bigint) {
  const order = await orderOf(token, salt);
  const parameters = { ...order, totalOriginalConsiderationItems: order.consideration.length };
  return { parameters, signature: "0x" };
}

async function signatureOf(market: Contract, order: Awaited<ReturnType<typeof orderOf>>): Promise<string> {
  const { chainId } = await ethers.provider.getNetwork();
  const domain = { name: "Seaport", version: "1.6", chainId, verifyingContract: await market.getAddress() };
  return ethers.Signature.from(await alice.signTypedData(domain, TYPES, order)).compactSerialized;
}
