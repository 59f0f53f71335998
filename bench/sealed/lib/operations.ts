/** What is measured, each time in a process of its own. */
export const OPERATIONS = {
  sealOneCore: { threads: 0, does: "seal" },
  openOneCore: { threads: 0, does: "open" },
  openTwiceOneCore: { threads: 0, does: "openTwice" },
  sealTwoCores: { threads: 2, does: "seal" },
  openTwoCores: { threads: 2, does: "open" },
  openTwiceTwoCores: { threads: 2, does: "openTwice" },
  stream: { threads: 0, does: "stream" },
} as const satisfies Record<string, { threads: number; does: "seal" | "open" | "openTwice" | "stream" }>;

/** The name of what is measured. */
export type Operation = keyof typeof OPERATIONS;

/** What an operation took. */
export interface Cost {
  /** By the clock on the wall. */
  readonly seconds: number;
  /** Of all threads, in the program and in the kernel. */
  readonly cpuSeconds: number;
  /** The most memory that the process ever had, in bytes. */
  readonly peakMemory: number;
}
