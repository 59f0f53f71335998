import { AbiCoder, keccak256 } from "ethers";

/** A schema as `CredentialRegistry.openSchema` takes it. */
export interface Schema {
  readonly name: string;
  readonly uri: string;
}

/** The schemas that the jurisdiction policy asks for. Until the authority opens them, nobody has a credential of them. */
export const SCHEMAS = {
  sandbox: { name: "Sandbox participant", uri: "urn:cadastre:schema:sandbox-participant:1" },
  venue: { name: "Approved venue", uri: "urn:cadastre:schema:approved-venue:1" },
} as const satisfies Record<string, Schema>;

/** What `CredentialRegistry.schemaIdOf` answers. */
export function schemaIdOf({ name, uri }: Schema): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(["string", "string"], [name, uri]));
}
