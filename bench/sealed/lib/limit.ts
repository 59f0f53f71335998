import { spawnSync } from "node:child_process";

/** What one core of this machine can do, in bytes a second. */
export interface Limit {
  readonly sha256: number;
  readonly chacha20: number;
  /** Two hashes and one cipher over each byte: as little as the format demands. */
  readonly rate: number;
  /** How many times that two processes of OpenSSL reach together: hardly more than 1 where they share a core. */
  readonly ofTwo: number;
}

/** Measures the limit with OpenSSL, or finds that there is none. */
export function limitOfMachine(): Limit | undefined {
  const [sha256, chacha20] = [speedOf("sha256"), speedOf("chacha20")];
  if (sha256 === undefined || chacha20 === undefined) return undefined;
  const [sha256OfTwo = sha256, chacha20OfTwo = chacha20] = [speedOf("sha256", TWO), speedOf("chacha20", TWO)];
  const rate = rateOf(sha256, chacha20);
  return { sha256, chacha20, rate, ofTwo: rateOf(sha256OfTwo, chacha20OfTwo) / rate };
}

const TWO = ["-multi", "2", "-elapsed"];

function rateOf(sha256: number, chacha20: number): number {
  return 1 / (2 / sha256 + 1 / chacha20);
}

function speedOf(algorithm: string, options: readonly string[] = []): number | undefined {
  const args = ["speed", "-evp", algorithm, "-bytes", "16384", "-seconds", "2", ...options];
  const { stdout, error } = spawnSync("openssl", args, { encoding: "utf8" });
  if (error !== undefined) return undefined;
  const thousands = /^\S+\s+([\d.]+)k\s*$/m.exec(stdout)?.[1];
  if (thousands === undefined) throw new Error(`openssl ${args.join(" ")} gave no speed`);
  return Number(thousands) * 1000;
}
