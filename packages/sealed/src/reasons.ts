/** Where something is wrong: a block or blocks (first and last) of a dataset, an entry of a tree, or a file as a whole. */
export type Place =
  | { readonly block: number }
  | { readonly blocks: readonly [first: number, last: number] }
  | { readonly entry: number }
  | "stored"
  | "outline";

/** The languages that reasons are written in. */
export type Language = "en" | "zh";

/** Each way in which this package refuses, in English and Chinese. */
export const REASONS = {
  key_invalid: { en: "a key is 32 bytes", zh: "密钥必须是 32 字节" },
  key_mismatch: { en: "the key does not match the key commitment", zh: "密钥与密钥承诺不符" },
  stored_length: { en: "not as long as the manifest says", zh: "长度与清单所述不符" },
  block_length: { en: "not as long as a block in this place", zh: "长度与该位置的数据块不符" },
  root_mismatch: { en: "not under the root", zh: "不在该根之下" },
  commitment_mismatch: { en: "not what its commitment says", zh: "内容与其承诺不符" },
  path_invalid: { en: "the path is not the one that index and size demand", zh: "路径与序号和树的大小不符" },
  index_out_of_range: { en: "there is no such index", zh: "序号超出范围" },
  size_invalid: { en: "not a size that a tree can have", zh: "树的大小无效" },
  length_invalid: { en: "a length is a whole number of bytes, at most 2^52", zh: "长度必须是不超过 2^52 的整数字节数" },
  hash_invalid: { en: "a hash is 32 bytes", zh: "哈希必须是 32 字节" },
  hex_invalid: { en: "not hexadecimal digits after 0x", zh: "不是以 0x 开头的十六进制数字" },
  manifest_invalid: { en: "the manifest is not valid", zh: "清单无效" },
  manifest_not_canonical: {
    en: "the manifest is not in canonical form (RFC 8785)",
    zh: "清单不是规范形式（RFC 8785）",
  },
  manifest_hash: { en: "the manifest does not have the expected hash", zh: "清单的哈希与预期不符" },
  secret_invalid: {
    en: "a secret is 32 bytes, a number from 1 to N - 1",
    zh: "私钥必须是 32 字节，数值在 1 与 N - 1 之间",
  },
  point_invalid: {
    en: "a point is 64 bytes, on the curve secp256k1, with x below N",
    zh: "点必须是 64 字节，位于曲线 secp256k1 上，且 x 小于 N",
  },
  wrapped_invalid: { en: "a wrapped key is 32 bytes", zh: "封装后的密钥必须是 32 字节" },
  delivery_invalid: {
    en: "a delivery has a licence of 32 bytes, a release below 2^32 and a custodian of 20 bytes",
    zh: "交付须有 32 字节的许可、小于 2^32 的发布序号和 20 字节的保管方地址",
  },
  proof_invalid: { en: "the proof does not show what was delivered", zh: "证明未能表明所交付的内容" },
  proof_impossible: {
    en: "the shared point has an x that is not below N: no contract can check its proof",
    zh: "共享点的 x 不小于 N：任何合约都无法验证其证明",
  },
  range_invalid: { en: "a range begins and ends within the plaintext", zh: "范围的起止必须在明文之内" },
  outline_invalid: { en: "not an outline of this dataset", zh: "不是该数据集的概要" },
  source_failed: { en: "the source does not serve ranges of bytes", zh: "数据源不能按字节范围提供内容" },
  stream_unfinished: { en: "the stream has not been read to its end", zh: "数据流尚未读到末尾" },
  file_exists: { en: "there is such a file already", zh: "该文件已存在" },
  file_in_use: { en: "another call is at work on this file", zh: "另一个调用正在处理该文件" },
  file_changed: { en: "the file changed while it was being sealed", zh: "文件在封装过程中发生了变化" },
  key_file_missing: { en: "there is no such key file, or it cannot be read", zh: "密钥文件不存在或无法读取" },
  key_file_exposed: {
    en: "others than its owner can read the key file, so it is not used: change its mode to 0600",
    zh: "密钥文件可被所有者以外的人读取，故不予使用：请将其权限改为 0600",
  },
  key_file_invalid: { en: "not a key file", zh: "不是密钥文件" },
  passphrase_needed: {
    en: "a key file is under a passphrase, unless it is asked for without one",
    zh: "密钥文件须受口令保护，除非明确要求不设口令",
  },
  passphrase_wrong: { en: "the passphrase is wrong, or the key file is damaged", zh: "口令错误，或密钥文件已损坏" },
} as const satisfies Record<string, Record<Language, string>>;

/** The code of a reason: stable, for programs. */
export type ReasonCode = keyof typeof REASONS;

/**
 * The sentence for a reason and, where it has one, its place.
 *
 * @example
 * ```ts
 * explainReason("root_mismatch", "en", { block: 17 }); // "block 17: not under the root"
 * explainReason("root_mismatch", "zh", { block: 17 }); // "数据块 17：不在该根之下"
 * ```
 */
export function explainReason(code: ReasonCode, language: Language, at?: Place): string {
  const sentence = REASONS[code][language];
  if (at === undefined) return sentence;
  return language === "en" ? `${inEnglish(at)}: ${sentence}` : `${inChinese(at)}：${sentence}`;
}

function inEnglish(at: Place): string {
  if (at === "stored") return "the stored bytes";
  if (at === "outline") return "the outline";
  if ("blocks" in at) return `blocks ${at.blocks[0]} to ${at.blocks[1]}`;
  return "block" in at ? `block ${at.block}` : `entry ${at.entry}`;
}

function inChinese(at: Place): string {
  if (at === "stored") return "存储的字节";
  if (at === "outline") return "概要";
  if ("blocks" in at) return `数据块 ${at.blocks[0]} 至 ${at.blocks[1]}`;
  return "block" in at ? `数据块 ${at.block}` : `条目 ${at.entry}`;
}
