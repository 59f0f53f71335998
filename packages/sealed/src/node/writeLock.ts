import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { SealedError } from "../errors.ts";

/** The right to write a file, for as long as it is held and the process lives. */
export interface WriteLock extends Disposable {
  /** Gives the lock back and removes its file: only where who comes next has nothing to write any more. */
  remove(): void;
}

const BUSY = 5;

/**
 * Takes a lock that one call at a time can hold, in whichever process. The operating system frees it when a process
 * ends, however it does: a lock's file that was left behind locks nothing. Node reaches such locks through SQLite alone.
 *
 * @param path of the lock's file, which stays empty
 * @throws SealedError `file_in_use`
 */
export function writeLock(path: string): WriteLock {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    if ((cause as { errcode?: number }).errcode === BUSY)
      throw new SealedError("file_in_use", { details: path, cause });
    throw cause;
  }
  const release = () => database[Symbol.dispose]();
  return {
    remove() {
      release();
      rmSync(path, { force: true });
    },
    [Symbol.dispose]: release,
  };
}
