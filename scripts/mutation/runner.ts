import {
  CollectStackTraces,
  EdrContext,
  L1_CHAIN_TYPE,
  l1GenesisState,
  l1HardforkFromString,
  l1SolidityTestRunnerFactory,
  PRAGUE,
  type SuiteResult,
  TestStatus,
} from "@nomicfoundation/edr";
import { ROOT } from "../lib/process.ts";
import type { Deployable } from "./detach.ts";
import type { FileCode } from "./solidity.ts";

/** How hard the tests try. The seed is Hardhat's. */
export interface Effort {
  readonly fuzz: number;
  readonly invariant: { readonly runs: number; readonly depth: number };
}

const SEED = "0x7727ea51af0441c20da14dcd68a15dac8c9ebd589c5be8fa8c87c1d3720450bc";

let context: Promise<EdrContext> | undefined;

async function openContext(): Promise<EdrContext> {
  const opened = new EdrContext();
  await opened.registerSolidityTestRunnerFactory(L1_CHAIN_TYPE, l1SolidityTestRunnerFactory());
  return opened;
}

/** Runs the tests of one file, as `hardhat test solidity` does. Gives the first test that fails, if one does. */
export async function runFile(
  file: string,
  code: FileCode,
  deployed: ReadonlyMap<Deployable, string>,
  effort: Effort,
): Promise<{ readonly passed: number; readonly failure: string | undefined }> {
  context ??= openContext();
  const artifacts = Object.entries(code)
    .filter(([, { creation }]) => creation !== "")
    .map(([name, { abi, creation, runtime }]) => ({
      id: { name, source: file, solcVersion: "0.8.37" },
      contract: { abi: JSON.stringify(abi), bytecode: `0x${creation}`, deployedBytecode: `0x${runtime}` },
    }));
  const suites = artifacts.filter(({ id }) =>
    code[id.name]!.abi.some(({ type, name = "" }) => type === "function" && /^(test|invariant)/.test(name)),
  );
  if (suites.length === 0) return { passed: 0, failure: undefined };
  const accounts = [...deployed].map(([{ at }, creation]) => ({
    address: Buffer.from(at.toString(16).padStart(40, "0"), "hex"),
    code: Buffer.from(creation, "hex"),
  }));
  const results: SuiteResult[] = [];
  const edr = await context;
  await new Promise<void>((done, fail) => {
    edr
      .runSolidityTests(
        L1_CHAIN_TYPE,
        artifacts,
        suites.map(({ id }) => id),
        {
          projectRoot: ROOT,
          hardfork: PRAGUE,
          localPredeploys: [...l1GenesisState(l1HardforkFromString(PRAGUE)), ...accounts],
          disableBlockGasLimit: true,
          disableTransactionGasCap: true,
          collectStackTraces: CollectStackTraces.OnFailure,
          fuzz: { runs: effort.fuzz, seed: SEED },
          invariant: { ...effort.invariant, failOnRevert: true, shrinkRunLimit: 0 },
        },
        {},
        (result) => {
          results.push(result);
          // The last results may come after the run's own end.
          if (results.length === suites.length) done();
        },
      )
      .catch(fail);
  });
  const tests = results.flatMap(({ id, testResults }) =>
    testResults.map(({ name, status }) => ({ name: `${id.name}.${name}`, failed: status === TestStatus.Failure })),
  );
  return { passed: tests.filter(({ failed }) => !failed).length, failure: tests.find(({ failed }) => failed)?.name };
}
