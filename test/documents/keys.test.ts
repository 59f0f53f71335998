import { generateKeyPairSync } from "node:crypto";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect } from "chai";
import { createKeyFile, keyOfSeed, readKeyFile, verifySignature } from "../../scripts/documents/keys.ts";
import { inFolder, refusal } from "./stage.ts";

const message = Buffer.from("message");

describe("Keys for documents", () => {
  it("VC-33 makes a key file that only its owner can read, never over another, and signs with it", () =>
    inFolder(async (folder) => {
      const path = join(folder, "registrar.key");
      const publicKey = createKeyFile(path);
      if (process.platform !== "win32") expect(statSync(path).mode & 0o777).to.equal(0o600);
      const text = readFileSync(path, "utf8");
      expect((await refusal(() => createKeyFile(path), "file_exists")).details).to.equal(path);
      expect(readFileSync(path, "utf8")).to.equal(text);
      const key = readKeyFile(path);
      expect(key.publicKey).to.deep.equal(publicKey);
      expect(verifySignature(publicKey, message, key.sign(message))).to.equal(true);
      expect(verifySignature(publicKey, Buffer.from("other"), key.sign(message))).to.equal(false);
    }));

  it("VC-34 agrees with the first test vector of RFC 8032", () => {
    const key = keyOfSeed(Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex"));
    expect(Buffer.from(key.publicKey).toString("hex")).to.equal(
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    );
    expect(Buffer.from(key.sign(new Uint8Array())).toString("hex")).to.match(/^e5564300c360ac729086e2cc806e828a/);
  });

  it("VC-35 refuses key files that others can read, and those without an Ed25519 key, and repeats nothing of them", () =>
    inFolder(async (folder) => {
      const path = join(folder, "registrar.key");
      createKeyFile(path);
      const secret = readFileSync(path, "utf8").split("\n")[1]!;
      if (process.platform !== "win32") {
        for (const mode of [0o640, 0o604, 0o610, 0o620]) {
          chmodSync(path, mode);
          expect((await refusal(() => readKeyFile(path), "key_file_exposed")).details).to.equal(path);
        }
        chmodSync(path, 0o400);
        readKeyFile(path);
      }
      const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
        format: "pem",
        type: "pkcs8",
      });
      const contents = ["", secret, readFileSync(path, "utf8").replace(secret, secret.slice(0, -8)), curve];
      for (const [i, content] of contents.entries()) {
        const damaged = join(folder, `damaged-${i}.key`);
        writeFileSync(damaged, content, { mode: 0o600 });
        const error = await refusal(() => readKeyFile(damaged), "key_file_invalid");
        expect(error.details).to.equal(damaged);
        expect(inspect(error, { depth: 9, showHidden: true })).not.to.include(secret.slice(16, 40));
      }
      const missing = await refusal(() => readKeyFile(join(folder, "none.key")), "key_file_invalid");
      expect(missing.details).to.match(/none\.key cannot be read$/);
    }));

  it("VC-36 shows nothing of the private part of a key that is printed", () => {
    const seed = new Uint8Array(32).fill(0xab);
    const key = keyOfSeed(seed);
    const shown = inspect(key, { depth: 9, showHidden: true }) + JSON.stringify(key);
    expect(shown).to.not.match(/ab,? ?ab|171, ?171|q6ur/);
    expect(Object.keys(key)).to.have.members(["publicKey", "sign"]);
  });
});
