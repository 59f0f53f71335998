const PAST_WORD = 2n ** 256n;

/** An asset's id from `0x…` or decimal digits; `undefined` where a text is none. */
export function parseAssetId(text: string): bigint | undefined {
  if (!/^(?:0x[0-9a-fA-F]{1,64}|\d{1,78})$/.test(text)) return undefined;
  const id = BigInt(text);
  return id < PAST_WORD ? id : undefined;
}
