import { type Address, isAddressEqual } from "viem";
import Cadastre from "../../ignition/modules/Cadastre.ts";
import Demo from "../../ignition/modules/Demo.ts";
import {
  developmentParameters,
  isDevelopment,
  networkParameters,
  type Parameters,
} from "../../ignition/parameters/index.ts";
import { checkAccess } from "./accessCheck.ts";
import { accountOf, type Chain, send } from "./chain.ts";
import type { Contracts } from "./contracts.ts";
import {
  deployedContracts,
  deploymentIdOf,
  forget,
  readDeployment,
  recordGenesis,
  staleProblem,
} from "./deployment.ts";
import { Problem } from "./problem.ts";

export interface DeployOptions {
  /** Forgets a deployment on an earlier chain. */
  readonly reset?: boolean;
  /** Also puts the demonstration currency on chain: by default on development networks, anywhere else refused. */
  readonly demo?: boolean;
  /** In place of those that the network has. */
  readonly parameters?: Parameters;
}

export interface Deployed {
  readonly contracts: Contracts;
  /** How many transactions it took; 0 if everything was there. */
  readonly transactions: number;
}

/**
 * Puts everything on chain that is not there yet, and proves that the deployer is left with no power.
 *
 * @throws Problem if the proof fails, the deployment is on an earlier chain, or the network's parameters do not suit
 */
export async function deploy(chain: Chain, options: DeployOptions = {}): Promise<Deployed> {
  const { reset = false, demo = isDevelopment(chain.id) } = options;
  if (demo && !isDevelopment(chain.id)) {
    throw new Problem(
      `The demonstration currency is refused on the network "${chain.name}": chain ${chain.id} is not a development network ` +
        "(ignition/parameters/index.ts lists them).",
    );
  }
  const deployer = accountOf(chain, "deployer");
  const parameters = options.parameters ?? parametersOf(chain);
  refuseDeployerAsMember(parameters, deployer);

  const deploymentId = await deploymentIdOf(chain);
  if (reset) forget(deploymentId);
  const state = await readDeployment(chain, deploymentId);
  if (state.kind === "stale") throw staleProblem(deploymentId, state.reason);
  recordGenesis(deploymentId, chain);

  const transactionsBefore = await transactionsOf(chain, deployer);
  const { ignition } = chain.connection;
  await ignition.deploy(Cadastre, { parameters: { ...parameters }, deploymentId });
  if (demo) await ignition.deploy(Demo, { deploymentId });
  let transactions = (await transactionsOf(chain, deployer)) - transactionsBefore;

  const contracts = await deployedContracts(chain);
  if (contracts.demo !== undefined) transactions += await admit(chain, contracts, contracts.demo);

  const wrong = await checkAccess(chain, contracts, parameters, deployer);
  if (wrong.length > 0) throw new Problem(`The AccessManager is not set up as it should be:\n- ${wrong.join("\n- ")}`);
  return { contracts, transactions };
}

export function parametersOf(chain: Chain): Parameters {
  if (isDevelopment(chain.id)) {
    const names = ["admin", "authority", "steward", "supervisor", "guardian", "treasury"] as const;
    const roles = Object.fromEntries(names.map((name) => [name, accountOf(chain, name)])) as Record<
      (typeof names)[number],
      Address
    >;
    return developmentParameters(roles);
  }
  const parameters = networkParameters(chain.name);
  if (parameters !== undefined) return parameters;
  throw new Problem(
    `No parameters for the network "${chain.name}" (chain ${chain.id}): ignition/parameters/${chain.name}.json is missing; ` +
      "docs/journey.md shows what it must say.",
  );
}

function refuseDeployerAsMember({ Cadastre }: Parameters, deployer: Address): void {
  for (const [name, value] of Object.entries(Cadastre)) {
    if (typeof value === "string" && isAddressEqual(value as Address, deployer)) {
      throw new Problem(
        `The parameter "${name}" is the deployer's own account ${deployer}: it would be left with power. Name another.`,
      );
    }
  }
}

/** The authority tries the currency with one base unit, as the registry asks. */
async function admit(chain: Chain, { currencies }: Contracts, demo: NonNullable<Contracts["demo"]>): Promise<number> {
  const authority = accountOf(chain, "authority");
  const admitted = await chain.client.readContract({ ...currencies, functionName: "isAdmitted", args: [demo.address] });
  if (admitted) return 0;
  await send(chain, authority, { ...demo, functionName: "mint", args: [authority, 1n] });
  await send(chain, authority, { ...demo, functionName: "approve", args: [currencies.address, 1n] });
  await send(chain, authority, { ...currencies, functionName: "admit", args: [demo.address, authority, 1n] });
  return 3;
}

function transactionsOf({ client }: Chain, address: Address): Promise<number> {
  return client.getTransactionCount({ address });
}
