// Registration certificates: made from the chain, signed, printed, and checked against the chain.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { toHex } from "viem";
import { type CertificateDocument, checkCertificate, issueCertificate } from "./documents/certificate.ts";
import { certificatePage } from "./documents/certificatePage.ts";
import { dateTimeOf } from "./documents/dates.ts";
import { DocumentError } from "./documents/errors.ts";
import { readDocument } from "./documents/json.ts";
import { createKeyFile, readKeyFile } from "./documents/keys.ts";
import { didOf } from "./documents/multikey.ts";
import { type CertificateBook, openCertificates } from "./documents/registries.ts";
import { parseAssetId } from "./support/assetId.ts";
import { openChain } from "./support/chain.ts";
import { deployedContracts } from "./support/deployment.ts";
import { main, Problem } from "./support/problem.ts";

const HELP = `npm run certificate -- COMMAND [OPTIONS]

  make ID --key FILE --out DIR  signs the certificate of an asset: certificate-NUMBER.json, and a page to print
  verify FILE                   checks a certificate against the chain; fails unless it is valid now
  keygen --out FILE             makes a registrar's key for documents and prints its public part

  --network NAME  a network of hardhat.config.ts (default: localhost)
  --help
`;

/** What a command needs of the outside. */
export interface CertificateTools {
  open(network: string): Promise<CertificateBook>;
  print(text: string): void;
}

export async function runCertificate(args: readonly string[], tools: CertificateTools): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      network: { type: "string", default: "localhost" },
      key: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return tools.print(HELP);
  const [command, subject, ...rest] = positionals;
  if (rest.length > 0) throw new Problem(`There is something too much: ${rest.join(" ")}.`);
  if (command === "make") {
    const asset = assetId(given(subject, "the asset's ID"));
    const key = readKeyFile(given(values.key, "--key FILE"));
    const folder = given(values.out, "--out DIR");
    const book = await tools.open(values.network);
    const [json, page] = store(folder, await issueCertificate(book, asset, key), book.block);
    return tools.print(`Signed ${json}\nTo print: ${page}`);
  }
  if (command === "verify") {
    const document = readDocument(given(subject, "the FILE"));
    const { number, validUntil } = await checkCertificate(document, await tools.open(values.network));
    const until = dateTimeOf(validUntil);
    return tools.print(
      `valid: certificate ${number} is as the chain has it, until ${until}\n有效：登记凭证 ${number} 与链上记录一致，有效期至 ${until}`,
    );
  }
  if (command === "keygen") {
    const publicKey = createKeyFile(given(values.out, "--out FILE"));
    return tools.print(`public key  ${toHex(publicKey)}\nas a DID    ${didOf(publicKey)}`);
  }
  throw new Problem(`${command === undefined ? "Give a command" : `There is no command "${command}"`}.\n\n${HELP}`);
}

/** Writes document and page side by side; a certificate of that number that is there already stays. */
function store(folder: string, document: CertificateDocument, block: bigint): [json: string, page: string] {
  const name = `certificate-${document.credentialSubject.number}`;
  const [json, page] = [join(folder, `${name}.json`), join(folder, `${name}.html`)];
  for (const path of [json, page]) if (existsSync(path)) throw new DocumentError("file_exists", path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(json, `${JSON.stringify(document, undefined, 2)}\n`, { flag: "wx" });
  writeFileSync(page, certificatePage(document, { block, documentName: basename(json) }), { flag: "wx" });
  return [json, page];
}

function assetId(text: string): bigint {
  const id = parseAssetId(text);
  if (id === undefined) throw new Problem(`${text} is not an asset's id.`);
  return id;
}

function given(value: string | undefined, what: string): string {
  if (value === undefined) throw new Problem(`Give ${what}.`);
  return value;
}

if (import.meta.main) {
  await main(() =>
    runCertificate(process.argv.slice(2), {
      async open(network) {
        const chain = await openChain(network);
        return openCertificates(chain, await deployedContracts(chain));
      },
      print: console.log,
    }),
  );
}
