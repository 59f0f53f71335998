import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { list, read } from "../../scripts/lib/files.ts";
import { ROOT } from "../../scripts/lib/process.ts";

/** Targets of a page's links and pictures; what code shows is none. */
function targetsOf(page: string): string[] {
  const prose = page.replace(/^```[\s\S]*?^```$/gm, "").replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
}

describe("links of the documents", () => {
  it("DOC-03 lead to what is there", () => {
    const pages = list("{*,docs/**/*,bench/**/*,packages/*/*}.md");
    expect(pages).to.include.members(["README.md", "bench/gas/README.md", "docs/flow.md", "packages/sealed/README.md"]);
    const links = pages.flatMap((page) =>
      targetsOf(read(page))
        .filter((target) => !/^(?:https?:|mailto:|#)/.test(target))
        .map((target) => ({ page, target, path: join(dirname(page), target.replace(/#.*/, "")) })),
    );
    expect(links.length).to.be.greaterThan(20);
    const broken = links
      .filter(({ path }) => !existsSync(join(ROOT, path)))
      .map(({ page, target }) => `${page}: ${target}`);
    expect(broken).to.deep.equal([]);
  });
});
