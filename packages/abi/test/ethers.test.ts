import { Interface } from "ethers";
import { toEventSelector } from "viem";
import { describe, expect, it } from "vitest";
import * as factories from "../src/ethers.ts";
import { addresses, dataAssetAbi } from "../src/index.ts";

describe("ethers", () => {
  it("ABI-06 has a factory for every address, of the same interface as the ABI", () => {
    for (const name of Object.keys(addresses[31337])) {
      expect(factories).toHaveProperty(`${name}__factory`);
    }
    const events = dataAssetAbi.filter((item) => item.type === "event").map((item) => toEventSelector(item));
    const inEthers = new Interface(factories.DataAsset__factory.abi).fragments
      .filter((fragment) => fragment.type === "event")
      .map((fragment) => toEventSelector(fragment.format("sighash")));
    expect(new Set(events)).toEqual(new Set(inEthers));
  });
});
