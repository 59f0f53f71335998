import { toEventSelector, toFunctionSelector } from "viem";
import type { AbiItem, AbiParameter } from "./solc.ts";

/** `name(type,type)` with tuples written out. */
export function signatureOf({ name, inputs }: AbiItem): string {
  return `${name}(${inputs.map(canonicalType).join(",")})`;
}

function canonicalType({ type, components }: AbiParameter): string {
  if (components === undefined) return type;
  return `(${components.map(canonicalType).join(",")})${type.slice("tuple".length)}`;
}

/** First four bytes of the signature's hash; functions and errors have them. */
export function selectorOf(item: AbiItem): string {
  return toFunctionSelector(signatureOf(item));
}

export function topicOf(item: AbiItem): string {
  return toEventSelector(signatureOf(item));
}

/** The type as the source has it: user-defined types and structs by their names. */
export function sourceType({ type, internalType }: AbiParameter): string {
  return internalType === undefined ? type : internalType.replace(/^(struct|enum|contract) /, "");
}
