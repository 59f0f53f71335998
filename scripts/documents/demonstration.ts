import { hash } from "node:crypto";
import type { Address } from "viem";
import { didOfAccount } from "./accounts.ts";
import { keyOfSeed, type SigningKey } from "./keys.ts";
import { didOf, verificationMethodOf } from "./multikey.ts";
import { addProof } from "./proof.ts";
import { CREDENTIALS_V2 } from "./verifiableCredential.ts";

/** Anybody can make this key from this text: it shows how a signed credential looks and proves nothing. */
const PUBLIC_SEED_TEXT = "Cadastre demonstration issuer. This key is public. Trust it nowhere.";

export const DEMONSTRATION_KEY: SigningKey = keyOfSeed(hash("sha256", PUBLIC_SEED_TEXT, "buffer"));

export const DEMONSTRATION_DID = didOf(DEMONSTRATION_KEY.publicKey);

/** The schema of the example, as the authority opens it on a chain. */
export const EXAMPLE_SCHEMA = {
  name: "Qualified data buyer",
  uri: "https://cadastre.example/schemas/qualified-data-buyer/v1",
} as const;

/** A credential as a foreign issuer would write it, for an account of a chain. `docs/examples/credential.json` is one of these. */
export function exampleCredential(chainId: number, subject: Address) {
  const unsigned = {
    "@context": [
      CREDENTIALS_V2,
      {
        QualifiedDataBuyer: "https://cadastre.example/terms#QualifiedDataBuyer",
        qualification: "https://cadastre.example/terms#qualification",
        training: "https://cadastre.example/terms#training",
      },
    ],
    id: "urn:uuid:6f6d2f0a-5f0c-4c35-9a50-1d0b7c1f8c11",
    type: ["VerifiableCredential", "QualifiedDataBuyer"],
    name: [
      { "@value": "Qualified data buyer (demonstration)", "@language": "en" },
      { "@value": "合格数据受让方（演示）", "@language": "zh" },
    ],
    issuer: DEMONSTRATION_DID,
    validFrom: "2025-01-01T00:00:00Z",
    validUntil: "2035-01-01T00:00:00Z",
    credentialSubject: {
      id: didOfAccount(chainId, subject),
      qualification: "industrial and public data",
      training: "data security, 16 hours",
    },
    credentialSchema: { id: EXAMPLE_SCHEMA.uri, type: "JsonSchema" },
  };
  return addProof(unsigned, DEMONSTRATION_KEY, {
    verificationMethod: verificationMethodOf(DEMONSTRATION_DID),
    created: "2025-01-01T00:00:00Z",
  });
}
