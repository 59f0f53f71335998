import { createRequire } from "node:module";
import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import viem from "@nomicfoundation/hardhat-viem";
import { defineConfig } from "hardhat/config";
import { tasks } from "./tasks/index.ts";

const solcPath = createRequire(import.meta.url).resolve("solc/soljson.js");

const compiler = (optimizer: object, viaIR: boolean) => ({
  version: "0.8.37",
  path: solcPath,
  settings: { evmVersion: "prague", metadata: { bytecodeHash: "none" }, optimizer, viaIR },
});

// What is deployed is compiled with the production profile into folders of its own, so that tests and a running system do not
// overwrite each other's build.
const paths =
  process.env.CADASTRE_BUILD === "production"
    ? { artifacts: ".cadastre/build/artifacts", cache: ".cadastre/build/cache" }
    : {};

// Builds for tests and for coverage are larger than what is deployed; `npm run check:sizes` holds the real sizes against the limit.
const allowUnlimitedContractSize = process.env.CADASTRE_BUILD !== "production";

/** How much the Solidity tests try; `npm run test:deep` asks for more. */
function effort(variable: string, usual: number): number {
  const value = Number(process.env[variable] ?? usual);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`${variable}=${process.env[variable]} is not a whole number above zero`);
  return value;
}

export default defineConfig({
  plugins: [toolbox, viem],
  tasks,
  paths,
  solidity: {
    npmFilesToBuild: ["@openzeppelin/contracts/access/manager/AccessManager.sol"],
    profiles: {
      default: { compilers: [compiler({ enabled: true, runs: 200 }, false)] },
      production: {
        compilers: [compiler({ enabled: true, runs: 20_000 }, true)],
        // With more runs these would exceed EIP-170.
        overrides: {
          "contracts/assets/DataAsset.sol": compiler({ enabled: true, runs: 1_000 }, true),
          "contracts/licences/LicenceRegistry.sol": compiler({ enabled: true, runs: 1_000 }, true),
          "contracts/licences/Subscriptions.sol": compiler({ enabled: true, runs: 1_000 }, true),
        },
        isolated: false,
      },
    },
  },
  networks: {
    default: { type: "edr-simulated", chainType: "l1", hardfork: "prague", allowUnlimitedContractSize },
    node: { type: "edr-simulated", chainType: "l1", hardfork: "prague", chainId: 31_337, allowUnlimitedContractSize },
    localhost: { type: "http", chainType: "l1", url: process.env.CADASTRE_RPC_URL ?? "http://127.0.0.1:8545" },
  },
  test: {
    solidity: {
      fuzz: { runs: effort("CADASTRE_FUZZ_RUNS", 256) },
      invariant: {
        runs: effort("CADASTRE_INVARIANT_RUNS", 24),
        depth: effort("CADASTRE_INVARIANT_DEPTH", 100),
        failOnRevert: true,
      },
    },
  },
  // Only `npm run generate` writes types: factories carry bytecode, and other builds (production, coverage) have another.
  typechain: {
    outDir: process.env.TYPECHAIN_OUT ?? "typechain-types",
    dontOverrideCompile: !process.env.TYPECHAIN_OUT,
  },
});
