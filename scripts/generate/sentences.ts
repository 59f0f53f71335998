import { sentences } from "../../packages/abi/src/sentences.ts";
import type { KnownError } from "./abi.ts";

/** What is wrong with the hand-written sentences, if anything. */
export function checkSentences(errors: Iterable<KnownError>): string[] {
  const names = new Set([...errors].map(({ item }) => item.name));
  const written = new Set(Object.keys(sentences));
  return [
    ...[...names].filter((name) => !written.has(name)).map((name) => `${name} has no sentence`),
    ...[...written].filter((name) => !names.has(name)).map((name) => `${name} has a sentence and is no error of ours`),
    ...Object.entries(sentences)
      .filter(([, { en, zh }]) => !/^[A-Z].*\.$/.test(en) || !/\p{Script=Han}.*。$/u.test(zh))
      .map(([name]) => `${name}: a sentence ends with a full stop, in English and in Chinese`),
  ];
}
