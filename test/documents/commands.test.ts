import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { toHex } from "viem";
import { runCertificate } from "../../scripts/certificate.ts";
import { runCredential } from "../../scripts/credential.ts";
import { DEMONSTRATION_DID, EXAMPLE_SCHEMA } from "../../scripts/documents/demonstration.ts";
import { createKeyFile, readKeyFile } from "../../scripts/documents/keys.ts";
import { didOf } from "../../scripts/documents/multikey.ts";
import type { CertificateBook } from "../../scripts/documents/registries.ts";
import { messageOf } from "../../scripts/support/problem.ts";
import {
  ALICE,
  ASSET,
  CERTIFICATE,
  certificateBook,
  credentialBook,
  EXAMPLE_FILE,
  inFolder,
  readExample,
  refusal,
  SCHEMA,
} from "./stage.ts";

const ISSUER = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";

async function problemOf(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(messageOf(error)).not.to.match(/^\s+at /m);
  return messageOf(error);
}

async function certificate(args: readonly string[], book: CertificateBook = certificateBook()) {
  const printed: string[] = [];
  const opened: string[] = [];
  const open = async (network: string) => {
    opened.push(network);
    return book;
  };
  await runCertificate(args, { open, print: (text) => printed.push(text) });
  return { output: printed.join("\n"), opened };
}

async function credential(args: readonly string[], book = credentialBook()) {
  const printed: string[] = [];
  const asked: string[] = [];
  const open = async (network: string) => {
    asked.push(network);
    return {
      book,
      accountOf: (name: string) => {
        asked.push(name);
        return ISSUER as typeof ALICE;
      },
    };
  };
  await runCredential(args, { open, print: (text) => printed.push(text) });
  return { output: printed.join("\n"), asked, issued: book.issued };
}

describe("npm run certificate", () => {
  it("VC-37 makes document and page with the registrar's key, checks the document, and replaces neither", () =>
    inFolder(async (folder) => {
      const key = join(folder, "registrar.key");
      const made = await certificate(["keygen", "--out", key]);
      const publicKey = toHex(readKeyFile(key).publicKey);
      expect(made.output).to.equal(`public key  ${publicKey}\nas a DID    ${didOf(readKeyFile(key).publicKey)}`);
      expect(made.opened).to.deep.equal([]);
      const book = certificateBook({}, { key: publicKey });
      const out = join(folder, "made", "here");
      const make = (id: string) =>
        certificate(["make", id, "--key", key, "--out", out, "--network", "somewhere"], book);
      const name = "certificate-18446744073709551615";
      const { output, opened } = await make(toHex(ASSET));
      expect(opened).to.deep.equal(["somewhere"]);
      expect(output).to.include(`${name}.json`).and.include(`${name}.html`);
      expect(readdirSync(out)).to.have.members([`${name}.json`, `${name}.html`]);
      expect(readFileSync(join(out, `${name}.html`), "utf8")).to.include(`${name}.json`);
      const file = join(out, `${name}.json`);
      const before = readFileSync(file, "utf8");
      expect((await refusal(() => make(String(ASSET)), "file_exists")).details).to.equal(file);
      expect(readFileSync(file, "utf8")).to.equal(before);

      const checked = await certificate(["verify", file], book);
      expect(checked.opened).to.deep.equal(["localhost"]);
      expect(checked.output).to.match(
        /^valid: certificate 18446744073709551615 .*, until 2029-05-31T00:00:00Z\n有效：登记凭证 18446744073709551615 /,
      );
      const withdrawn = certificateBook({ status: 5 }, { key: publicKey });
      expect(await problemOf(certificate(["verify", file], withdrawn))).to.equal(
        `refused: the certificate was withdrawn (number ${CERTIFICATE.number})\n         登记凭证已撤回\n         certificate_withdrawn`,
      );
      const secret = readFileSync(key, "utf8").split("\n")[1]!;
      const other = certificateBook();
      const refused = await problemOf(certificate(["make", String(ASSET), "--key", key, "--out", folder], other));
      expect(refused).to.match(/key_mismatch$/);
      for (const text of [output, made.output, refused, before]) expect(text).not.to.include(secret);
      if (process.platform !== "win32") expect(statSync(key).mode & 0o777).to.equal(0o600);
    }));

  it("VC-38 says what is missing or makes no sense, before it asks a chain", () =>
    inFolder(async (folder) => {
      const key = join(folder, "registrar.key");
      createKeyFile(key);
      const said: [string[], RegExp][] = [
        [[], /^Give a command\.\n\nnpm run certificate/],
        [["print"], /^There is no command "print"/],
        [["make"], /^Give the asset's ID\.$/],
        [["make", "1"], /^Give --key FILE\.$/],
        [["make", "1", "--key", key], /^Give --out DIR\.$/],
        [["make", "-1"], /'-1'/],
        [["make", "one"], /^one is not an asset's id\.$/],
        [["make", String(2n ** 256n)], /^\d+ is not an asset's id\.$/],
        [["make", "1", "2"], /^There is something too much: 2\.$/],
        [["verify"], /^Give the FILE\.$/],
        [["verify", join(folder, "none.json")], /document_unreadable$/],
        [["keygen"], /^Give --out FILE\.$/],
        [["verify", "--wrong"], /'--wrong'/],
      ];
      const book = certificateBook();
      for (const [args, message] of said) {
        const open = () => Promise.reject(new Error("asked a chain"));
        expect(await problemOf(runCertificate(args, { open, print: () => {} })), args.join(" ")).to.match(message);
      }
      expect((await certificate(["--help"], book)).output).to.include("keygen --out FILE");
    }));
});

describe("npm run credential", () => {
  const trust = ["--trust", DEMONSTRATION_DID];

  it("VC-39 checks the example, and puts it on chain from the account that was named", async () => {
    const checked = await credential(["verify", EXAMPLE_FILE, ...trust, "--network", "somewhere"]);
    expect(checked.output)
      .to.match(/^valid\n有效\n/)
      .and.include(ALICE)
      .and.include(SCHEMA);
    expect(checked.asked).to.deep.equal(["somewhere"]);
    expect(checked.issued).to.deep.equal([]);
    const done = await credential(["issue", EXAMPLE_FILE, ...trust, "--account", "authority"]);
    expect(done.output).to.match(/^issued on chain\n已在链上签发\n/);
    expect(done.asked).to.deep.equal(["localhost", "authority"]);
    expect(done.issued.map(({ from, issuance }) => [from, issuance.subject, issuance.schema])).to.deep.equal([
      [ISSUER, ALICE, SCHEMA],
    ]);
    expect(done.output).to.include(done.issued[0]!.issuance.claimHash);
    await refusal(() => credential(["issue", EXAMPLE_FILE, "--account", "authority"]), "issuer_untrusted");
  });

  it("VC-40 reads trusted issuers and their schemas from a file", () =>
    inFolder(async (folder) => {
      const config = join(folder, "trust.json");
      const verifyWith = (text: string) => {
        writeFileSync(config, text);
        return credential(["verify", EXAMPLE_FILE, "--config", config]);
      };
      const issuers = (schemas: string[]) => JSON.stringify({ issuers: [{ did: DEMONSTRATION_DID, schemas }] });
      expect((await verifyWith(issuers([EXAMPLE_SCHEMA.uri]))).output).to.match(/^valid/);
      await refusal(() => verifyWith(issuers(["https://other.example"])), "issuer_untrusted");
      expect(await problemOf(verifyWith("{"))).to.equal(`${config} cannot be read as JSON.`);
      for (const wrong of [
        {},
        { issuers: [{ did: "did:web:a.example" }] },
        { issuers: [{ did: DEMONSTRATION_DID, schemas: [] }] },
        { issuers: [{ did: DEMONSTRATION_DID, schema: EXAMPLE_SCHEMA.uri }] },
      ]) {
        expect(await problemOf(verifyWith(JSON.stringify(wrong)))).to.include(`${config}: `);
      }
    }));

  it("VC-41 says what is missing or makes no sense, before it asks a chain", async () => {
    const said: [string[], RegExp][] = [
      [[], /^Give a command\.\n\nnpm run credential/],
      [["revoke", EXAMPLE_FILE], /^There is no command "revoke"/],
      [["verify"], /^Give the FILE\.$/],
      [["verify", EXAMPLE_FILE, "more"], /^There is something too much: more\.$/],
      [["verify", `${EXAMPLE_FILE}.not`], /document_unreadable$/],
      [["issue", EXAMPLE_FILE], /^Give --account NAME, one of deployer, /],
      [["issue", EXAMPLE_FILE, "--account", "somebody"], /^Give --account NAME/],
      [["example"], /^Give --subject ADDRESS\.$/],
      [["example", "--subject", "0x12"], /^Give --subject ADDRESS\.$/],
    ];
    for (const [args, message] of said) {
      const open = () => Promise.reject(new Error("asked a chain"));
      const run = runCredential(args, { open, print: () => {} });
      expect(await problemOf(run), args.join(" ")).to.match(message);
    }
    expect((await credential(["--help"])).output).to.include("--status-checked");
    const { output, asked } = await credential(["example", "--subject", ALICE]);
    expect(JSON.parse(output)).to.deep.equal(readExample());
    expect(asked).to.deep.equal([]);
  });
});
