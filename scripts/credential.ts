// An accredited issuer's service in the small: a W3C Verifiable Credential is checked and becomes a credential on chain.
import { parseArgs } from "node:util";
import { type Address, getAddress, isAddress } from "viem";
import { type Claim, checkClaim, issueClaim, readTrust, type TrustedIssuer } from "./documents/claim.ts";
import { dateTimeOf } from "./documents/dates.ts";
import { exampleCredential } from "./documents/demonstration.ts";
import { readDocument } from "./documents/json.ts";
import { type CredentialBook, openCredentials } from "./documents/registries.ts";
import { ACCOUNT_NAMES, type AccountName } from "./support/accounts.ts";
import { accountOf, openChain } from "./support/chain.ts";
import { deployedContracts } from "./support/deployment.ts";
import { main, Problem } from "./support/problem.ts";

const HELP = `npm run credential -- COMMAND [OPTIONS]

  verify FILE                checks a Verifiable Credential: signature, issuer, dates, chain, schema
  issue FILE --account NAME  checks it, and puts it on chain from this account, whose issuer is accredited
  example --subject ADDRESS  prints a credential signed with the public demonstration key, for chain 31337

  --trust DID       an issuer whose credentials count; may be given several times
  --config FILE     trusted issuers, each with its schemas: { "issuers": [{ "did": "did:key:…", "schemas": ["https://…"] }] }
  --status-checked  you have looked up the credential's own credentialStatus
  --network NAME    a network of hardhat.config.ts (default: localhost)
  --help
`;

const EXAMPLE_CHAIN = 31_337;

/** A chain's credentials, and its accounts by name. */
export interface CredentialService {
  readonly book: CredentialBook;
  accountOf(name: AccountName): Address;
}

/** What a command needs of the outside. */
export interface CredentialTools {
  open(network: string): Promise<CredentialService>;
  print(text: string): void;
}

export async function runCredential(args: readonly string[], tools: CredentialTools): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      network: { type: "string", default: "localhost" },
      account: { type: "string" },
      subject: { type: "string" },
      trust: { type: "string", multiple: true, default: [] },
      config: { type: "string" },
      "status-checked": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return tools.print(HELP);
  const [command, file, ...rest] = positionals;
  if (rest.length > 0) throw new Problem(`There is something too much: ${rest.join(" ")}.`);
  if (command === "example") return tools.print(example(values.subject));
  if (command !== "verify" && command !== "issue")
    throw new Problem(`${command === undefined ? "Give a command" : `There is no command "${command}"`}.\n\n${HELP}`);
  if (file === undefined) throw new Problem("Give the FILE.");
  const account = command === "issue" ? accountName(values.account) : undefined;
  const document = readDocument(file);
  const trusted: TrustedIssuer[] = [
    ...values.trust.map((did) => ({ did })),
    ...(values.config === undefined ? [] : readTrust(values.config)),
  ];
  const service = await tools.open(values.network);
  const claim = await checkClaim(document, service.book, { trusted, statusChecked: values["status-checked"] });
  if (account !== undefined) await issueClaim(claim, service.book, service.accountOf(account));
  tools.print(describe(claim, account !== undefined));
}

function describe({ issuer, subject, schema, schemaUri, validUntil, claimHash }: Claim, issued: boolean): string {
  return [
    issued ? "issued on chain\n已在链上签发" : "valid\n有效",
    `  issuer       ${issuer}`,
    `  subject      ${subject}`,
    `  schema       ${schema} ${schemaUri}`,
    `  valid until  ${dateTimeOf(validUntil)}`,
    `  claim hash   ${claimHash}`,
  ].join("\n");
}

function example(subject: string | undefined): string {
  if (subject === undefined || !isAddress(subject)) throw new Problem("Give --subject ADDRESS.");
  return JSON.stringify(exampleCredential(EXAMPLE_CHAIN, getAddress(subject)), undefined, 2);
}

function accountName(name: string | undefined): AccountName {
  const found = ACCOUNT_NAMES.find((known) => known === name);
  if (found === undefined) throw new Problem(`Give --account NAME, one of ${ACCOUNT_NAMES.join(", ")}.`);
  return found;
}

if (import.meta.main) {
  await main(() =>
    runCredential(process.argv.slice(2), {
      async open(network) {
        const chain = await openChain(network);
        return {
          book: await openCredentials(chain, await deployedContracts(chain)),
          accountOf: (name) => accountOf(chain, name),
        };
      },
      print: console.log,
    }),
  );
}
