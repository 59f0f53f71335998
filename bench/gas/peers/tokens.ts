import type { Contract } from "ethers";
import { alice, as, bob, put, transaction } from "../lib/chain.ts";
import { type Code, compile } from "../lib/code.ts";
import type { Operation } from "../lib/operation.ts";

/** Numbers from a counter: the cheapest ids that a token can have in call data. */
const IDS = Array.from({ length: 10 }, (_, i) => BigInt(i + 1));
const UNITS = 10n;

/**
 * OpenZeppelin's settings are those of the code in its own package (the compilation of `AccessManager` is equal to it, byte for
 * byte), but for the EVM version: it compiles for Osaka.
 */
export const OPENZEPPELIN = {
  solc: "solc-0.8.35",
  settings: { evmVersion: "prague", optimizer: { enabled: true, runs: 200 } },
} as const;

/** As in the `foundry.toml` of Solady's repository. */
const SOLADY = {
  solc: "solc-0.8.33",
  settings: { evmVersion: "paris", optimizer: { enabled: true, runs: 1_000 } },
} as const;

export async function tokens(): Promise<Operation[]> {
  const [openZeppelin] = compile({
    ...OPENZEPPELIN,
    contracts: [["contracts/OpenZeppelinToken.sol", "OpenZeppelinToken"]],
  });
  const [solady] = compile({ ...SOLADY, contracts: [["contracts/SoladyToken.sol", "SoladyToken"]] });
  return [
    ...(await operationsOf("openzeppelin", "OpenZeppelin ERC-1155", openZeppelin!)),
    ...(await operationsOf("solady", "Solady ERC-1155", solady!)),
  ];
}

async function operationsOf(peer: string, name: string, code: Code): Promise<Operation[]> {
  const token = await put(code);
  await stock(token, IDS);
  const does = "balances alone: no compliance, no revenue";
  return [
    {
      ...{ key: "transfer", peer, name, does },
      transaction: () =>
        transaction(alice, token, "safeTransferFrom", [alice, bob, IDS[0], UNITS, "0x"].map(addressed)),
    },
    {
      ...{ key: "batch10", peer, name, does },
      transaction: () =>
        transaction(
          alice,
          token,
          "safeBatchTransferFrom",
          [alice, bob, IDS, IDS.map(() => UNITS), "0x"].map(addressed),
        ),
    },
  ];
}

/** Units for both sides of a trade, so that no balance is zero before. */
export async function stock(token: Contract, ids: readonly bigint[]): Promise<void> {
  for (const id of ids) for (const holder of [alice, bob]) await as(alice, token, "mint")(holder.address, id, 1_000n);
}

const addressed = (value: unknown) => (value === alice || value === bob ? (value as typeof alice).address : value);
