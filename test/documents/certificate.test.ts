import { expect } from "chai";
import { toHex } from "viem";
import { certificateDocument, checkCertificate, issueCertificate } from "../../scripts/documents/certificate.ts";
import { isObject } from "../../scripts/documents/json.ts";
import { didOf, verificationMethodOf } from "../../scripts/documents/multikey.ts";
import { addProof } from "../../scripts/documents/proof.ts";
import { REASONS, type ReasonCode } from "../../scripts/documents/reasons.ts";
import type { Certificate } from "../../scripts/documents/registries.ts";
import { parseCredential } from "../../scripts/documents/verifiableCredential.ts";
import {
  ASSET,
  CERTIFICATE,
  CHAIN_ID,
  certificateBook,
  changed,
  leaves,
  NOW,
  REGISTRAR,
  refusal,
  STRANGER,
  ZERO_HASH,
} from "./stage.ts";

const did = didOf(REGISTRAR.publicKey);
const make = () => issueCertificate(certificateBook(), ASSET, REGISTRAR);
const STATUSES: [number, ReasonCode][] = [
  [0, "certificate_unknown"],
  [2, "certificate_expired"],
  [3, "certificate_suspended"],
  [4, "certificate_struck_off"],
  [5, "certificate_withdrawn"],
  [6, "certificate_unknown"],
];

describe("Registration certificates", () => {
  it("VC-19 states what the chain states, exactly, as a Verifiable Credential of the registrar", async () => {
    const document = await make();
    expect(parseCredential(JSON.parse(JSON.stringify(document))).issuer.id).to.equal(did);
    const account = (address: string) => `did:pkh:eip155:31337:${address}`;
    expect(document).to.deep.include({
      type: ["VerifiableCredential", "DataRegistrationCertificate"],
      issuer: { id: did, account: account(CERTIFICATE.registrar) },
      validFrom: "2026-05-31T23:43:20Z",
      validUntil: "2029-05-31T00:00:00Z",
      credentialSubject: {
        id: `eip155:31337/erc1155:0x322813Fd9A801c5507c9de605d63CEA4f2CE6c44/${ASSET}`,
        type: "DataAsset",
        number: "18446744073709551615",
        registrationDomain: 330_000,
        holder: account(CERTIFICATE.holder),
        operator: account(CERTIFICATE.operator),
        latestRelease: 3,
        releaseHash: CERTIFICATE.releaseHash,
        termsHash: CERTIFICATE.termsHash,
        fractions: "18446744073709551614",
        currency: account(CERTIFICATE.currency),
        policy: "72057594037927935",
        policyVersion: 4,
        noticeEndedAt: "2026-05-31T23:26:40Z",
      },
      credentialStatus: {
        type: "CertificateOnChain",
        chainId: CHAIN_ID,
        contract: "0x959922bE3CAee4b8Cd9a407cc3ac1C251C2007B1",
        asset: toHex(ASSET, { size: 32 }),
      },
    });
    expect(document.credentialStatus.asset).to.match(/^0x07e/);
    expect(document.name.map((name) => name["@value"])).to.deep.equal([
      "Data Registration Certificate",
      "数据登记凭证",
    ]);
    expect(document.proof.created).to.equal("2026-06-01T00:00:00Z");
    const withoutNotice = await issueCertificate(certificateBook({ noticeEndedAt: 0 }), ASSET, REGISTRAR);
    expect(withoutNotice.credentialSubject).not.to.have.property("noticeEndedAt");
    await checkCertificate(withoutNotice, certificateBook({ noticeEndedAt: 0 }));
  });

  it("VC-20 defines each of its own terms inline, and none that the W3C's context protects", async () => {
    const { "@context": contexts, credentialSubject, issuer, credentialStatus } = await make();
    expect(contexts).to.have.length(2);
    const terms = contexts[1];
    if (!isObject(terms)) throw new Error("the second context is not inline");
    for (const member of [...Object.keys(credentialSubject), ...Object.keys(issuer)]) {
      expect(member === "id" || member === "type" || member in terms, member).to.equal(true);
    }
    expect(terms).to.include.keys("DataAsset", "DataRegistrationCertificate", "CertificateOnChain");
    const scoped = terms.CertificateOnChain as { "@context": object };
    expect(Object.keys(scoped["@context"])).to.have.members(
      Object.keys(credentialStatus).filter((member) => member !== "type"),
    );
    // Those of https://www.w3.org/ns/credentials/v2 that apply to any node, and those of a proof, where the context is repeated.
    const taken = [
      "id",
      "type",
      "name",
      "description",
      "domain",
      "challenge",
      "created",
      "expires",
      "nonce",
      "digestSRI",
    ];
    expect(terms).not.to.have.any.keys(...taken);
  });

  it("VC-21 is made only with the key that the domain's registrar has on chain", async () => {
    const unset = await refusal(
      () => issueCertificate(certificateBook({}, { key: ZERO_HASH }), ASSET, REGISTRAR),
      "key_unset",
    );
    expect(unset.details).to.equal("domain 330000");
    const wrong = await refusal(() => issueCertificate(certificateBook(), ASSET, STRANGER), "key_mismatch");
    expect(wrong.details).to.equal(didOf(STRANGER.publicKey));
  });

  it("VC-22 is made of a valid registration only, and of dates that can be written", async () => {
    for (const [status, code] of STATUSES) {
      await refusal(() => issueCertificate(certificateBook({ status }), ASSET, REGISTRAR), code);
    }
    await refusal(() => issueCertificate(certificateBook(), ASSET + 1n, REGISTRAR), "certificate_unknown");
    const last = 253_402_300_799;
    const until = (validUntil: number) => issueCertificate(certificateBook({ validUntil }), ASSET, REGISTRAR);
    expect((await until(last)).validUntil).to.equal("9999-12-31T23:59:59Z");
    const error = await refusal(() => until(last + 1), "date_out_of_range");
    expect(error.details).to.equal(`${last + 1} s`);
  });

  it("VC-23 is valid while the chain says the same, in whichever order its members stand", async () => {
    const document = Object.fromEntries(Object.entries(await make()).reverse());
    expect(await checkCertificate(document, certificateBook())).to.deep.equal(CERTIFICATE);
    expect(await checkCertificate(document, certificateBook({}, { now: NOW + 10_000 }))).to.deep.equal(CERTIFICATE);
  });

  it("VC-24 is refused when any field of it was changed or taken away", async () => {
    const document = await make();
    const places = leaves(document);
    expect(places).to.have.length.greaterThan(60);
    for (const path of places) {
      for (const change of [(value: unknown) => `${value}1`, () => undefined]) {
        const result = await checkCertificate(changed(document, path, change), certificateBook()).then(
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

  it("VC-25 is refused when the chain says otherwise, naming what differs", async () => {
    const document = await make();
    const other = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    const changes: [Partial<Certificate>, string][] = [
      [{ number: 1n }, "credentialSubject.number"],
      [{ registrar: other }, "issuer.account"],
      [{ holder: other }, "credentialSubject.holder"],
      [{ operator: other }, "credentialSubject.operator"],
      [{ issuedAt: 1 }, "validFrom"],
      [{ validUntil: CERTIFICATE.validUntil + 1 }, "validUntil"],
      [{ latestRelease: 4 }, "credentialSubject.latestRelease"],
      [{ releaseHash: ZERO_HASH }, "credentialSubject.releaseHash"],
      [{ termsHash: ZERO_HASH }, "credentialSubject.termsHash"],
      [{ fractions: CERTIFICATE.fractions + 1n }, "credentialSubject.fractions"],
      [{ currency: other }, "credentialSubject.currency"],
      [{ policy: CERTIFICATE.policy - 1n }, "credentialSubject.policy"],
      [{ policyVersion: 5 }, "credentialSubject.policyVersion"],
      [{ noticeEndedAt: NOW - 1_999 }, "credentialSubject.noticeEndedAt"],
      [{ domain: 330_001 }, "credentialSubject.registrationDomain"],
    ];
    // Status apart, nothing that the chain says is left out.
    expect(changes.map(([change]) => Object.keys(change)[0])).to.have.members(
      Object.keys(CERTIFICATE).filter((field) => field !== "status"),
    );
    for (const [change, path] of changes) {
      const error = await refusal(() => checkCertificate(document, certificateBook(change)), "value_differs");
      expect(error.details).to.match(new RegExp(`^${path.replace(".", "\\.")} is \\S+, on chain \\S+$`));
    }
    const noNotice = await refusal(
      () => checkCertificate(document, certificateBook({ noticeEndedAt: 0 })),
      "value_differs",
    );
    expect(noNotice.details).to.equal("credentialSubject.noticeEndedAt is not on chain");
    const elsewhere = certificateBook({}, { register: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" });
    const register = await refusal(() => checkCertificate(document, elsewhere), "value_differs");
    expect(register.details).to.match(/^credentialSubject\.id is /);
  });

  it("VC-26 is refused when its signer states more, or less, than the chain", async () => {
    const unsigned = certificateDocument(certificateBook(), ASSET, CERTIFICATE, did);
    const signed = (change: object) =>
      addProof(JSON.parse(JSON.stringify({ ...unsigned, ...change })), REGISTRAR, {
        verificationMethod: verificationMethodOf(did),
        created: "2026-06-01T00:00:00Z",
      });
    await checkCertificate(signed({}), certificateBook());
    const { policyVersion: _, ...less } = unsigned.credentialSubject;
    for (const [change, details] of [
      [{ credentialSubject: less }, "credentialSubject.policyVersion is missing"],
      [{ rating: "AAA" }, "rating is not on chain"],
      [
        { credentialSubject: { ...unsigned.credentialSubject, toString: "1" } },
        "credentialSubject.toString is not on chain",
      ],
    ] as const) {
      const error = await refusal(() => checkCertificate(signed(change), certificateBook()), "value_differs");
      expect(error.details).to.equal(details);
    }
    for (const status of [undefined, { ...unsigned.credentialStatus, type: "Other" }, { type: "CertificateOnChain" }]) {
      await refusal(
        () => checkCertificate(signed({ credentialStatus: status }), certificateBook()),
        "document_invalid",
      );
    }
  });

  it("VC-27 is refused on another chain, at another contract, and under another key than the registrar's now", async () => {
    const document = await make();
    const chain = await refusal(() => checkCertificate(document, certificateBook({}, { chainId: 1 })), "wrong_chain");
    expect(chain.details).to.equal("31337, this chain is 1");
    const contract = certificateBook({}, { contract: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" });
    expect((await refusal(() => checkCertificate(document, contract), "wrong_contract")).details).to.equal(
      document.credentialStatus.contract,
    );
    const rotated = certificateBook({}, { key: toHex(STRANGER.publicKey) });
    expect((await refusal(() => checkCertificate(document, rotated), "key_mismatch")).details).to.equal(did);
    await refusal(() => checkCertificate(document, certificateBook({}, { key: ZERO_HASH })), "key_unset");
    const forged = await issueCertificate(rotated, ASSET, STRANGER);
    await refusal(() => checkCertificate(forged, certificateBook()), "key_mismatch");
  });

  it("VC-28 is refused when it has expired or was suspended, struck off or withdrawn, each in its own words", async () => {
    const document = await make();
    for (const [status, code] of STATUSES) {
      const error = await refusal(() => checkCertificate(document, certificateBook({ status })), code);
      expect(error.message).to.include(REASONS[code].en).and.include(REASONS[code].zh);
    }
    // Where the chain has nothing at all, there is no domain either.
    const nothing = certificateBook({ status: 0, domain: 0 }, { key: ZERO_HASH });
    await refusal(() => checkCertificate(document, nothing), "certificate_unknown");
  });
});
