import { expect } from "chai";
import { type CertificateDocument, issueCertificate } from "../../scripts/documents/certificate.ts";
import { certificatePage } from "../../scripts/documents/certificatePage.ts";
import { canonicalHash, withoutProof } from "../../scripts/documents/json.ts";
import { rosette } from "../../scripts/documents/rosette.ts";
import { ASSET, CERTIFICATE, certificateBook, changed, leaves, REGISTRAR, ZERO_HASH } from "./stage.ts";

const options = { block: 128n, documentName: "certificate-17.json" };

describe("The certificate's page", () => {
  let document: CertificateDocument;
  let page: string;
  before(async () => {
    document = await issueCertificate(certificateBook(), ASSET, REGISTRAR);
    page = certificatePage(document, options);
  });

  it("VC-29 shows every value of the document, its proof and its hash, with labels in English and Chinese", () => {
    const { credentialSubject: subject, credentialStatus: status } = document;
    const addresses = [CERTIFICATE.registrar, CERTIFICATE.holder, CERTIFICATE.operator, CERTIFICATE.currency];
    for (const value of [
      ...[status.asset, status.contract, String(status.chainId), "128", "certificate-17.json", ...addresses],
      ...[subject.number, subject.fractions, subject.policy, subject.releaseHash, subject.termsHash],
      ...[subject.registrationDomain, subject.latestRelease, subject.policyVersion].map(String),
      ...[document.validFrom, document.validUntil, "2026-05-31T23:26:40Z"],
      ...[document.issuer.id, document.proof.proofValue, document.proof.created ?? "none"],
      canonicalHash(withoutProof(document)).toString("hex"),
    ]) {
      expect(page).to.match(new RegExp(`[>\\s(]${value}[<\\s),.]`), value);
    }
    expect(page).to.include("<h1>数据登记凭证</h1>").and.include("<h1>Data Registration<br>Certificate</h1>");
    const rows = [...page.matchAll(/<tr><th>([^<]+)<\/th><td>.+?<\/td><th lang="zh">([^<]+)<\/th><\/tr>/gs)];
    expect(rows).to.have.length(12);
    for (const [, english, chinese] of rows) {
      expect(english).to.match(/^[A-Z][a-z ]+$/);
      expect(chinese).to.match(/^\p{Script=Han}+$/u);
    }
  });

  it("VC-30 escapes every value, wherever it comes from", () => {
    const hostile = `<script>alert('1')</script>"&`;
    const shown = leaves(document.credentialSubject).map((path) => ["credentialSubject", ...path]);
    const places = [
      ...shown.filter(([, member]) => member !== "id" && member !== "type" && member !== "releaseHash"),
      ...[["issuer", "id"], ["issuer", "account"], ["validFrom"], ["validUntil"], ["proof", "proofValue"]],
      ...[
        ["proof", "created"],
        ["credentialStatus", "asset"],
        ["credentialStatus", "contract"],
      ],
      ["credentialStatus", "chainId"],
    ];
    for (const path of places) {
      const attacked = certificatePage(
        changed(document, path, () => hostile),
        options,
      );
      expect(attacked, path.join(".")).to.include("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;");
      expect(attacked, path.join(".")).not.to.include("<script");
    }
    const named = certificatePage(document, { ...options, documentName: hostile });
    expect(named).to.include("&lt;script&gt;").and.not.include("<script");
  });

  it("VC-31 fetches nothing, runs nothing, and is set for one sheet of A4", () => {
    expect(page).not.to.match(/\b(?:src|srcset|action|on\w+)=|url\(|@import|<script|<link|<iframe|https?:/i);
    for (const [, target] of page.matchAll(/href="([^"]*)"/g)) expect(target).to.equal("#r");
    expect(page).to.include(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).to.include("@page { size: A4; margin: 0 }").and.include("width: 210mm; height: 297mm");
    expect(page.length).to.be.lessThan(60_000);
  });

  it("VC-32 draws its rosette from the release, and leaves a notice that was not held as a dash", async () => {
    const other = await issueCertificate(
      certificateBook({ releaseHash: ZERO_HASH, noticeEndedAt: 0 }),
      ASSET,
      REGISTRAR,
    );
    const drawingOf = (text: string) => /<g id="r">(.*?)<\/g>/s.exec(text)?.[1];
    expect(drawingOf(page)).to.have.length.greaterThan(1_000);
    expect(drawingOf(certificatePage(document, options))).to.equal(drawingOf(page));
    expect(drawingOf(certificatePage(other, options))).not.to.equal(drawingOf(page));
    expect(certificatePage(other, options)).to.match(/Public notice ended<\/th><td><b>–<\/b>/);
    const numbers = rosette(CERTIFICATE.releaseHash).flatMap((path) => path.match(/-?\d+\.\d/g) ?? []);
    expect(Math.max(...numbers.map(Math.abs as (n: unknown) => number))).to.be.within(90, 100);
  });
});
