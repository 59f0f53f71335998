import { expect, test } from "vitest";
import { SealedError } from "./errors.ts";
import { explainReason, REASONS, type ReasonCode } from "./reasons.ts";

test("each reason has its own sentence in English and in Chinese", () => {
  const english = Object.values(REASONS).map((reason) => reason.en);
  const chinese = Object.values(REASONS).map((reason) => reason.zh);
  expect(new Set(english).size).toBe(english.length);
  expect(new Set(chinese).size).toBe(chinese.length);
  for (const sentence of english) expect(sentence).toMatch(/^[\x20-\x7e]{10,}$/);
  for (const sentence of chinese) expect(sentence).toMatch(/\p{Script=Han}{4,}/u);
});

test.each([
  [{ block: 17 }, "block 17: not under the root", "数据块 17：不在该根之下"],
  [{ entry: 3 }, "entry 3: not under the root", "条目 3：不在该根之下"],
  ["stored" as const, "the stored bytes: not under the root", "存储的字节：不在该根之下"],
  [undefined, "not under the root", "不在该根之下"],
])("the place is part of the sentence: %j", (at, english, chinese) => {
  expect(explainReason("root_mismatch", "en", at)).toBe(english);
  expect(explainReason("root_mismatch", "zh", at)).toBe(chinese);
});

test("an error carries code, place, sentence and details", () => {
  const cause = new Error("below");
  const error = new SealedError("block_length", { at: { block: 2 }, details: "3 bytes, not 4", cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: "SealedError", code: "block_length", at: { block: 2 }, cause });
  expect(error.shortMessage).toBe("block 2: not as long as a block in this place");
  expect(error.message).toBe("block 2: not as long as a block in this place (3 bytes, not 4)");
  expect(explainReason(error.code satisfies ReasonCode, "zh", error.at)).toBe("数据块 2：长度与该位置的数据块不符");
  expect("cause" in new SealedError("key_mismatch")).toBe(false);
});
