import { z } from "zod/v4";
import { dateTime, secondsOf } from "./dates.ts";
import { DocumentError } from "./errors.ts";
import { canonical, canonicalHash, type JsonObject, withoutProof } from "./json.ts";
import { type SigningKey, verifySignature } from "./keys.ts";
import { fromMultibase, toMultibase } from "./multikey.ts";

const TYPE = "DataIntegrityProof";
const CRYPTOSUITE = "eddsa-jcs-2022";
const PURPOSE = "assertionMethod";

/**
 * One proof. Members that would restrict it (`domain`, `challenge`) or chain it to another (`previousProof`) are unknown here,
 * and a proof that has them is refused rather than half understood.
 */
export const proofSchema = z.strictObject({
  "@context": z.unknown().optional(),
  id: z.string().exactOptional(),
  type: z.string(),
  cryptosuite: z.string(),
  created: dateTime.exactOptional(),
  expires: dateTime.exactOptional(),
  verificationMethod: z.string(),
  proofPurpose: z.string(),
  proofValue: z.string(),
});

export type Proof = z.infer<typeof proofSchema>;

export interface ProofOptions {
  readonly verificationMethod: string;
  readonly created: string;
}

/** The document with a proof of W3C Data Integrity, cryptosuite `eddsa-jcs-2022` (section 3.3.1). */
export function addProof<T extends JsonObject>(
  document: T,
  key: SigningKey,
  { verificationMethod, created }: ProofOptions,
): T & { readonly proof: Proof } {
  const proof = {
    type: TYPE,
    cryptosuite: CRYPTOSUITE,
    created,
    verificationMethod,
    proofPurpose: PURPOSE,
    ...("@context" in document ? { "@context": document["@context"] } : {}),
  };
  return { ...document, proof: { ...proof, proofValue: toMultibase(key.sign(signedHash(document, proof))) } };
}

/**
 * Checks that the holder of a key secured the document (section 3.3.2). Whose key that is, is for the caller to know.
 *
 * The standard lets a document have more contexts than its proof; here they must be the same, so that nothing is unsigned.
 *
 * @param now block time: a proof may say when it was made and until when it counts
 * @throws DocumentError `proof_unsupported`, `proof_context`, `proof_expired`, `proof_early`, `signature_mismatch`
 */
export function checkProof(document: JsonObject, proof: Proof, publicKey: Uint8Array, now: number): void {
  const { proofValue, ...config } = proof;
  if (proof.type !== TYPE || proof.cryptosuite !== CRYPTOSUITE || proof.proofPurpose !== PURPOSE)
    throw new DocumentError("proof_unsupported", `${proof.type}, ${proof.cryptosuite}, ${proof.proofPurpose}`);
  if (config["@context"] !== undefined && canonical(config["@context"]) !== canonical(document["@context"]))
    throw new DocumentError("proof_context");
  const signature = fromMultibase(proofValue);
  if (signature === undefined || !verifySignature(publicKey, signedHash(withoutProof(document), config), signature))
    throw new DocumentError("signature_mismatch");
  if (proof.expires !== undefined && secondsOf(proof.expires) < now)
    throw new DocumentError("proof_expired", proof.expires);
  if (proof.created !== undefined && secondsOf(proof.created) > now)
    throw new DocumentError("proof_early", proof.created);
}

function signedHash(unsecured: JsonObject, proofConfig: JsonObject): Uint8Array {
  return Buffer.concat([canonicalHash(proofConfig), canonicalHash(unsecured)]);
}
