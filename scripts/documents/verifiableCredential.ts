import { z } from "zod/v4";
import { dateTime, secondsOf } from "./dates.ts";
import { DocumentError } from "./errors.ts";
import { isObject, type JsonObject } from "./json.ts";
import { keyOfDid, verificationMethodOf } from "./multikey.ts";
import { checkProof, proofSchema } from "./proof.ts";

/** The first context of every Verifiable Credential 2.0. Its terms are protected: no later context can give them another meaning. */
export const CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2";
const TYPE = "VerifiableCredential";

const typeName = z.union([z.string(), z.array(z.string()).min(1)]);
const typed = z.looseObject({ id: z.url().exactOptional(), type: typeName });

/** What the data model of W3C Verifiable Credentials 2.0 asks of a credential with one subject and one proof. */
const schema = z.looseObject({
  "@context": z.tuple([z.literal(CREDENTIALS_V2)], z.union([z.url(), z.record(z.string(), z.unknown())])),
  id: z.url().exactOptional(),
  type: z.array(z.string()).refine((types) => types.includes(TYPE), `must include ${TYPE}`),
  issuer: z.union([z.url().transform((id) => ({ id })), z.looseObject({ id: z.url() })], "must be a URL or have an id"),
  validFrom: dateTime,
  validUntil: dateTime,
  credentialSubject: z.looseObject({ id: z.url() }),
  credentialStatus: z.union([typed, z.array(typed).min(1)]).exactOptional(),
  credentialSchema: z.union([typed.extend({ id: z.url() }), z.array(typed).min(1)]).exactOptional(),
  proof: proofSchema,
});

export type VerifiableCredential = z.infer<typeof schema>;

/**
 * Refuses what is not a Verifiable Credential 2.0.
 *
 * @throws DocumentError `document_invalid`; `details` names the members
 */
export function parseCredential(document: unknown): VerifiableCredential {
  return parsed(schema, document);
}

/** Parses with a schema of this folder, so that every refusal is of one kind. */
export function parsed<T>(type: z.ZodType<T>, document: unknown): T {
  const result = type.safeParse(document);
  if (result.success) return result.data;
  const members = result.error.issues.map(({ path, message }) => `${path.join(".") || "document"}: ${message}`);
  throw new DocumentError("document_invalid", members.join("; "));
}

/** A credential whose signature holds. Whether to trust its issuer is another question. */
export interface Secured {
  readonly credential: VerifiableCredential;
  /** As it was parsed, which is what the signature is over. */
  readonly document: JsonObject;
}

/**
 * Checks structure, the issuer's signature, and that the document is valid already at this block time.
 *
 * @throws DocumentError
 */
export function checkSecured(document: unknown, now: number): Secured {
  const credential = parseCredential(document);
  // A value that passed the schema is an object.
  if (!isObject(document)) throw new DocumentError("document_invalid");
  const { issuer, proof, validFrom } = credential;
  const publicKey = keyOfDid(issuer.id);
  if (publicKey === undefined) throw new DocumentError("issuer_unsupported", issuer.id);
  if (proof.verificationMethod !== verificationMethodOf(issuer.id))
    throw new DocumentError("issuer_mismatch", proof.verificationMethod);
  checkProof(document, proof, publicKey, now);
  if (secondsOf(validFrom) > now) throw new DocumentError("not_yet_valid", validFrom);
  return { credential, document };
}

/** @throws DocumentError `expired`. The last second still counts, as on chain. */
export function checkNotExpired({ validUntil }: VerifiableCredential, now: number): void {
  if (Math.floor(secondsOf(validUntil)) < now) throw new DocumentError("expired", validUntil);
}
