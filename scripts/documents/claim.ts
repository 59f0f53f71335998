import { readFileSync } from "node:fs";
import type { Address, Hex } from "viem";
import { z } from "zod/v4";
import { isDevelopment } from "../../ignition/parameters/index.ts";
import { Problem } from "../support/problem.ts";
import { accountOfDid } from "./accounts.ts";
import { secondsOf } from "./dates.ts";
import { DEMONSTRATION_DID } from "./demonstration.ts";
import { DocumentError } from "./errors.ts";
import { canonicalHash, withoutProof } from "./json.ts";
import { keyOfDid } from "./multikey.ts";
import type { CredentialBook, CredentialChange } from "./registries.ts";
import { checkNotExpired, checkSecured, type VerifiableCredential } from "./verifiableCredential.ts";

/** Whose credentials count; `schemas` are URIs, all of them where it is left out. */
export interface TrustedIssuer {
  readonly did: string;
  readonly schemas?: readonly string[];
}

/** What a credential says, in the terms of the chain. */
export interface Claim {
  readonly issuer: string;
  readonly subject: Address;
  readonly schema: Hex;
  readonly schemaUri: string;
  /** Seconds; the claim on chain never outlives the document. */
  readonly validUntil: number;
  /** SHA-256 of the canonical credential without its proof. */
  readonly claimHash: Hex;
}

export interface ClaimOptions {
  readonly trusted: readonly TrustedIssuer[];
  /** The service has looked up the credential's own status itself. */
  readonly statusChecked?: boolean;
}

const trustFile = z.strictObject({
  issuers: z.array(
    z.strictObject({
      did: z.string().refine((did) => keyOfDid(did) !== undefined, "must be a did:key with an Ed25519 key"),
      schemas: z.array(z.url()).min(1).exactOptional(),
    }),
  ),
});

/** Reads `{ "issuers": [{ "did": "did:key:…", "schemas": ["https://…"] }] }`. */
export function readTrust(path: string): TrustedIssuer[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new Problem(`${path} cannot be read as JSON.`);
  }
  const result = trustFile.safeParse(value);
  if (!result.success) throw new Problem(`${path}: ${z.prettifyError(result.error)}`);
  return result.data.issuers;
}

/**
 * Checks a Verifiable Credential for this chain: signature, issuer, dates, subject, schema, status.
 *
 * @throws DocumentError
 */
export async function checkClaim(document: unknown, book: CredentialBook, options: ClaimOptions): Promise<Claim> {
  const { credential, document: signed } = checkSecured(document, book.now);
  checkNotExpired(credential, book.now);
  const subject = subjectOn(book.chainId, credential);
  const schemaUri = schemaOf(credential);
  checkTrust(credential.issuer.id, schemaUri, book.chainId, options.trusted);
  if (credential.credentialStatus !== undefined && options.statusChecked !== true)
    throw new DocumentError("status_unchecked");
  return {
    issuer: credential.issuer.id,
    subject,
    schema: await schemaOnChain(book, schemaUri),
    schemaUri,
    validUntil: Math.floor(secondsOf(credential.validUntil)),
    claimHash: `0x${canonicalHash(withoutProof(signed)).toString("hex")}`,
  };
}

/**
 * Puts a claim on chain. What was revoked or replaced stays so, whatever was issued since: the document that it came from is
 * still signed and dated well.
 *
 * @throws DocumentError `already_issued`, `already_revoked`, `already_replaced`; the contract's own refusals
 */
export async function issueClaim(claim: Claim, book: CredentialBook, from: Address): Promise<void> {
  const { subject, schema, validUntil, claimHash } = claim;
  const past = pastOf(claimHash, await book.historyOf(subject, schema));
  if (past === "revoked") throw new DocumentError("already_revoked", claimHash);
  if (past === "replaced") throw new DocumentError("already_replaced", claimHash);
  if (past === "standing" && (await book.isValid(subject, schema)))
    throw new DocumentError("already_issued", claimHash);
  await book.issue(from, { subject, schema, validUntil, claimHash });
}

/** What became of a claim; a revocation counts for good. */
function pastOf(
  claimHash: Hex,
  history: readonly CredentialChange[],
): "never issued" | "standing" | "revoked" | "replaced" {
  let latest: Hex | undefined;
  let issued = false;
  for (const change of history) {
    if (change.kind === "issued") latest = change.claimHash;
    else if (latest === claimHash) return "revoked";
    issued ||= latest === claimHash;
  }
  if (!issued) return "never issued";
  return latest === claimHash ? "standing" : "replaced";
}

function schemaOf({ credentialSchema }: VerifiableCredential): string {
  const schemas = [credentialSchema ?? []].flat();
  const id = schemas[0]?.id;
  if (id === undefined || schemas.length !== 1)
    throw new DocumentError("document_invalid", "credentialSchema: must be one, with an id");
  return id;
}

function checkTrust(issuer: string, schemaUri: string, chainId: number, trusted: readonly TrustedIssuer[]): void {
  const counts = trusted.some(({ did, schemas }) => did === issuer && (schemas?.includes(schemaUri) ?? true));
  if (!counts) throw new DocumentError("issuer_untrusted", issuer);
  if (issuer === DEMONSTRATION_DID && !isDevelopment(chainId)) throw new DocumentError("demonstration_issuer");
}

function subjectOn(chainId: number, { credentialSubject }: VerifiableCredential): Address {
  const subject = accountOfDid(credentialSubject.id);
  if (subject === undefined) throw new DocumentError("subject_unsupported", credentialSubject.id);
  if (subject.chainId !== BigInt(chainId))
    throw new DocumentError("wrong_chain", `${subject.chainId}, this chain is ${chainId}`);
  return subject.account;
}

async function schemaOnChain(book: CredentialBook, uri: string): Promise<Hex> {
  const [schema, ...more] = await book.schemasAt(uri);
  if (schema === undefined) throw new DocumentError("schema_unknown", uri);
  if (more.length > 0) throw new DocumentError("schema_ambiguous", uri);
  return schema;
}
