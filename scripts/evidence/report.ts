import { z } from "zod/v4";

/** A sentence in both languages. */
export interface Sentence {
  readonly en: string;
  readonly zh: string;
}
export type Language = keyof Sentence;

/** `open`: it was not looked at, because that needs an endpoint; `absent`: the folder does not have what it would need. */
export type Verdict = "ok" | "failed" | "open" | "absent";

/** One check, and how it went. */
export interface Line {
  readonly verdict: Verdict;
  readonly sentence: Sentence;
  /** What was found instead. */
  readonly details?: string | Sentence;
  /** Of whom it is the word, where the agreement rests on it. */
  readonly party?: Sentence;
}

/** `true`, or what is wrong; `undefined` where only an endpoint could say, `null` where what it would need is not in the folder. */
export type Outcome = boolean | string | Sentence | undefined | null;

/** What each line begins with. */
export const LABELS: Record<Verdict, Sentence> = {
  ok: { en: "ok", zh: "通过" },
  failed: { en: "FAILED", zh: "失败" },
  open: { en: "needs an endpoint", zh: "需要节点" },
  absent: { en: "not in the folder", zh: "文件夹中没有" },
};

/** The checks of one folder, in their order. */
export class Report {
  readonly lines: Line[] = [];

  /** A check that throws has failed: what it should have looked at is not there. */
  async check(sentence: Sentence, run: () => Outcome | Promise<Outcome>, party?: Sentence): Promise<boolean> {
    let outcome: Outcome;
    try {
      outcome = await run();
    } catch (error) {
      outcome = messageOf(error);
    }
    const line = party === undefined ? { sentence } : { sentence, party };
    if (outcome === undefined) this.lines.push({ ...line, verdict: "open" });
    else if (outcome === null) this.lines.push({ ...line, verdict: "absent" });
    else if (outcome === true) this.lines.push({ ...line, verdict: "ok" });
    else this.lines.push({ ...line, verdict: "failed", ...(outcome === false ? {} : { details: outcome }) });
    return outcome === true;
  }

  count(verdict: Verdict): number {
    return this.lines.filter((line) => line.verdict === verdict).length;
  }

  /** What the folder does not have. */
  get absent(): Sentence[] {
    return this.lines.filter(({ verdict }) => verdict === "absent").map(({ sentence }) => sentence);
  }

  /** The parties of whose word something was not seen, each once. */
  get unseen(): Sentence[] {
    const unseen = this.lines.flatMap(({ verdict, party }) => (party !== undefined && verdict !== "ok" ? [party] : []));
    return unseen.filter((party, i) => unseen.findIndex(({ en }) => en === party.en) === i);
  }
}

export function lineText({ verdict, sentence, details }: Line, language: Language): string {
  const text = `${LABELS[verdict][language]} | ${sentence[language]}`;
  if (details === undefined) return text;
  return `${text} | ${typeof details === "string" ? details : details[language]}`;
}

/** A library's error has pages behind its first line; a schema's error has a list. */
function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error).replaceAll("\n", " ");
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
}
