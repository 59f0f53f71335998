import { type BaseContract, Contract, ContractFactory, type ContractTransactionResponse, type Interface } from "ethers";
import { deploy, ethers, networkHelpers, provider } from "../../../test/support/deploy.ts";
import type { Code } from "./code.ts";

export { ethers, provider };

export const system = await deploy();

/** One signs, some pay, some are paid: `alice` sells, `bob` buys, `treasury` has the market fee, `owner` the royalty. */
export const { alice, bob, owner, treasury, operator, deployer, currency } = system;

export type Account = typeof alice;

/** Prices, shares and amounts that all markets have in common. */
export const TRADE = {
  units: 100n,
  part: 10n,
  unitPrice: 5_000_000n,
  feeBps: 100n,
  royaltyBps: 250n,
  expiry: 4_102_444_800n,
} as const;

export const priceOf = (units: bigint) => {
  const price = units * TRADE.unitPrice;
  const [fee, royalty] = [(price * TRADE.feeBps) / 10_000n, (price * TRADE.royaltyBps) / 10_000n];
  return { price, fee, royalty, proceeds: price - fee - royalty };
};

/** Names for traces, by address. */
export const names = new Map<string, { readonly name: string; readonly abi: Interface | undefined }>();

export async function introduce(name: string, target: BaseContract | Account): Promise<void> {
  const abi = "interface" in target ? target.interface : undefined;
  names.set((await target.getAddress()).toLowerCase(), { name, abi });
}

for (const [name, target] of Object.entries(system)) await introduce(name, target);

/** Deploys a peer's contract. */
export async function put(code: Code, ...args: unknown[]): Promise<Contract> {
  const contract = await new ContractFactory(code.abi, code.bytecode, deployer).deploy(...args);
  await contract.waitForDeployment();
  return at(code, await contract.getAddress());
}

/** A contract that is there already. */
export async function at(code: Pick<Code, "name" | "abi">, address: string): Promise<Contract> {
  const contract = new Contract(address, code.abi, deployer);
  await introduce(code.name, contract);
  return contract;
}

/** A function of a contract, called by somebody. */
export const as = (account: Account, contract: Contract, name: string) => {
  const call = (contract.connect(account) as Contract).getFunction(name);
  return (...args: unknown[]): Promise<ContractTransactionResponse> => call(...args);
};

/** The transaction of a row, ready to be sent. */
export interface Transaction {
  readonly from: Account;
  readonly to: string;
  readonly data: string;
}

export async function transaction(
  from: Account,
  contract: BaseContract,
  name: string,
  args: readonly unknown[],
): Promise<Transaction> {
  return { from, to: await contract.getAddress(), data: contract.interface.encodeFunctionData(name, args) };
}

/** Sends a transaction in a block of its own, so that it finds everything cold, and says what it cost. */
export async function send({ from, to, data }: Transaction): Promise<{ readonly gas: number; readonly hash: string }> {
  const sent = await from.sendTransaction({ to, data });
  const receipt = await sent.wait();
  if (receipt?.status !== 1) throw new Error(`${sent.hash} was reverted`);
  return { gas: Number(receipt.gasUsed), hash: sent.hash };
}

/** Leaves the chain as it was. */
export async function undone<T>(action: () => Promise<T>): Promise<T> {
  const snapshot = await networkHelpers.takeSnapshot();
  try {
    return await action();
  } finally {
    await snapshot.restore();
  }
}
