import { list, read } from "./files.ts";

const isTest = (file: string) => /(?:^|\/)test\/|\.test\.ts$/.test(file);
const isMock = (file: string) => file.startsWith("contracts/mocks/");
const solidity = list("{contracts,test}/**/*.sol");
const typescript = list("{packages,scripts,tasks,test}/**/*.ts").filter((file) => !file.includes("/src/abis/"));

/** Sources and their tests. */
export const LINES: readonly { readonly what: string; readonly files: readonly string[] }[] = [
  { what: "contracts", files: solidity.filter((file) => !isTest(file) && !isMock(file)) },
  { what: "Solidity tests, with mocks and proofs", files: solidity.filter((file) => isTest(file) || isMock(file)) },
  { what: "packages, scripts and tasks", files: typescript.filter((file) => !isTest(file)) },
  { what: "TypeScript tests", files: typescript.filter(isTest) },
];

/** Lines that say something: neither empty nor comment alone. */
export function linesIn(files: readonly string[]): number {
  return files.flatMap((file) => read(file).split("\n")).filter((line) => !/^\s*(?:$|\/\/|\/?\*)/.test(line)).length;
}
