/** Where something is wrong: a block of a dataset, an entry of a tree, or the stored bytes as a whole. */
export type Place = { readonly block: number } | { readonly entry: number } | "stored";

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
  return "block" in at ? `block ${at.block}` : `entry ${at.entry}`;
}

function inChinese(at: Place): string {
  if (at === "stored") return "存储的字节";
  return "block" in at ? `数据块 ${at.block}` : `条目 ${at.entry}`;
}
