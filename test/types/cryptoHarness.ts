import { createRequire } from "node:module";
import { type Contract, ContractFactory, type InterfaceAbi } from "ethers";
import hre from "hardhat";
import { collect, inputOf } from "../../scripts/lib/solc.ts";
import { ethers } from "../support/deploy.ts";

export interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

/** As KeyWrap.sol has it. */
export interface WrapProof {
  readonly s: Point;
  readonly a: Point;
  readonly b: Point;
  readonly t: Point;
  readonly z: bigint;
  readonly inverse: bigint;
}

/** A proof, and what it is about. */
export interface Delivery {
  readonly publicKey: Point;
  readonly ephemeral: Point;
  readonly context: Uint8Array | string;
  readonly proof: WrapProof;
}

interface Compiled {
  readonly abi: InterfaceAbi;
  readonly evm: { readonly bytecode: { readonly object: string } };
}

const HARNESS = "contracts/mocks/CryptoHarness.sol";

/** Ways to compile: what is deployed, what is tested, and what nobody would take. */
const SETTINGS = {
  production: profile("production"),
  default: profile("default"),
  unoptimised: { ...profile("default"), optimizer: { enabled: false } },
  unoptimisedThroughYul: { ...profile("default"), optimizer: { enabled: false }, viaIR: true },
};

export const COMPILATIONS = Object.keys(SETTINGS) as readonly (keyof typeof SETTINGS)[];

const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string };

/** The harness, compiled in one of the ways. */
export async function deployHarness(compilation: keyof typeof SETTINGS): Promise<Contract> {
  const outputSelection = { [HARNESS]: { CryptoHarness: ["abi", "evm.bytecode.object"] } };
  const settings = { ...SETTINGS[compilation], outputSelection };
  const input = { language: "Solidity", sources: inputOf(collect([HARNESS])), settings };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as {
    readonly contracts: Readonly<Record<string, { readonly CryptoHarness: Compiled }>>;
  };
  const { abi, evm } = output.contracts[HARNESS]!.CryptoHarness;
  const [deployer] = await ethers.getSigners();
  const harness = await new ContractFactory(abi, evm.bytecode.object, deployer).deploy();
  return (await harness.waitForDeployment()) as Contract;
}

/** What the contract says of each of the proofs. */
export async function proven(harness: Contract, deliveries: readonly Delivery[]): Promise<boolean[]> {
  const results = await harness.getFunction("prove").staticCall(
    deliveries.map(({ proof }) => proof),
    deliveries.map(({ publicKey }) => publicKey),
    deliveries.map(({ ephemeral }) => ephemeral),
    deliveries.map(({ context }) => context),
  );
  return [...results];
}

function profile(name: string): object {
  return hre.config.solidity.profiles[name]!.compilers[0]!.settings;
}
