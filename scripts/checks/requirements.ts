// Every requirement of docs/requirements stands in the name of a test; every id in the name of a test, and in what is claimed to be
// assured, is a requirement.
import { readOptions } from "../lib/command.ts";
import { list, read } from "../lib/files.ts";
import { close } from "../lib/report.ts";

readOptions("npm run check:requirements  every requirement stands in the name of a test", {});

const ID = /\b([A-Z]{2,6})-(\d{2,3})\b/g;
/** Standards and algorithms, which look like ids. */
const STANDARDS = new Set(["AES", "EIP", "ERC", "IEEE", "ISO", "RFC", "SHA", "UTF"]);

const idsIn = (text: string) =>
  [...text.matchAll(ID)].filter(([, prefix]) => !STANDARDS.has(prefix!)).map(([id]) => id);

function requirementsIn(path: string): string[] {
  return [...read(path).matchAll(/^\|\s*([A-Z]{2,6}-\d{2,3})\s*\|/gm)].map(([, id]) => id!);
}

/** Tests that are skipped or still to be written show nothing. */
function idsInTypeScript(text: string): string[] {
  const run = text.replace(/^([ \t]*)describe\.(?:skip|todo)\b[\s\S]*?^\1\}\);/gm, "");
  const titles = run.matchAll(
    /\b(?:it|test|describe)(?:\.(?!skip\b|todo\b)\w+)*\(\s*(["'`])((?:\\.|(?!\1)[\s\S])*)\1/g,
  );
  return [...titles].flatMap(([, , title]) => idsIn(title!));
}

/** Ids in the names of test functions, and in the comment lines directly above them. */
function idsInSolidity(text: string): string[] {
  const tests = text.matchAll(/((?:^[ \t]*\/\/.*\n)*)^[ \t]*function ((?:test|invariant)\w*)/gm);
  return [...tests].flatMap(([, comment, name]) => [
    ...idsIn(comment!.replaceAll("_", "-")),
    ...[...name!.matchAll(/(?<=_)([A-Z]{2,6})_(\d{2,3})(?=_|$)/g)].map(([, prefix, number]) => `${prefix}-${number}`),
  ]);
}

const defined = new Map<string, string>();
const faults: string[] = [];
for (const path of list("docs/requirements/*.md")) {
  for (const id of requirementsIn(path)) {
    if (defined.has(id)) faults.push(`${path}: ${id} is defined in ${defined.get(id)} already`);
    defined.set(id, path);
  }
}

const shown = new Set<string>();
const solidity = list("test/**/*.sol");
const typeScript = ["test/**/*.ts", "packages/*/test/**/*.ts", "packages/*/src/**/*.test.ts", "scripts/**/*.test.ts"];
for (const path of [...solidity, ...typeScript.flatMap(list)]) {
  const text = read(path);
  for (const id of path.endsWith(".sol") ? idsInSolidity(text) : idsInTypeScript(text)) {
    shown.add(id);
    if (!defined.has(id)) faults.push(`${path}: ${id} is no requirement`);
  }
}
for (const path of ["SECURITY.md", ...list("docs/assurance/*.md")]) {
  for (const id of idsIn(read(path))) if (!defined.has(id)) faults.push(`${path}: ${id} is no requirement`);
}
for (const [id, path] of defined) if (!shown.has(id)) faults.push(`${path}: ${id} has no test`);
const count = [...defined.keys()].filter((id) => shown.has(id)).length;
close("requirements", `${defined.size} requirements, ${count} shown by tests`, faults);
