import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { FunctionFragment, Interface } from "ethers";
import { artifacts } from "hardhat";

const SUITE = join(import.meta.dirname, "AdversaryFrontRunner.t.sol");
const CONTRACTS = ["Disputes", "LicenceRegistry", "Subscriptions"];

describe("front-running", () => {
  it("ADV-83 is tried on each function of licences that changes anything, and on no other", async () => {
    const functions: string[] = [];
    for (const name of CONTRACTS) {
      const { fragments } = new Interface((await artifacts.readArtifact(name)).abi);
      for (const fragment of fragments)
        if (FunctionFragment.isFragment(fragment) && !fragment.constant) functions.push(`${name}.${fragment.name}`);
    }
    const lists = [...readFileSync(SUITE, "utf8").matchAll(/^ {4}string\[\d+\] private \w+ = \[([^\]]*)\]/gm)];
    const tried = lists.flatMap(([, list]) => [...list!.matchAll(/"([^"]+)"/g)].map(([, name]) => name!));
    expect(tried.sort()).to.deep.equal(functions.sort());
  });
});
