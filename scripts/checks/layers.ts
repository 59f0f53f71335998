// A contract folder imports interfaces and types of the folders above it, and nothing else of them.
import { readOptions } from "../lib/command.ts";
import { list, read } from "../lib/files.ts";
import { close } from "../lib/report.ts";
import { importsOf } from "../lib/solc.ts";

readOptions(
  "npm run check:layers  imports between contract folders point to interfaces and types of folders above",
  {},
);

/** From the top; imports point upwards in this list. */
const LAYERS = [
  ...["types", "access", "participants", "assets", "policies", "provenance", "licences", "market", "demo", "examples"],
  "mocks",
];
const LIBRARIES = ["@openzeppelin/contracts/"];

const layerOf = (path: string) => path.split("/")[1]!;
const fileOf = (path: string) => path.split("/").at(-1)!;

function isInterfaceOrTypes(path: string): boolean {
  const file = fileOf(path);
  return (
    layerOf(path) === "types" || /^I[A-Z].*\.sol$/.test(file) || file.endsWith("Types.sol") || file === "Roles.sol"
  );
}

function faultOf(from: string, to: string): string | undefined {
  if (LIBRARIES.some((library) => to.startsWith(library))) return undefined;
  if (!to.startsWith("contracts/")) return "is neither ours nor OpenZeppelin's";
  const [own, other] = [layerOf(from), layerOf(to)];
  if (own === other) return undefined;
  if (LAYERS.indexOf(other) > LAYERS.indexOf(own)) return `points from ${own} down to ${other}, which is below it`;
  // Mocks stand in for what they test, and are imported by tests alone.
  if (own !== "mocks" && !isInterfaceOrTypes(to)) return "is an implementation of another module";
  return undefined;
}

const faults: string[] = [];
const files = list("contracts/**/*.sol");
let arrows = 0;
for (const file of files) {
  if (!LAYERS.includes(layerOf(file))) faults.push(`${file}: ${layerOf(file)} is not a layer`);
  for (const target of importsOf(file, read(file))) {
    arrows += 1;
    const fault = faultOf(file, target);
    if (fault !== undefined) faults.push(`${file}: import of ${target} ${fault}`);
  }
}
close("layers", `${files.length} files, ${arrows} imports`, faults);
