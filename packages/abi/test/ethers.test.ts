import { Interface } from "ethers";
import { type Abi, type AbiEvent, toEventSelector } from "viem";
import { describe, expect, it } from "vitest";
import * as factories from "../src/ethers.ts";
import * as main from "../src/index.ts";

const abis = Object.entries(main).filter(([name]) => name.endsWith("Abi")) as [string, Abi][];

const byName = new Map<string, unknown>(Object.entries(factories));

/** `dataAssetAbi` → `DataAsset__factory`. */
const factoryOf = (name: string) => `${name[0]!.toUpperCase()}${name.slice(1, -"Abi".length)}__factory`;

describe("ethers", () => {
  it("ABI-06 has a factory for every address", () => {
    for (const name of Object.keys(main.addresses[31337])) expect(factories).toHaveProperty(`${name}__factory`);
  });

  it("ABI-06 has a factory for every ABI, with the same events", () => {
    expect(abis.length).toBeGreaterThan(20);
    for (const [name, abi] of abis) {
      const factory = byName.get(factoryOf(name)) as { readonly abi: Abi };
      expect(factory, name).toBeDefined();
      const events = abi.filter((item): item is AbiEvent => item.type === "event").map((item) => toEventSelector(item));
      const inEthers = new Interface(factory.abi as never).fragments
        .filter((fragment) => fragment.type === "event")
        .map((fragment) => toEventSelector(fragment.format("sighash")));
      expect(new Set(events), name).toEqual(new Set(inEthers));
    }
  });
});
