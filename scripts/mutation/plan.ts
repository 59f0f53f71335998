import { createHash } from "node:crypto";
import type { Mutant } from "./mutants.ts";

/**
 * An order of which every beginning is a fair sample: each file has a share that grows with the root of its mutants, and within
 * a file the operators take turns. It depends on the seed and the mutants alone.
 */
export function planned(mutants: readonly Mutant[], seed: string): readonly Mutant[] {
  const queues = [...groups(mutants, ({ file }) => file)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => ({
      queue: turns(own, seed),
      weight: Math.sqrt(own.length),
      taken: 0,
    }));
  const order: Mutant[] = [];
  while (order.length < mutants.length) {
    const open = queues.filter(({ queue, taken }) => taken < queue.length);
    const next = open.reduce((best, own) =>
      (own.taken + 1) / own.weight < (best.taken + 1) / best.weight ? own : best,
    );
    order.push(next.queue[next.taken]!);
    next.taken += 1;
  }
  return order;
}

function turns(mutants: readonly Mutant[], seed: string): readonly Mutant[] {
  const rank = ({ id }: Mutant) => createHash("sha256").update(`${seed}:${id}`).digest("hex");
  const shuffled = mutants.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const byOperator = [...groups(shuffled, ({ operator }) => operator).values()];
  const longest = Math.max(...byOperator.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => byOperator.flatMap((own) => own.slice(i, i + 1))).flat();
}

export function groups<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const group = found.get(keyOf(item));
    if (group === undefined) found.set(keyOf(item), [item]);
    else group.push(item);
  }
  return found;
}
