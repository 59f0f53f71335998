import { expect } from "chai";
import { DEMONSTRATION_DID, DEMONSTRATION_KEY, exampleCredential } from "../../scripts/documents/demonstration.ts";
import { canonical, parseDocument } from "../../scripts/documents/json.ts";
import { verificationMethodOf } from "../../scripts/documents/multikey.ts";
import { addProof } from "../../scripts/documents/proof.ts";
import { checkSecured, parseCredential } from "../../scripts/documents/verifiableCredential.ts";
import { ALICE, CHAIN_ID, NOW, refusal } from "./stage.ts";

const example = exampleCredential(CHAIN_ID, ALICE);
const status = { type: "BitstringStatusListEntry", id: "https://a.example/1" };

describe("Verifiable Credentials 2.0", () => {
  it("VC-06 takes a credential with all that the data model allows here", () => {
    for (const change of [
      {},
      { id: undefined },
      { issuer: { id: DEMONSTRATION_DID, name: "Somebody" } },
      { credentialStatus: status },
      { credentialStatus: [status, { type: ["A", "B"] }] },
      { credentialSchema: undefined },
      { validFrom: "2025-01-01T08:00:00.5+08:00" },
      { "@context": ["https://www.w3.org/ns/credentials/v2"] },
      { evidence: [{ anything: true }] },
    ]) {
      const document = JSON.parse(JSON.stringify({ ...example, ...change }));
      expect(parseCredential(document).issuer.id).to.equal(DEMONSTRATION_DID);
    }
  });

  it("VC-07 refuses what is no such credential, by the name of the member", async () => {
    const V2 = "https://www.w3.org/ns/credentials/v2";
    const changes: [string, object][] = [
      ["@context", { "@context": V2 }],
      ["@context.0", { "@context": ["https://www.w3.org/2018/credentials/v1"] }],
      ["@context.0", { "@context": [{}, V2] }],
      ["@context.1", { "@context": [V2, 1] }],
      ["id", { id: "17" }],
      ["type", { type: ["Credential"] }],
      ["type", { type: "VerifiableCredential" }],
      ["issuer", { issuer: "somebody" }],
      ["issuer", { issuer: { name: "Somebody" } }],
      ["validFrom", { validFrom: undefined }],
      ["validFrom", { validFrom: "2025-01-01" }],
      ["validFrom", { validFrom: "2025-01-01T00:00Z" }],
      ["validUntil", { validUntil: "2025-02-30T00:00:00Z" }],
      ["validUntil", { validUntil: "2025-01-01T00:00:00" }],
      ["validUntil", { validUntil: 1_800_000_000 }],
      ["credentialSubject", { credentialSubject: [example.credentialSubject] }],
      ["credentialSubject.id", { credentialSubject: { name: "Alice" } }],
      ["credentialStatus", { credentialStatus: "https://a.example/1" }],
      ["credentialStatus", { credentialStatus: [] }],
      ["credentialSchema", { credentialSchema: { type: "JsonSchema" } }],
      ["proof", { proof: undefined }],
      ["proof", { proof: [example.proof] }],
      ["proof", { proof: { ...example.proof, domain: "other.example" } }],
      ["proof", { proof: { ...example.proof, challenge: "17" } }],
      ["proof", { proof: { ...example.proof, previousProof: "urn:x:y" } }],
      ["proof.expires", { proof: { ...example.proof, expires: "never" } }],
    ];
    for (const [member, change] of changes) {
      const error = await refusal(() => parseCredential({ ...example, ...change }), "document_invalid");
      expect(error.details, JSON.stringify(change)).to.include(`${member}: `);
    }
    for (const value of [undefined, null, 1, "{}", [], {}]) {
      await refusal(() => parseCredential(value), "document_invalid");
    }
  });

  it("VC-08 refuses text that is not JSON, names a member twice, is too long or has no canonical form", async () => {
    expect(parseDocument(' {"a": {"b": "\\": {", "c": [{"a": 1}]}} ')).to.deep.equal({
      a: { b: '": {', c: [{ a: 1 }] },
    });
    expect(Object.keys(parseDocument('{"__proto__": 1, "1": 2}') as object)).to.deep.equal(["1", "__proto__"]);
    for (const text of ["", "{", "<html>", `"${"a".repeat(1_000_000)}"`]) {
      await refusal(() => parseDocument(text), "document_unreadable");
    }
    for (const text of ['{"a":1,"a":1}', '[{"b":{"a":1,"\\u0061" : 2}}]', '{"a":{"x":1},"a":{}}']) {
      await refusal(() => parseDocument(text), "document_duplicate_member");
    }
    await refusal(() => canonical("\ud800"), "document_invalid");
    await refusal(() => canonical(parseDocument("[1e400]")), "document_invalid");
    const deep = "[".repeat(50_000) + "]".repeat(50_000);
    await refusal(() => parseDocument(deep), "document_unreadable");
  });

  it("VC-09 takes issuers that are Ed25519 keys, and proofs that were made with that key", async () => {
    checkSecured(example, NOW);
    const { proof: _, ...unsigned } = example;
    const signedAs = (issuer: string, verificationMethod: string) =>
      addProof({ ...unsigned, issuer }, DEMONSTRATION_KEY, { verificationMethod, created: example.validFrom });
    const web = "did:web:issuer.example";
    const unsupported = await refusal(() => checkSecured(signedAs(web, `${web}#key`), NOW), "issuer_unsupported");
    expect(unsupported.details).to.equal(web);
    const other = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
    for (const [issuer, method] of [
      [other, verificationMethodOf(DEMONSTRATION_DID)],
      [DEMONSTRATION_DID, DEMONSTRATION_DID],
      [DEMONSTRATION_DID, verificationMethodOf(other)],
    ] as const) {
      const error = await refusal(() => checkSecured(signedAs(issuer, method), NOW), "issuer_mismatch");
      expect(error.details).to.equal(method);
    }
    const stolen = signedAs(other, verificationMethodOf(other));
    await refusal(() => checkSecured(stolen, NOW), "signature_mismatch");
  });
});
