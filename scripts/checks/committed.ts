// Committed files carry no address of a registry, no path of somebody's machine, and no secret; the lock file is complete.
import { execFileSync } from "node:child_process";
import { readOptions } from "../lib/command.ts";
import { readIfThere } from "../lib/files.ts";
import { ROOT } from "../lib/process.ts";
import { close } from "../lib/report.ts";

readOptions("npm run check:committed  committed files carry no secret and no address of a registry", {});

const FORBIDDEN: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "an address of a package registry", pattern: /https?:\/\/[\w.-]*(?:registry\.|\/npm\/|:4873)[\w./-]*/ },
  { what: "an absolute path", pattern: /(?<![\w./~-])(?:\/(?:home|Users|root|work|tmp)\/[\w.-]+|[A-Z]:\\[\w.-]+)/ },
  { what: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { what: "a private key", pattern: /(?:private|secret)_?key["']?\s*[:=]\s*["']?(?:0x)?[0-9a-f]{64}\b/i },
  { what: "a token", pattern: /\b(?:ghp_\w{36}|npm_\w{36}|AKIA[0-9A-Z]{16}|_authToken\s*=)/ },
];
/** Where the patterns stand themselves. */
const SELF = "scripts/checks/committed.ts";
/** Hardhat's engine for each platform; npm leaves some out when it makes the lock file on an old Node. */
const ENGINES = 7;

const faults: string[] = [];
const files = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" }).split("\0").filter(Boolean);
for (const path of files) {
  if (/(^|\/)\.env(\.|$)|\.(pem|key|p12)$/.test(path)) faults.push(`${path}: a file of secrets`);
  if (path === SELF) continue;
  const lines = (readIfThere(path) ?? "").split("\n");
  for (const { what, pattern } of FORBIDDEN) {
    const line = lines.findIndex((text) => pattern.test(text));
    if (line >= 0) faults.push(`${path}:${line + 1}: ${what}`);
  }
}
const lock = JSON.parse(readIfThere("package-lock.json") ?? "{}") as { packages?: Record<string, unknown> };
const engines = Object.keys(lock.packages ?? {}).filter((name) => /@nomicfoundation\/edr-/.test(name)).length;
if (engines !== ENGINES)
  faults.push(`package-lock.json: ${engines} packages of Hardhat's engine in place of ${ENGINES}`);
close("committed", `${files.length} files`, faults);
