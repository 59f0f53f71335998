import type { NetworkConnection } from "hardhat/types/network";
import {
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  getAddress,
  type Hex,
  isAddressEqual,
  type PublicClient,
  type TransactionReceipt,
  type WalletClient,
} from "viem";
import { ACCOUNT_NAMES, type AccountName } from "./accounts.ts";
import { shortMessage } from "./explain.ts";
import { Problem } from "./problem.ts";

/** A network that answers, with the accounts that this side can sign for. */
export interface Chain {
  readonly name: string;
  readonly id: number;
  readonly genesis: Hex;
  readonly connection: NetworkConnection;
  readonly client: PublicClient;
  readonly accounts: readonly Address[];
}

/** Opens a network of `hardhat.config.ts` by its name. */
export async function openChain(name: string): Promise<Chain> {
  const { default: hre } = await import("hardhat");
  if (hre.config.networks[name] === undefined) {
    throw new Problem(
      `There is no network "${name}" in hardhat.config.ts; it has ${Object.keys(hre.config.networks).join(", ")}.`,
    );
  }
  return chainOf(await hre.network.create(name));
}

export async function chainOf(connection: NetworkConnection): Promise<Chain> {
  if (connection.networkConfig.type !== "http") {
    throw new Problem(
      `The network "${connection.networkName}" lives in memory and ends with this command: nothing on it would last. ` +
        "Start a chain with `npm start` and use the network localhost.",
    );
  }
  try {
    const client = (await connection.viem.getPublicClient()) as PublicClient;
    const wallets = await connection.viem.getWalletClients();
    const { hash } = await client.getBlock({ blockNumber: 0n });
    return {
      name: connection.networkName,
      id: await client.getChainId(),
      genesis: hash,
      connection,
      client,
      accounts: wallets.map(({ account }) => getAddress(account.address)),
    };
  } catch (error) {
    throw new Problem(
      `The network "${connection.networkName}" does not answer (${shortMessage(error).split("\n")[0]}).\n` +
        "Start a chain with `npm start`, or name another network with --network.",
    );
  }
}

/** The account of a name by its position. */
export function accountOf(chain: Chain, name: AccountName): Address {
  const address = chain.accounts[ACCOUNT_NAMES.indexOf(name)];
  if (address === undefined) {
    throw new Problem(
      `The network "${chain.name}" offers ${chain.accounts.length} accounts; "${name}" is number ${ACCOUNT_NAMES.indexOf(name) + 1}. ` +
        "Give it more accounts in hardhat.config.ts.",
    );
  }
  return address;
}

export async function walletOf(chain: Chain, address: Address): Promise<WalletClient> {
  if (!chain.accounts.some((known) => isAddressEqual(known, address))) {
    throw new Problem(
      `The network "${chain.name}" has no key of ${address}; add it to its accounts in hardhat.config.ts.`,
    );
  }
  return (await chain.connection.viem.getWalletClient(address)) as WalletClient;
}

type Write = "nonpayable" | "payable";

/** A transaction to a contract, typed by its ABI. */
export interface Call<abi extends Abi, name extends ContractFunctionName<abi, Write>> {
  readonly address: Address;
  readonly abi: abi;
  readonly functionName: name;
  readonly args: ContractFunctionArgs<abi, Write, name>;
}

/**
 * Sends a transaction and waits until it is in a block. It is simulated first, so that a refusal comes as the contract's error
 * and costs nothing.
 */
export async function send<const abi extends Abi, name extends ContractFunctionName<abi, Write>>(
  chain: Chain,
  from: Address,
  call: Call<abi, name>,
): Promise<TransactionReceipt> {
  const wallet = await walletOf(chain, from);
  // The types above have checked the call; viem's own do not follow through type parameters.
  const request = {
    address: call.address,
    abi: call.abi as Abi,
    functionName: call.functionName as string,
    args: call.args as readonly unknown[],
  };
  await chain.client.simulateContract({ ...request, account: from });
  const hash = await wallet.writeContract({ ...request, account: from, chain: wallet.chain ?? null });
  const receipt = await chain.client.waitForTransactionReceipt({ hash, pollingInterval: 50 });
  if (receipt.status !== "success")
    throw new Error(`transaction ${hash} (${request.functionName}) was reverted in its block`);
  return receipt;
}
