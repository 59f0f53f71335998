import { type AbiParameter, encodeErrorResult, getAddress, type Hex, toFunctionSelector, zeroAddress } from "viem";
import { describe, expect, it } from "vitest";
import { dataAssetAbi, errorTable, explainError, marketplaceAbi, sentences } from "../src/index.ts";

const ACCOUNT = getAddress(`0x${"ab".repeat(20)}`);

/** The value of a type that is all zeros, as viem decodes it. */
function leastOf(parameter: AbiParameter): unknown {
  const { type } = parameter;
  if (type.endsWith("[]")) return [];
  if ("components" in parameter) {
    return Object.fromEntries(parameter.components.map((component) => [component.name, leastOf(component)]));
  }
  if (type === "address") return zeroAddress;
  if (type === "bool") return false;
  if (type === "string") return "";
  if (type === "bytes") return "0x";
  const bits = /^u?int(\d+)$/.exec(type)?.[1];
  if (bits !== undefined) return Number(bits) <= 48 ? 0 : 0n;
  return `0x${"00".repeat(Number(type.slice("bytes".length)))}`;
}

describe("explainError", () => {
  it("ABI-01 decodes revert data into name, values and sentences", () => {
    const data = encodeErrorResult({
      abi: marketplaceAbi,
      errorName: "Market_EpochOver",
      args: [ACCOUNT, 3, 4],
    });
    expect(explainError(data)).toEqual({
      name: "Market_EpochOver",
      args: [ACCOUNT, 3, 4],
      ...sentences.Market_EpochOver,
    });
  });

  it("ABI-01 decodes every error of the table", () => {
    for (const [selector, { name, parameters }] of Object.entries(errorTable)) {
      const inputs: readonly AbiParameter[] = parameters;
      const args = inputs.map(leastOf);
      const data = encodeErrorResult({ abi: [{ type: "error", name, inputs }], args });
      expect(data.slice(0, 10)).toBe(selector);
      expect(explainError(data)).toEqual({ name, args, ...sentences[name] });
    }
  });

  it("ABI-02 explains a selector alone, as the explaining views give it", () => {
    const data = encodeErrorResult({ abi: dataAssetAbi, errorName: "ERC7943CannotSend", args: [ACCOUNT] });
    const selector = data.slice(0, 10) as Hex;
    expect(explainError(selector)).toEqual({ name: "ERC7943CannotSend", args: [], ...sentences.ERC7943CannotSend });
  });

  it("ABI-03 knows what Solidity itself reverts with", () => {
    const message = `0x08c379a0${"20".padStart(64, "0")}${"02".padStart(64, "0")}${"6e6f".padEnd(64, "0")}` as const;
    expect(explainError(message)).toMatchObject({ name: "Error", args: ["no"] });
    const panic = `0x4e487b71${"11".padStart(64, "0")}` as const;
    expect(explainError(panic)).toMatchObject({ name: "Panic", args: [0x11n] });
  });

  it("ABI-04 claims nothing about data that it does not know", () => {
    const short = encodeErrorResult({ abi: dataAssetAbi, errorName: "Assets_Inactive", args: [ACCOUNT] }).slice(0, -2);
    for (const data of ["0x", "0x123456", "0xdeadbeef", short, "", "no hex", "0x08c379a0zz"] as Hex[]) {
      expect(explainError(data)).toBeUndefined();
    }
  });
});

describe("the error table", () => {
  it("ABI-05 keys each error by the selector of its signature", () => {
    const entries = Object.entries(errorTable);
    expect(entries.length).toBeGreaterThan(100);
    for (const [selector, { signature }] of entries) expect(toFunctionSelector(signature)).toBe(selector);
  });
});
