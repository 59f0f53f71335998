/** The languages that reasons are written in. */
export type Language = "en" | "zh";

/** Each way in which a document, a claim or a key is refused, in English and Chinese. */
export const REASONS = {
  document_unreadable: { en: "the file is not a readable JSON document", zh: "文件不是可读的 JSON 文档" },
  document_duplicate_member: { en: "a member stands in the document twice", zh: "文档中有重复的成员" },
  document_invalid: {
    en: "the document is not a Verifiable Credential as it must be",
    zh: "文档不是符合要求的可验证凭证",
  },
  proof_unsupported: {
    en: "the proof is not of the kind eddsa-jcs-2022 for an assertion",
    zh: "证明不是用于声明的 eddsa-jcs-2022 类型",
  },
  proof_context: { en: "the proof was made for another @context", zh: "证明所针对的 @context 与文档不同" },
  proof_expired: { en: "the proof has expired", zh: "证明已过期" },
  proof_early: { en: "the proof is dated after the latest block", zh: "证明的日期晚于最新区块" },
  signature_mismatch: { en: "the signature does not fit the document", zh: "签名与文档不符" },
  issuer_unsupported: {
    en: "the issuer is not a did:key with an Ed25519 key",
    zh: "签发方不是 Ed25519 密钥的 did:key",
  },
  issuer_mismatch: { en: "the proof was not made with the issuer's key", zh: "证明不是用签发方的密钥制作的" },
  issuer_untrusted: { en: "the issuer is not trusted for this schema", zh: "对该模式而言签发方不受信任" },
  demonstration_issuer: {
    en: "the demonstration issuer counts on development networks only",
    zh: "演示签发方仅在开发网络上有效",
  },
  not_yet_valid: { en: "the document is not valid yet", zh: "文档尚未生效" },
  expired: { en: "the document has expired", zh: "文档已过期" },
  subject_unsupported: {
    en: "the subject is not an account of an EVM chain (did:pkh:eip155)",
    zh: "主体不是 EVM 链上的账户（did:pkh:eip155）",
  },
  wrong_chain: { en: "the document is made for another chain", zh: "文档是为另一条链制作的" },
  wrong_contract: { en: "the document names a contract of another deployment", zh: "文档所指合约属于另一次部署" },
  schema_unknown: { en: "no schema with this URI is open on this chain", zh: "本链上没有开放使用该 URI 的模式" },
  schema_ambiguous: { en: "several schemas on this chain have this URI", zh: "本链上有多个模式使用该 URI" },
  status_unchecked: {
    en: "the credential has a status elsewhere, which nobody has checked",
    zh: "该凭证的状态在别处登记，尚未核查",
  },
  already_issued: { en: "this claim is on chain already", zh: "该声明已在链上" },
  already_revoked: { en: "this claim was issued on chain and revoked", zh: "该声明曾在链上签发，现已撤销" },
  already_replaced: {
    en: "this claim was issued on chain and has been replaced by another",
    zh: "该声明曾在链上签发，现已被其他声明取代",
  },
  key_file_invalid: { en: "the file does not hold an Ed25519 private key", zh: "文件中没有 Ed25519 私钥" },
  key_file_exposed: {
    en: "the key file can be read by others: give it mode 0600",
    zh: "密钥文件可被他人读取：请将权限设为 0600",
  },
  file_exists: { en: "the file is there already and is not replaced", zh: "文件已存在，不予覆盖" },
  key_unset: { en: "the domain's registrar has no signing key on chain", zh: "该域登记机构在链上没有签名公钥" },
  key_mismatch: {
    en: "the key is not the one that the registrar has on chain",
    zh: "密钥与登记机构在链上的公钥不符",
  },
  date_out_of_range: { en: "a date lies beyond the year 9999", zh: "日期超出公元 9999 年" },
  certificate_unknown: { en: "there is no certificate of this asset", zh: "该数据资产没有登记凭证" },
  certificate_expired: { en: "the certificate has expired", zh: "登记凭证已过期" },
  certificate_suspended: { en: "the certificate is suspended", zh: "登记凭证已中止" },
  certificate_struck_off: { en: "the asset was struck off the register", zh: "该数据资产已从登记簿注销" },
  certificate_withdrawn: { en: "the certificate was withdrawn", zh: "登记凭证已撤回" },
  value_differs: {
    en: "the document does not say what the chain says now: have it made anew",
    zh: "文档内容与链上现状不符：请重新制作",
  },
} as const satisfies Record<string, Record<Language, string>>;

/** The code of a reason: stable, for programs. */
export type ReasonCode = keyof typeof REASONS;
