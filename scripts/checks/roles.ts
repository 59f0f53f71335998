// Roles.sol and ignition/roles.ts name the same roles, and every restricted function of the deployed contracts has its role.
import { ADMIN_SELECTORS, FUNCTION_ROLES, ROLES } from "../../ignition/roles.ts";
import { read } from "../lib/files.ts";
import { close } from "../lib/report.ts";
import { type AstNode, compile } from "../lib/solc.ts";

const constants = read("contracts/access/Roles.sol").matchAll(/uint64 internal constant (\w+) = (\d+);/g);
const onChain = new Map([...constants].map(([, name, number]) => [name!, BigInt(number!)]));
const offChain = new Map(Object.entries(ROLES).map(([name, { id }]) => [name, id]));
const faults: string[] = [];
for (const name of new Set([...onChain.keys(), ...offChain.keys()])) {
  const [there, here] = [onChain.get(name), offChain.get(name)];
  if (there !== here) faults.push(`role ${name} is ${there} in Roles.sol and ${here} in ignition/roles.ts`);
}

const output = compile(["contracts/**/*.sol"], ["abi"]);
const restricted = new Map<string, string>();
for (const [path, { ast }] of Object.entries(output.sources)) {
  if (!/^contracts\/(?!mocks\/|examples\/)/.test(path)) continue;
  for (const node of functionsOf(ast)) {
    const guarded = node.modifiers?.some(({ modifierName }) => modifierName.name === "restricted") ?? false;
    if (guarded) restricted.set(`0x${node.functionSelector}`, `${path}: ${node.name}`);
  }
}
const assigned = new Set([...ADMIN_SELECTORS, ...FUNCTION_ROLES.flatMap(({ selectors }) => selectors)]);
for (const [selector, name] of restricted) {
  if (!assigned.has(selector)) faults.push(`${name} (${selector}) is restricted and has no role in ignition/roles.ts`);
}
for (const selector of assigned) {
  if (!restricted.has(selector))
    faults.push(`ignition/roles.ts gives ${selector} a role, and no such function is restricted`);
}
close("roles", `${onChain.size} roles, ${restricted.size} restricted functions`, faults);

function functionsOf(node: AstNode): AstNode[] {
  if (node.nodeType === "FunctionDefinition") return [node];
  return (node.nodes ?? []).flatMap(functionsOf);
}
