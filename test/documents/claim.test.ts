import { expect } from "chai";
import { type Address, toHex } from "viem";
import { type ClaimOptions, checkClaim, issueClaim } from "../../scripts/documents/claim.ts";
import {
  DEMONSTRATION_DID,
  DEMONSTRATION_KEY,
  EXAMPLE_SCHEMA,
  exampleCredential,
} from "../../scripts/documents/demonstration.ts";
import { canonicalHash, type JsonObject, withoutProof } from "../../scripts/documents/json.ts";
import { didOf, verificationMethodOf } from "../../scripts/documents/multikey.ts";
import { addProof } from "../../scripts/documents/proof.ts";
import type { ReasonCode } from "../../scripts/documents/reasons.ts";
import type { CredentialBook, CredentialChange } from "../../scripts/documents/registries.ts";
import {
  ALICE,
  CHAIN_ID,
  changed,
  credentialBook,
  leaves,
  NOW,
  readExample,
  refusal,
  SCHEMA,
  STRANGER,
} from "./stage.ts";

const STRANGER_ACCOUNT: Address = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
const trusted: ClaimOptions = { trusted: [{ did: DEMONSTRATION_DID }] };
const check = (document: unknown, book: CredentialBook = credentialBook(), options = trusted) =>
  checkClaim(document, book, options);
const signed = (change: JsonObject, key = DEMONSTRATION_KEY) => {
  const issuer = didOf(key.publicKey);
  const document = { ...withoutProof(readExample()), issuer, ...change };
  return addProof(JSON.parse(JSON.stringify(document)), key, {
    verificationMethod: verificationMethodOf(issuer),
    created: "2025-01-01T00:00:00Z",
  });
};

describe("Claims from Verifiable Credentials", () => {
  it("VC-10 verifies the example, which is what the public demonstration key signs", async () => {
    const example = readExample();
    expect(example).to.deep.equal(exampleCredential(CHAIN_ID, ALICE));
    expect(await check(example)).to.deep.equal({
      issuer: DEMONSTRATION_DID,
      subject: ALICE,
      schema: SCHEMA,
      schemaUri: EXAMPLE_SCHEMA.uri,
      validUntil: Date.UTC(2035, 0, 1) / 1_000,
      claimHash: toHex(canonicalHash(withoutProof(example))),
    });
  });

  it("VC-11 refuses the example when any field of it was changed or taken away", async () => {
    const example = readExample();
    const places = leaves(example);
    expect(places).to.have.length(29);
    for (const path of places) {
      for (const change of [(value: unknown) => `${value}1`, () => undefined]) {
        const result = await check(changed(example, path, change)).then(
          () => "accepted",
          ({ code }) => code,
        );
        expect(result, path.join(".")).to.be.oneOf([
          ...["signature_mismatch", "document_invalid", "issuer_unsupported", "issuer_mismatch"],
          ...["proof_context", "proof_unsupported"],
        ]);
      }
    }
  });

  it("VC-12 refuses a claim for another chain, and for what is no account", async () => {
    const elsewhere = await refusal(() => check(readExample(), credentialBook({ chainId: 1 })), "wrong_chain");
    expect(elsewhere.details).to.equal("31337, this chain is 1");
    const about = (id: string) => check(signed({ credentialSubject: { id } }));
    expect((await about(`did:pkh:eip155:31337:${ALICE.toLowerCase()}`)).subject).to.equal(ALICE);
    await refusal(() => about(`did:pkh:eip155:313370:${ALICE}`), "wrong_chain");
    for (const id of [
      `did:pkh:eip155:031337:${ALICE}`,
      `did:pkh:eip155:31337:${ALICE}0`,
      `did:pkh:eip155:31337:${ALICE.replace("dF3e", "df3e")}`,
      `did:pkh:solana:31337:${ALICE}`,
      `did:web:alice.example`,
      `urn:did:pkh:eip155:31337:${ALICE}`,
    ]) {
      expect((await refusal(() => about(id), "subject_unsupported")).details).to.equal(id);
    }
  });

  it("VC-13 holds the dates against block time, to the second", async () => {
    const from = (validFrom: string) => check(signed({ validFrom }));
    const until = (validUntil: string) => check(signed({ validUntil }));
    await from("2026-06-01T00:00:00Z");
    expect((await refusal(() => from("2026-06-01T00:00:00.1Z"), "not_yet_valid")).details).to.equal(
      "2026-06-01T00:00:00.1Z",
    );
    expect((await until("2026-06-01T08:00:00.9+08:00")).validUntil).to.equal(NOW);
    expect((await refusal(() => until("2026-05-31T23:59:59.9Z"), "expired")).details).to.equal(
      "2026-05-31T23:59:59.9Z",
    );
    await refusal(() => check(readExample(), credentialBook({ now: Date.UTC(2035, 0, 1) / 1_000 + 1 })), "expired");
  });

  it("VC-14 trusts nobody who is not named, and whoever is named for the named schemas alone", async () => {
    const example = readExample();
    const by = (options: ClaimOptions) => check(example, credentialBook(), options);
    expect((await refusal(() => by({ trusted: [] }), "issuer_untrusted")).details).to.equal(DEMONSTRATION_DID);
    const stranger = didOf(STRANGER.publicKey);
    await refusal(() => by({ trusted: [{ did: stranger }] }), "issuer_untrusted");
    expect((await refusal(() => check(signed({}, STRANGER)), "issuer_untrusted")).details).to.equal(stranger);
    const did = DEMONSTRATION_DID;
    await refusal(() => by({ trusted: [{ did, schemas: ["https://other.example"] }] }), "issuer_untrusted");
    await by({ trusted: [{ did, schemas: ["https://other.example", EXAMPLE_SCHEMA.uri] }] });
  });

  it("VC-15 refuses the demonstration issuer where the network is not for development", async () => {
    const real = signed({ credentialSubject: { id: `did:pkh:eip155:1:${ALICE}` } }, STRANGER);
    const book = credentialBook({ chainId: 1 });
    const both = { trusted: [{ did: DEMONSTRATION_DID }, { did: didOf(STRANGER.publicKey) }] };
    await check(real, book, both);
    const shown = signed({ credentialSubject: { id: `did:pkh:eip155:1:${ALICE}` } });
    await refusal(() => check(shown, book, both), "demonstration_issuer");
  });

  it("VC-16 finds the one schema that is open under the claim's URI", async () => {
    const withSchemas = (schemas: Record<string, `0x${string}`[]>) => check(readExample(), credentialBook({ schemas }));
    const unknown = await refusal(() => withSchemas({ "https://other.example": [SCHEMA] }), "schema_unknown");
    expect(unknown.details).to.equal(EXAMPLE_SCHEMA.uri);
    await refusal(() => withSchemas({ [EXAMPLE_SCHEMA.uri]: [SCHEMA, `0x${"5d".repeat(32)}`] }), "schema_ambiguous");
    const credentialSchema = { id: EXAMPLE_SCHEMA.uri, type: "JsonSchema" };
    expect((await check(signed({ credentialSchema: [credentialSchema] }))).schema).to.equal(SCHEMA);
    for (const schemas of [undefined, [credentialSchema, credentialSchema], [{ type: "JsonSchema" }]]) {
      const error = await refusal(() => check(signed({ credentialSchema: schemas })), "document_invalid");
      expect(error.details).to.equal("credentialSchema: must be one, with an id");
    }
  });

  it("VC-17 leaves a status that stands elsewhere to whoever says that it was looked up", async () => {
    const document = signed({ credentialStatus: { type: "BitstringStatusListEntry" } });
    await refusal(() => check(document), "status_unchecked");
    await check(document, credentialBook(), { ...trusted, statusChecked: true });
  });

  it("VC-18 puts the claim on chain with its hash, once, and not again after it was revoked or replaced", async () => {
    const book = credentialBook();
    const claim = await check(readExample(), book);
    const { subject, schema, validUntil, claimHash } = claim;
    await issueClaim(claim, book, STRANGER_ACCOUNT);
    expect(book.issued).to.deep.equal([
      { from: STRANGER_ACCOUNT, issuance: { subject, schema, validUntil, claimHash } },
    ]);
    const same = { kind: "issued", claimHash } as const;
    const other = { kind: "issued", claimHash: `0x${"11".repeat(32)}` } as const;
    const revoked = { kind: "revoked" } as const;
    const again = (history: CredentialChange[], changes: Partial<CredentialBook> = {}) => {
      const later = credentialBook({ history, ...changes });
      return issueClaim(claim, later, STRANGER_ACCOUNT).then(() => later.issued.length);
    };
    const histories: [ReasonCode, CredentialChange[]][] = [
      ["already_issued", [same]],
      ["already_issued", [other, revoked, same]],
      ["already_revoked", [same, revoked]],
      ["already_revoked", [same, revoked, other]],
      ["already_revoked", [same, revoked, other, revoked]],
      ["already_revoked", [same, other, same, revoked, other]],
      ["already_revoked", [same, revoked, same]],
      ["already_replaced", [same, other]],
      ["already_replaced", [same, other, revoked]],
    ];
    for (const [code, history] of histories) {
      expect((await refusal(() => again(history), code)).details).to.equal(claimHash);
    }
    // Its credential has expired on chain or lost its issuer's accreditation, or only others were issued: the contract decides.
    expect(await again([same], { isValid: async () => false })).to.equal(1);
    expect(await again([other])).to.equal(1);
    expect(await again([other, revoked])).to.equal(1);
  });
});
