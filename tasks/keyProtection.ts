import type { KeyProtection } from "@cadastre/sealed/node";
import { Problem } from "../scripts/support/problem.ts";
import type { Session } from "./session.ts";

/** Where the passphrase of key files stands for a command that nobody attends. */
const PASSPHRASE_VARIABLE = "CADASTRE_KEY_PASSPHRASE";

/** What protects the key that a task is about to write: a passphrase, unless none is wanted. */
export async function keyProtection(unprotected: boolean, { ask }: Session): Promise<KeyProtection> {
  if (unprotected) return { unprotected };
  const given = process.env[PASSPHRASE_VARIABLE];
  if (given !== undefined && given !== "") return { passphrase: given };
  if (!process.stdin.isTTY) {
    throw new Problem(
      `The key is kept under a passphrase: set ${PASSPHRASE_VARIABLE}, or give --unprotected-key to keep it without one.`,
    );
  }
  const passphrase = await ask("Passphrase for the key's file");
  if (passphrase === "")
    throw new Problem("The passphrase is empty. Give --unprotected-key to keep the key without one.");
  if ((await ask("The same passphrase again")) !== passphrase) throw new Problem("These were two passphrases.");
  return { passphrase };
}
