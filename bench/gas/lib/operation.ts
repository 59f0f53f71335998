import type { Transaction } from "./chain.ts";
import type { RowKey } from "./rows.ts";

/** One transaction of one system. */
export interface Operation {
  readonly key: RowKey;
  /** A short name for commands; `ours` is ours. */
  readonly peer: string;
  readonly name: string;
  readonly does: string;
  /** What comes before the transaction, beyond what all rows have in common. Undone afterwards. */
  readonly before?: () => Promise<unknown>;
  readonly transaction: () => Promise<Transaction>;
}
