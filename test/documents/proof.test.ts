import { expect } from "chai";
import { canonicalHash, type JsonObject } from "../../scripts/documents/json.ts";
import { keyOfSeed } from "../../scripts/documents/keys.ts";
import {
  decodeMultikey,
  didOf,
  encodeMultikey,
  fromMultibase,
  keyOfDid,
  toMultibase,
} from "../../scripts/documents/multikey.ts";
import { addProof, checkProof, type Proof } from "../../scripts/documents/proof.ts";
import { changed, leaves, NOW, REGISTRAR, refusal } from "./stage.ts";
import { W3C } from "./w3cVector.ts";

const w3cKey = decodeMultikey(W3C.publicKey)!;
const secured: JsonObject = { ...W3C.document, proof: W3C.proof };
const options = { verificationMethod: "did:key:zSomebody#zSomebody", created: "2026-01-01T00:00:00Z" };
const check = (document: JsonObject, now = NOW, key = REGISTRAR.publicKey) =>
  checkProof(document, document.proof as Proof, key, now);

describe("Proofs of W3C Data Integrity (eddsa-jcs-2022)", () => {
  it("VC-01 verifies the W3C's test vector and makes the same proof again", () => {
    expect(canonicalHash(W3C.document).toString("hex")).to.equal(W3C.documentHash);
    check(secured, NOW, w3cKey);
    // The multicodec of a private Ed25519 key takes two bytes.
    const key = keyOfSeed(fromMultibase(W3C.publishedPrivateKey)!.slice(2));
    expect(encodeMultikey(key.publicKey)).to.equal(W3C.publicKey);
    const { verificationMethod, created } = W3C.proof;
    expect(addProof(W3C.document, key, { verificationMethod, created }).proof).to.deep.equal(W3C.proof);
  });

  it("VC-02 refuses a document of which anything was changed, added or taken away", async () => {
    const kinds = ["signature_mismatch", "proof_context", "proof_unsupported"];
    const places = leaves(secured);
    expect(places).to.have.length(19);
    for (const path of places) {
      for (const change of [(value: unknown) => `${value}1`, () => undefined, () => ""]) {
        let code: unknown;
        try {
          check(changed(secured, path, change), NOW, w3cKey);
        } catch (error) {
          ({ code } = error as { code: unknown });
        }
        expect(kinds, path.join(".")).to.include(code);
      }
    }
    await refusal(() => check({ ...secured, added: true }, NOW, w3cKey), "signature_mismatch");
    await refusal(() => check(secured, NOW, REGISTRAR.publicKey), "signature_mismatch");
  });

  it("VC-03 refuses a proof of another kind, for another context, expired, or dated ahead", async () => {
    const document = { "@context": ["https://a.example"], id: "urn:x:y" };
    const good = addProof(document, REGISTRAR, options);
    check(good);
    const withProof = (change: Partial<Proof>) => ({ ...good, proof: { ...good.proof, ...change } });
    const other = { type: "Ed25519Signature2020", cryptosuite: "eddsa-rdfc-2022", proofPurpose: "authentication" };
    for (const [member, value] of Object.entries(other)) {
      const error = await refusal(() => check(withProof({ [member]: value })), "proof_unsupported");
      expect(error.details).to.include(value);
    }
    await refusal(() => check(withProof({ "@context": ["https://b.example"] })), "proof_context");
    await refusal(() => check({ ...good, "@context": ["https://a.example", "https://b.example"] }), "proof_context");

    const signed = (config: object) => {
      // What a signer would sign who sets these members.
      const { proofValue: _, ...rest } = { ...good.proof, ...config };
      const message = Buffer.concat([canonicalHash(rest), canonicalHash(document)]);
      return { ...document, proof: { ...rest, proofValue: toMultibase(REGISTRAR.sign(message)) } };
    };
    check(signed({ expires: "2026-06-01T00:00:00Z" }));
    const expired = await refusal(() => check(signed({ expires: "2026-05-31T23:59:59Z" })), "proof_expired");
    expect(expired.details).to.equal("2026-05-31T23:59:59Z");
    check(signed({ created: "2026-06-01T00:00:00Z" }));
    const early = await refusal(() => check(signed({ created: "2026-06-01T00:00:01Z" })), "proof_early");
    expect(early.details).to.equal("2026-06-01T00:00:01Z");
  });

  it("VC-04 reads Ed25519 keys from did:key and nothing else", () => {
    expect(didOf(w3cKey)).to.equal(`did:key:${W3C.publicKey}`);
    expect(keyOfDid(`did:key:${W3C.publicKey}`)).to.deep.equal(w3cKey);
    const ed25519 = [0xed, 0x01];
    const wrong = [
      ...[`did:web:${W3C.publicKey}`, W3C.publicKey, "did:key:z", "did:key:", `did:key:${W3C.publicKey}0`],
      `did:key:m${W3C.publicKey.slice(1)}`,
      `did:key:${toMultibase(Uint8Array.from([0xe7, 0x01, ...w3cKey]))}`,
      `did:key:${toMultibase(Uint8Array.from([0xed, 0x02, ...w3cKey]))}`,
      `did:key:${toMultibase(Uint8Array.from([...ed25519, ...w3cKey, 0]))}`,
      `did:key:${toMultibase(Uint8Array.from([...ed25519, ...w3cKey.slice(1)]))}`,
      `did:key:z${"1".repeat(10_000)}`,
    ];
    for (const did of wrong) expect(keyOfDid(did), did).to.equal(undefined);
  });
});
