import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { DESCRIPTION } from "../../test/fixtures.ts";
import { temporaryFolder } from "../../test/folders.ts";
import { flipped, randomFrom } from "../../test/random.ts";
import { refusalOf } from "../../test/streams.ts";
import { fromHex, type Hex, toHex } from "../bytes.ts";
import { keyCommitment } from "../commitments.ts";
import { openFile } from "./openFile.ts";
import { readKeyFile } from "./readKeyFile.ts";
import { sealFile } from "./sealFile.ts";
import { writeKeyFile } from "./writeKeyFile.ts";

const random = randomFrom(33);
const key = random.bytes(32);
const passphrase = "正确 horse battery staple";
const place = () => join(temporaryFolder(), "air.key");

/** Written once: each derivation of a key takes its time. */
const lockedText = await (async () => {
  const folder = mkdtempSync(join(tmpdir(), "sealed-"));
  await writeKeyFile(join(folder, "air.key"), key, { passphrase });
  const text = readFileSync(join(folder, "air.key"), "utf8");
  rmSync(folder, { recursive: true });
  return text;
})();
const locked = JSON.parse(lockedText);

function placed(text: string): string {
  const path = place();
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

test("a key is written, backed up, lost and recovered", async () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  writeFileSync(at("data"), random.bytes(9000));
  const { key, manifest } = await sealFile(at("data"), at("sealed"), DESCRIPTION);
  await writeKeyFile(at("air.key"), key, { passphrase });
  copyFileSync(at("air.key"), at("backup.key"));
  key.fill(0);
  rmSync(at("air.key"));

  await refusalOf(readKeyFile(at("air.key"), { passphrase }), "key_file_missing");
  const recovered = await readKeyFile(at("backup.key"), { passphrase, keyCommitment: manifest.keyCommitment });
  await openFile(at("sealed"), recovered, at("opened"));
  expect(readFileSync(at("opened"))).toEqual(readFileSync(at("data")));
});

describe("under a passphrase", () => {
  test("the file is for its owner alone and holds the key in no form", async () => {
    const path = place();
    await writeKeyFile(path, key, { passphrase });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(path, ".."))).toEqual(["air.key"]);
    const text = readFileSync(path, "utf8");
    expect(JSON.parse(text)).toMatchObject({
      version: 1,
      keyCommitment: toHex(keyCommitment(key)),
      protection: "passphrase",
      kdf: { name: "scrypt", N: 131072, r: 8, p: 1 },
      cipher: { name: "chacha20-poly1305" },
    });
    for (const form of ["hex", "base64", "base64url", "latin1"] as const) {
      expect(text).not.toContain(Buffer.from(key).toString(form));
    }
    expect(await readKeyFile(path, { passphrase: Buffer.from(passphrase) })).toEqual(key);
  });

  test("the same text counts, however it is typed", async () => {
    const path = place();
    await writeKeyFile(path, key, { passphrase: "caf\u00e9" });
    expect(await readKeyFile(path, { passphrase: "cafe\u0301" })).toEqual(key);
    const other = JSON.parse(readFileSync(path, "utf8"));
    expect(other.kdf.salt).not.toBe(locked.kdf.salt);
    expect(other.cipher.nonce).not.toBe(locked.cipher.nonce);
  });

  test("a wrong passphrase and damage of any part are refused", { timeout: 30_000 }, async () => {
    const path = placed(lockedText);
    await refusalOf(readKeyFile(path, { passphrase: `${passphrase} ` }), "passphrase_wrong");
    await refusalOf(readKeyFile(path), "passphrase_needed");
    await refusalOf(readKeyFile(path, { passphrase: "" }), "passphrase_needed");
    const flip = (hex: Hex) => {
      const bytes = fromHex(hex);
      return toHex(flipped(bytes, random.below(bytes.length * 8)));
    };
    for (const damaged of [
      { ...locked, keyCommitment: flip(locked.keyCommitment) },
      { ...locked, kdf: { ...locked.kdf, salt: flip(locked.kdf.salt) } },
      { ...locked, cipher: { ...locked.cipher, nonce: flip(locked.cipher.nonce) } },
      { ...locked, cipher: { ...locked.cipher, ciphertext: flip(locked.cipher.ciphertext) } },
    ]) {
      await refusalOf(readKeyFile(placed(JSON.stringify(damaged)), { passphrase }), "passphrase_wrong");
    }
  });

  test("costs are not the file's to choose, and nothing else is either", async () => {
    for (const invalid of [
      JSON.stringify({ ...locked, kdf: { ...locked.kdf, N: 2 ** 30 } }),
      JSON.stringify({ ...locked, kdf: { ...locked.kdf, N: 2 } }),
      JSON.stringify({ ...locked, version: 2 }),
      JSON.stringify({ ...locked, protection: "none" }),
      JSON.stringify({ ...locked, more: 1 }),
      JSON.stringify({ ...locked, keyCommitment: "0x00" }),
      lockedText.slice(0, -10),
      lockedText.padEnd(5000),
      "",
      "null",
    ]) {
      await refusalOf(readKeyFile(placed(invalid), { passphrase }), "key_file_invalid");
    }
  });
});

describe("without a passphrase", () => {
  test("a key is written only where that is asked for", async () => {
    const path = place();
    await refusalOf(writeKeyFile(path, key, { passphrase: "" }), "passphrase_needed");
    await writeKeyFile(path, key, { unprotected: true });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await readKeyFile(path)).toEqual(key);
  });

  test("damage is refused", async () => {
    const path = place();
    await writeKeyFile(path, key, { unprotected: true });
    const file = JSON.parse(readFileSync(path, "utf8"));
    for (let i = 0; i < 20; i++) {
      writeFileSync(path, JSON.stringify({ ...file, key: toHex(flipped(key, random.below(256))) }));
      await refusalOf(readKeyFile(path), "key_mismatch");
    }
  });
});

test("a file that others can read or change is refused, and it is said how to mend that", async () => {
  const path = place();
  await writeKeyFile(path, key, { unprotected: true });
  for (const mode of [0o640, 0o604, 0o644, 0o620, 0o602, 0o610, 0o777]) {
    chmodSync(path, mode);
    const error = await refusalOf(readKeyFile(path), "key_file_exposed");
    expect(error.message).toContain("change its mode to 0600");
    expect(error.details).toBe(`mode 0${mode.toString(8)}`);
  }
  for (const mode of [0o600, 0o400]) {
    chmodSync(path, mode);
    expect(await readKeyFile(path)).toEqual(key);
  }
});

test("a file is never replaced", async () => {
  const path = place();
  await writeKeyFile(path, key, { unprotected: true });
  await refusalOf(writeKeyFile(path, random.bytes(32), { unprotected: true }), "file_exists");
  expect(await readKeyFile(path)).toEqual(key);
});

test("the key of another dataset, and what is no key, are refused", async () => {
  const path = place();
  await refusalOf(writeKeyFile(path, new Uint8Array(31), { unprotected: true }), "key_invalid");
  await writeKeyFile(path, key, { unprotected: true });
  await refusalOf(readKeyFile(path, { keyCommitment: toHex(keyCommitment(random.bytes(32))) }), "key_mismatch");
  expect(await readKeyFile(path, { keyCommitment: toHex(keyCommitment(key)) })).toEqual(key);
});

test("no error holds the key or the passphrase", async () => {
  const plain = place();
  await writeKeyFile(plain, key, { unprotected: true });
  const broken = placed(readFileSync(plain, "utf8").slice(0, -3));
  const other = toHex(keyCommitment(random.bytes(32)));
  const errors = [
    await refusalOf(readKeyFile(placed(lockedText), { passphrase: `${passphrase}!` }), "passphrase_wrong"),
    await refusalOf(readKeyFile(placed(lockedText), { passphrase, keyCommitment: other }), "key_mismatch"),
    await refusalOf(readKeyFile(plain, { keyCommitment: other }), "key_mismatch"),
    await refusalOf(readKeyFile(broken), "key_file_invalid"),
    await refusalOf(writeKeyFile(plain, key, { passphrase }), "file_exists"),
  ];
  for (const error of errors) {
    const text = inspect(error, { depth: null, showHidden: true, maxArrayLength: null });
    const buffer = Buffer.from(key);
    for (const secret of [passphrase, buffer.toString("hex"), buffer.toString("base64"), buffer.join(", ")]) {
      expect(text).not.toContain(secret);
    }
  }
});
