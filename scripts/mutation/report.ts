import { commitOf } from "../lib/commit.ts";
import type { Mutant } from "./mutants.ts";
import { groups } from "./plan.ts";

export interface Result {
  readonly mutant: Mutant;
  readonly sources: string;
  readonly verdict: "killed" | "survived" | "invalid" | "equivalent";
  /** The test that failed. */
  readonly by?: string;
  readonly seconds: number;
}

/** Stands in place of a failure where a test went on for ever. */
export const NO_END = "does not end";

/** Only what compiles, and to another program, says something about the tests. */
export const counts = ({ verdict }: Result) => verdict === "killed" || verdict === "survived";

/** Rounded down, so that 90 % means 90 %. */
export function share(results: readonly Result[]): number {
  const valid = results.filter(counts);
  const killed = valid.filter(({ verdict }) => verdict === "killed").length;
  return valid.length === 0 ? 0 : Math.floor((1_000 * killed) / valid.length) / 10;
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

export function describe({ mutant: { file, line, operator, before, after } }: Result): string {
  const now = after === "" || after === "{}" ? "removed" : oneLine(after);
  return `${file}:${line} (${operator}) ${oneLine(before)} → ${now}`;
}

/** The page for `docs/assurance/`. */
export function page(results: readonly Result[], hash: string): string {
  const valid = results.filter(counts);
  const survivors = valid.filter(({ verdict }) => verdict === "survived");
  const rows = [...groups(valid, ({ mutant }) => mutant.file)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, own]) => {
      const survived = own.filter(({ verdict }) => verdict === "survived").length;
      return `| \`${file}\` | ${own.length} | ${own.length - survived} | ${survived} |`;
    });
  const ended = valid.filter(({ by }) => by?.endsWith(NO_END)).length;
  const number = (verdict: Result["verdict"]) => results.filter((result) => result.verdict === verdict).length;
  return `# Mutations

\`npm run mutation\` changes one place of a contract at a time and asks whether a test notices. Of ${valid.length} changes, ${share(results)} %
were noticed, ${ended} of them because a test did not end in its time. ${number("invalid")} more did not compile and ${number("equivalent")} made the same bytecode; they are not counted.

Measured on ${new Date().toISOString().slice(0, 10)} at commit ${commitOf("contracts", "test")}, sources ${hash}.

| contract | mutants | killed | survivors |
| --- | ---: | ---: | ---: |
${rows.join("\n")}
| **all** | ${valid.length} | ${valid.length - survivors.length} | ${survivors.length} |

## Survivors

${
  survivors.length === 0
    ? "None."
    : survivors
        .map((result) => `- ${code(result)}`)
        .sort()
        .join("\n")
}
`;
}

function code({ mutant: { file, line, before, after } }: Result): string {
  const now = after === "" || after === "{}" ? "removed" : `\`${oneLine(after)}\``;
  return `\`${file}:${line}\`: \`${oneLine(before)}\` → ${now}`;
}
