import { type AbiParameter, decodeErrorResult, type Hex, isHex, size, slice } from "viem";
import { type ErrorName, errorTable } from "./errors.ts";
import { builtIn, sentences } from "./sentences.ts";

/** An error in words. */
export interface ExplainedError {
  readonly name: ErrorName | keyof typeof builtIn;
  /**
   * The error's values in the order of its signature, as viem decodes them: `bigint`, `number` up to 48 bits, checksummed
   * address, hexadecimal text for bytes, objects for structs. Empty where only the selector is known.
   */
  readonly args: readonly unknown[];
  readonly en: string;
  readonly zh: string;
}

/** Solidity's own errors by selector. */
const SOLIDITY = {
  "0x08c379a0": { name: "Error", parameters: [{ name: "message", type: "string" }] },
  "0x4e487b71": { name: "Panic", parameters: [{ name: "code", type: "uint256" }] },
} as const;

/**
 * Says what revert data, or the selector that an `explain…` view gives, means. `undefined` where it is no error of these
 * contracts, is cut short, or is not hexadecimal at all; never throws.
 *
 * @example
 * const [ok, reason] = await assets.read.explainTransfer([operator, from, to, id, units]);
 * if (!ok) console.log(explainError(reason)?.en);
 */
export function explainError(data: Hex): ExplainedError | undefined {
  if (!isHex(data) || size(data) < 4) return undefined;
  const selector = slice(data, 0, 4).toLowerCase();
  if (Object.hasOwn(SOLIDITY, selector)) {
    const { name, parameters } = SOLIDITY[selector as keyof typeof SOLIDITY];
    const args = decode(name, parameters, data);
    return args === undefined ? undefined : { name, args, ...builtIn[name] };
  }
  if (!Object.hasOwn(errorTable, selector)) return undefined;
  const { name, parameters } = errorTable[selector as keyof typeof errorTable];
  const args = decode(name, parameters, data);
  return args === undefined ? undefined : { name, args, ...sentences[name] };
}

function decode(name: string, parameters: readonly AbiParameter[], data: Hex): readonly unknown[] | undefined {
  if (parameters.length === 0 || size(data) === 4) return [];
  try {
    const { args } = decodeErrorResult({ abi: [{ type: "error", name, inputs: parameters }], data });
    return args as readonly unknown[];
  } catch {
    return undefined;
  }
}
