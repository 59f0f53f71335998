import { expect } from "chai";
import { DocumentError } from "../../scripts/documents/errors.ts";
import { REASONS, type ReasonCode } from "../../scripts/documents/reasons.ts";
import { messageOf } from "../../scripts/support/problem.ts";

describe("Reasons of documents", () => {
  it("VC-05 has a sentence of its own for each reason, in English and in Chinese, and shows both", () => {
    const english = Object.values(REASONS).map(({ en }) => en);
    const chinese = Object.values(REASONS).map(({ zh }) => zh);
    expect(new Set(english).size).to.equal(english.length);
    expect(new Set(chinese).size).to.equal(chinese.length);
    for (const sentence of english) expect(sentence).to.match(/^[\x20-\x7e]{10,}$/);
    for (const sentence of chinese) expect(sentence).to.match(/\p{Script=Han}{4,}/u);
    for (const [code, { en, zh }] of Object.entries(REASONS)) {
      const error = new DocumentError(code as ReasonCode, "17");
      expect(error).to.include({ code, shortMessage: en, details: "17" });
      expect(messageOf(error)).to.equal(`refused: ${en} (17)\n         ${zh}\n         ${code}`);
      expect(messageOf(new DocumentError(code as ReasonCode))).to.equal(
        `refused: ${en}\n         ${zh}\n         ${code}`,
      );
    }
  });
});
