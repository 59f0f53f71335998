import { encodeErrorResult, getAddress, type Hex, toFunctionSelector } from "viem";
import { describe, expect, it } from "vitest";
import { dataAssetAbi, errorTable, explainError, marketplaceAbi, sentences } from "../src/index.ts";

const ACCOUNT = getAddress(`0x${"ab".repeat(20)}`);

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
    for (const data of ["0x", "0x123456", "0xdeadbeef", short] as Hex[]) expect(explainError(data)).toBeUndefined();
  });
});

describe("the error table", () => {
  it("ABI-05 keys each error by the selector of its signature", () => {
    const entries = Object.entries(errorTable);
    expect(entries.length).toBeGreaterThan(100);
    for (const [selector, { signature }] of entries) expect(toFunctionSelector(signature)).toBe(selector);
  });
});
