// Every restricted function of every deployed contract has its role, no other function has one, and the fuzz test of
// permissions calls each.
import { ADMIN_SELECTORS, FUNCTION_ROLES } from "../../ignition/roles.ts";
import { readOptions } from "../lib/command.ts";
import { SYSTEM } from "../lib/deployed.ts";
import { read } from "../lib/files.ts";
import { close } from "../lib/report.ts";
import { restrictedFunctions } from "../lib/restricted.ts";
import { compile } from "../lib/solc.ts";

readOptions("npm run check:roles  every restricted function has its role", {});

const FUZZED = "test/access/Permissions.t.sol";

const functions = restrictedFunctions(compile(["contracts/**/*.sol"], ["abi"]).sources);
const restricted = new Map(functions.map((one) => [`${one.contract} ${one.selector}`, one]));
const assigned = new Set(
  FUNCTION_ROLES.flatMap(({ contract, selectors }) =>
    selectors.map((selector) => `${SYSTEM[contract].contract} ${selector}`),
  ),
);
const faults: string[] = [];
for (const [key, { contract, name, selector }] of restricted) {
  if (assigned.has(key) === ADMIN_SELECTORS.includes(selector))
    faults.push(
      `${contract}.${name} (${selector}) is restricted and has ${assigned.has(key) ? "two roles" : "no role"}`,
    );
}
for (const key of assigned)
  if (!restricted.has(key)) faults.push(`ignition/roles.ts gives ${key} a role, and no such function is restricted`);
for (const selector of ADMIN_SELECTORS) {
  if (!functions.some((one) => one.selector === selector))
    faults.push(`ignition/roles.ts leaves ${selector} to ADMIN, and no such function is restricted`);
}
const fuzzed = Number(/\bFUNCTIONS = (\d+);/.exec(read(FUZZED))?.[1]);
if (fuzzed !== restricted.size) faults.push(`${FUZZED} calls ${fuzzed} restricted functions of ${restricted.size}`);
close("roles", `${restricted.size} restricted functions`, faults);
