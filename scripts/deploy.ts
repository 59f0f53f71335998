// Deploys everything to a network; what is there already stays as it is.
import { parseArgs } from "node:util";
import { SYSTEM_NAMES } from "./lib/deployed.ts";
import { buildForDeployment, useProductionBuild } from "./support/build.ts";
import { accountOf, openChain } from "./support/chain.ts";
import type { Contracts } from "./support/contracts.ts";
import { main } from "./support/problem.ts";
import { table } from "./support/table.ts";

const HELP = `npm run deploy [-- OPTIONS]

  --network NAME  a network of hardhat.config.ts (default: localhost)
  --reset         forget the deployment on an earlier chain
  --no-demo       without the demonstration currency, which development networks get
  --help
`;

if (import.meta.main) {
  await main(async () => {
    const { values } = parseArgs({
      allowNegative: true,
      options: {
        network: { type: "string", default: "localhost" },
        reset: { type: "boolean", default: false },
        demo: { type: "boolean" },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return console.log(HELP);
    useProductionBuild();
    const chain = await openChain(values.network);
    await buildForDeployment();
    const { deploy } = await import("./support/deploy.ts");
    const { contracts, transactions } = await deploy(chain, {
      reset: values.reset,
      ...(values.demo === undefined ? {} : { demo: values.demo }),
    });
    console.log(addressTable(contracts));
    console.log(
      transactions === 0 ? "Nothing to deploy: everything is there." : `Deployed with ${transactions} transactions.`,
    );
    console.log(`Checked: roles are as they should be, and the deployer ${accountOf(chain, "deployer")} has no power.`);
  });
}

export function addressTable({ demo, ...contracts }: Contracts): string {
  const rows: string[][] = SYSTEM_NAMES.map((name) => [name, contracts[name].address]);
  if (demo !== undefined) rows.push(["currency (demonstration)", demo.address]);
  return table(["contract", "address"], rows);
}
