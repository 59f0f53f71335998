// The deployed contracts fit EIP-170 and EIP-3860 in the production profile, and have the committed sizes.
import { command, readOptions } from "../lib/command.ts";
import { DEPLOYED_NAMES } from "../lib/deployed.ts";
import { buildProduction, sizesOf } from "../lib/production.ts";
import { close } from "../lib/report.ts";
import { committedSnapshot, compare, UPDATE } from "../lib/snapshot.ts";

const RUNTIME_LIMIT = 24_576;
const CREATION_LIMIT = 49_152;

const options = readOptions(
  "npm run check:sizes [-- --update]  sizes are the committed ones and fit the limits",
  UPDATE,
);
await command(async () => {
  await buildProduction();
  const sizes = Object.fromEntries(DEPLOYED_NAMES.map((name) => [name, sizesOf(name)]));
  const before = committedSnapshot<typeof sizes>("sizes") ?? {};
  const faults: string[] = [];
  for (const [name, { runtime, creation }] of Object.entries(sizes)) {
    const change = runtime - (before[name]?.runtime ?? runtime);
    const left = RUNTIME_LIMIT - runtime;
    console.log(
      `${name.padEnd(20)} ${String(runtime).padStart(6)} bytes ${String(change).padStart(6)} changed ${String(left).padStart(6)} left`,
    );
    if (left < 0) faults.push(`${name}: ${runtime} bytes are more than EIP-170's ${RUNTIME_LIMIT}`);
    if (creation > CREATION_LIMIT)
      faults.push(`${name}: ${creation} bytes of creation code are more than EIP-3860's limit`);
  }
  close("sizes", `${DEPLOYED_NAMES.length} contracts`, [...faults, ...(await compare("sizes", sizes, options))]);
});
