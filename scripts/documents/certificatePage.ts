import type { CertificateDocument } from "./certificate.ts";
import { Html, html } from "./html.ts";
import { canonicalHash, withoutProof } from "./json.ts";
import { PAGE_STYLE } from "./pageStyle.ts";
import { rosette } from "./rosette.ts";

export interface PageOptions {
  /** The block at which the certificate was read. */
  readonly block: bigint;
  /** Name of the signed document that lies beside the page. */
  readonly documentName: string;
}

/**
 * A page to print: it fits on one sheet of A4, fetches nothing, and runs nothing. Everything on it is in the signed document,
 * which is what counts.
 */
export function certificatePage(document: CertificateDocument, options: PageOptions): string {
  const { number, releaseHash } = document.credentialSubject;
  const paths = rosette(releaseHash).map((path) => html`<path d="${path}"/>`);
  const drawing = (name: string) =>
    html`<svg class="${name}" viewBox="-100 -100 200 200" aria-hidden="true"><use href="#r"/></svg>`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>数据登记凭证 · Data Registration Certificate · ${number}</title>
<style>${new Html(PAGE_STYLE)}</style>
</head>
<body>
<main>
<svg width="0" height="0" aria-hidden="true"><defs><g id="r">${paths}</g></defs></svg>
<div class="frame"></div>
${["corner tl", "corner tr", "corner bl", "corner br", "ghost"].map(drawing)}
${heading(document)}
<table><tbody>${rows(document).map(row)}</tbody></table>
${check(document, options, drawing(""))}
${fingerprints(document, options)}
</main>
</body>
</html>
`;
  return page.text;
}

/** Chinese is set without spaces, so these sentences cannot be broken over lines where they stand. */
const CERTIFIED_ZH = [
  "兹证明：下列数据资产已载入第 ",
  " 域登记簿。所载持有者享有数据资源持有权，所载经营方行使数据产品经营权，份额为该经营权之份额。" +
    "本凭证所载各项，均与下述区块时的链上记录一致。",
] as const;

function heading({ credentialSubject: { number, registrationDomain: domain } }: CertificateDocument): Html {
  return html`<div class="sides"><div>
<p class="register">Cadastre · register of data</p>
<h1>Data Registration<br>Certificate</h1>
</div><div lang="zh">
<p class="register">数据资产登记簿</p>
<h1>数据登记凭证</h1>
</div></div>
<p class="number">No. <b>${number}</b> <span lang="zh">编号</span></p>
<div class="sides statement">
<p>The data asset named below is entered in the register of domain ${domain}. The holder has the right to hold the data
resource; the operator has the right to operate the data product made of it, in which the fractions are shares. What is
stated here is what the chain stated at the block named below.</p>
<p lang="zh">${CERTIFIED_ZH[0]}${domain}${CERTIFIED_ZH[1]}</p>
</div>`;
}

interface Row {
  readonly en: string;
  readonly zh: string;
  readonly value: Html;
}

const code = (value: string) => html`<code>${value}</code>`;
const figure = (value: string | number) => html`<b>${value}</b>`;
const addressIn = (did: string) => did.slice(did.lastIndexOf(":") + 1);
const account = (did: string) => code(addressIn(did));

function rows({
  issuer,
  validFrom,
  validUntil,
  credentialSubject: facts,
  credentialStatus,
}: CertificateDocument): Row[] {
  const notice = "noticeEndedAt" in facts && facts.noticeEndedAt !== undefined ? facts.noticeEndedAt : "–";
  return [
    { en: "Data asset", zh: "数据资产", value: code(credentialStatus.asset) },
    { en: "Holder", zh: "数据资源持有者", value: account(facts.holder) },
    { en: "Operator", zh: "数据产品经营方", value: account(facts.operator) },
    {
      en: "Latest release",
      zh: "最新版本",
      value: html`${figure(facts.latestRelease)}${code(facts.releaseHash)}`,
    },
    { en: "Hash of the terms", zh: "条款哈希", value: code(facts.termsHash) },
    { en: "Fractions", zh: "份额总数", value: figure(facts.fractions) },
    { en: "Settlement currency", zh: "结算货币", value: account(facts.currency) },
    {
      en: "Policy on transfers",
      zh: "流转规则",
      value: html`No. ${figure(facts.policy)} <span lang="zh">号</span> · version ${figure(facts.policyVersion)} <span lang="zh">版</span>`,
    },
    { en: "Public notice ended", zh: "公示结束时间", value: figure(notice) },
    { en: "Issued", zh: "签发时间", value: figure(validFrom) },
    { en: "Valid until", zh: "有效期至", value: figure(validUntil) },
    { en: "Registrar", zh: "登记机构", value: account(issuer.account) },
  ];
}

function row({ en, zh, value }: Row): Html {
  return html`<tr><th>${en}</th><td>${value}</td><th lang="zh">${zh}</th></tr>`;
}

function check(
  { credentialStatus, proof }: CertificateDocument,
  { block, documentName }: PageOptions,
  seal: Html,
): Html {
  const { chainId, contract } = credentialStatus;
  return html`<div class="seal">
<div><h2>Check it before you rely on it</h2>
It was valid at block ${String(block)} of chain ${chainId} (${proof.created ?? ""}). Its status now is on that chain: ask the contract
${code(contract)} or run <code>npm run certificate -- verify ${documentName}</code></div>
<div class="stamp">${seal}<span><b lang="zh">登记</b>registered</span></div>
<div lang="zh"><h2>请先核验，再作依据</h2>
本凭证于链 ${chainId} 的第 ${String(block)} 区块（${proof.created ?? ""}）有效，其现时状态以链上为准：请查询合约${code(contract)}或运行 <code>npm run certificate -- verify ${documentName}</code></div>
</div>`;
}

function fingerprints(document: CertificateDocument, { documentName }: PageOptions): Html {
  const hash = canonicalHash(withoutProof(document)).toString("hex");
  return html`<footer>
<span>Signed by · <span lang="zh">签名公钥</span></span>${code(document.issuer.id)}
<span>Signature · <span lang="zh">签名</span></span>${code(document.proof.proofValue)}
<span>SHA-256 · <span lang="zh">文档摘要</span></span>${code(hash)}
<span>Signed document · <span lang="zh">签名文档</span></span>${code(documentName)}
</footer>`;
}
