import {
  type Abi,
  type AbiFunction,
  type ContractFunctionArgs,
  type ContractFunctionName,
  decodeFunctionData,
  type Hex,
  parseTransaction,
  type TransactionSerialized,
  toFunctionSelector,
} from "viem";

type Write = "nonpayable" | "payable";

/** A call as the signed bytes of a transaction have it. */
export interface Call<abi extends Abi, name extends ContractFunctionName<abi, Write>> {
  readonly name: name;
  readonly args: ContractFunctionArgs<abi, Write, name>;
}

/**
 * The calls of some functions in a transaction: its own, or one that stands in the data of a call to another contract, such as an
 * account that is a contract. Whether it was carried out, the logs say.
 */
export function callsIn<const abi extends Abi, const name extends ContractFunctionName<abi, Write>>(
  raw: Hex,
  abi: abi,
  names: readonly name[],
): Call<abi, name>[] {
  const { data } = parseTransaction(raw as TransactionSerialized);
  if (data === undefined) return [];
  const calls: Call<abi, name>[] = [];
  for (const item of abi) {
    if (item.type !== "function" || !names.includes(item.name as name)) continue;
    const selector = toFunctionSelector(item as AbiFunction).slice(2);
    for (let at = data.indexOf(selector, 2); at >= 0; at = data.indexOf(selector, at + 1)) {
      if (at % 2 === 1) continue;
      try {
        const decoded = decodeFunctionData({ abi: [item] as Abi, data: `0x${data.slice(at)}` });
        calls.push({ name: item.name as name, args: decoded.args as Call<abi, name>["args"] });
      } catch {
        // The same four bytes as data of something else.
      }
    }
  }
  return calls;
}
