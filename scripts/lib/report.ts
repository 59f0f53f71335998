/** Prints the faults and a check's one closing line, and sets the exit code. */
export function close(check: string, summary: string, faults: readonly string[]): void {
  for (const fault of faults) console.error(fault);
  const verdict = faults.length === 0 ? "ok" : `${faults.length} ${faults.length === 1 ? "fault" : "faults"}`;
  console.log(`${check}: ${summary}, ${verdict}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
