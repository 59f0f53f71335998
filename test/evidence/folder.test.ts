import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { manifestBytes } from "@cadastre/sealed";
import { expect } from "chai";
import { canonical } from "../../scripts/documents/json.ts";
import { runEvidence } from "../../scripts/evidence.ts";
import { deploy as deployOn } from "../../scripts/support/deploy.ts";
import { Problem } from "../../scripts/support/problem.ts";
import { serveChain } from "../integration/localChain.ts";
import { startScript } from "../integration/processes.ts";
import { buy, sealedAsset } from "../support/evidence.ts";
import { changed, copyOf, failures, offline, type Stage, stage } from "./stage.ts";

const run = promisify(execFile);
const FILES = [
  ...["README.md", "README.zh.md", "agreement.json", "blocks.json", "delivery.json", "events.json", "lineage.json"],
  ...["outcome.json", "proofs.json", "signatures.json", "transactions.json", "verify.mjs"],
];

describe("The folder of evidence", () => {
  let scene: Stage;
  let system: Stage["system"];
  let source: Stage["source"];
  let url: Stage["url"];
  let root: Stage["root"];
  let data: Stage["data"];
  let bought: Stage["bought"];
  let settled: Stage["settled"];
  let folderOf: Stage["folderOf"];
  let online: Stage["online"];
  let confirmed: Stage["confirmed"];
  before(async () => {
    scene = await stage();
    ({ system, source, url, root, data, bought, settled, folderOf, online, confirmed } = scene);
  });
  after(() => scene.close());

  it("EVI-01 a settled licence is confirmed by its own verifier, on line and off line", async () => {
    expect(readdirSync(settled).sort()).to.deep.equal([...FILES, "manifest.json", "terms.json"].sort());
    const { lines, verdict } = await confirmed(settled);
    expect(verdict.en).to.match(/^VERDICT: settled\. The price of 1000000 was paid out, 10000 of it to the market;/);
    expect(lines).to.include("parents got their shares of 990000");
    const { stdout } = await run(process.execPath, [join(settled, "verify.mjs"), "--rpc", url]);
    expect(stdout).to.include(verdict.en);
    expect(stdout).not.to.match(/FAILED|needs an endpoint|not in the folder/);
    expect(stdout).to.match(/\nAll \d+ checks hold\. They are about licence 0x\w{64}, chain 31337, [^\n]*\n$/);
  });

  it("EVI-02 each check is a line in the language asked for, and the verdict decides the exit code", async () => {
    const verifier = join(settled, "verify.mjs");
    const english = (await run(process.execPath, [verifier])).stdout.trimEnd().split("\n");
    expect(english.slice(0, english.indexOf(""))).to.satisfy((lines: string[]) =>
      lines.every((line) => /^(ok|needs an endpoint) \| ./.test(line)),
    );
    expect(english.at(-1)).to.match(
      /^\d+ checks hold; \d+ need an endpoint of the chain: run this again with --rpc URL\./,
    );
    const chinese = (await run(process.execPath, [verifier, "--lang", "zh"])).stdout;
    expect(chinese)
      .to.match(/^通过 \| 文件夹可以读取\n/)
      .and.to.match(/\n需要节点 \| /)
      .and.to.match(/结论：运营方与被许可方已签署本协议。其结果据文件夹中的回执（无人签署）：已结算。/);
    const broken = changed(settled, "delivery.json", (delivery) => Object.assign(delivery, { custodian: "0x00" }));
    const failed = await run(process.execPath, [verifier, broken]).catch(
      (error: { code: number; stdout: string }) => error,
    );
    expect(failed).to.have.property("code", 1);
    expect(failed.stdout)
      .to.match(/\nFAILED \| delivery\.json says/)
      .and.to.match(/\nVERDICT: this folder is not to be relied on\. 1 of \d+ checks failed\.\n$/);
  });

  it("EVI-03 explains in English and Chinese what happened, what is in it, and what it does not show", () => {
    for (const [name, ...words] of [
      [
        "README.md",
        "took the offer and paid 1000000 into escrow",
        "a licence of 365 days",
        "`Consumption ",
        "## What it does not show",
        "believe neither",
      ],
      ["README.zh.md", "接受要约，将 1000000 存入托管", "## 不能证明的事", "被许可方"],
    ] as const) {
      const page = readFileSync(join(settled, name), "utf8");
      for (const word of [...words, "node verify.mjs --rpc URL", system.operator.address])
        expect(page).to.include(word);
      const others = readdirSync(settled).filter((file) => !file.startsWith("README"));
      for (const file of others) expect(page, name).to.include(`| ${file} |`);
    }
  });

  it("EVI-03 says that nobody signs an outcome, and whence it is known", () => {
    const english = readFileSync(join(settled, "README.md"), "utf8");
    expect(english)
      .to.include("**How it stands, according to the receipts in this folder: settled.")
      .and.to.include("- That anybody signed the outcome: nobody does.");
    const chinese = readFileSync(join(settled, "README.zh.md"), "utf8");
    expect(chinese)
      .to.include("**现状（据此文件夹中的回执）：已结算。")
      .and.to.include("- 有人签署了结果：没有人签署。");
  });

  it("EVI-15 takes the release's manifest, says where it is missing, and refuses another", async () => {
    const other = await sealedAsset(system);
    const path = join(root, "other.json");
    writeFileSync(path, manifestBytes(other.sealed.manifest));
    const next = await buy(system, data.asset);
    const refused = await folderOf(next.id, "--manifest", path).catch((error: unknown) => error);
    expect(refused)
      .to.be.instanceOf(Problem)
      .and.to.have.property("message")
      .that.includes("is not the manifest of this release");
    const folder = await folderOf(next.id);
    expect(existsSync(join(folder, "manifest.json"))).to.equal(false);
    expect((await confirmed(folder)).alone).to.match(
      /^not in the folder \| the manifest of the release: it is public, should be found at https:/m,
    );
    const copy = copyOf(settled);
    writeFileSync(
      join(copy, "manifest.json"),
      readFileSync(join(copy, "manifest.json"), "utf8").replace("Grid", "Gird"),
    );
    expect(failures((await offline(copy)).report.lines)).to.match(/^FAILED \| the manifest has the release's hash/);
  });

  it("EVI-16 says what makes no sense, writes over nothing, and checks with its own verifier", async () => {
    const lines: string[] = [];
    const tools = { open: async () => source, print: (line: string) => lines.push(line) };
    const problem = (...args: string[]) =>
      runEvidence(args, tools).then(
        () => "none",
        (error: Error) => (error instanceof Problem ? error.message : String(error)),
      );
    const unknown = `0x${"ab".repeat(32)}`;
    expect(await problem()).to.match(/^Give the id of a licence\.\n\nnpm run evidence/);
    expect(await problem("0x12")).to.equal("0x12 is not a licence's id: 0x and 64 hexadecimal digits.");
    expect(await problem(unknown, "more")).to.equal("There is something too much: more.");
    expect(await problem(unknown, "--out", settled)).to.match(/^There is something in .* already\./);
    expect(await problem(unknown, "--out", join(root, "none"))).to.match(
      /^The register of licences at 0x\w+ has no licence 0xab/,
    );
    expect(await problem("verify")).to.equal("Give the folder: verify DIR.");
    expect(existsSync(join(root, "none"))).to.equal(false);

    expect(await runEvidence(["verify", settled, "--rpc", url, "--lang", "zh"], tools)).to.equal(0);
    expect(lines.at(-1)).to.match(/结论：已结算/);
    const path = join(root, "verify.mjs");
    await runEvidence(["verifier", "--out", path], tools);
    expect(readFileSync(path)).to.deep.equal(readFileSync(join(settled, "verify.mjs")));
    const sha256 = /SHA-256 (\w{64})/.exec(lines.at(-1)!)![1]!;
    expect(readFileSync(join(settled, "README.md"), "utf8")).to.include(sha256);
  });

  it("EVI-16 opens a network as the other commands do", async function () {
    this.timeout(300_000);
    const local = await serveChain();
    try {
      const unknown = `0x${"cd".repeat(32)}`;
      const ran = async () => {
        const script = startScript("scripts/evidence.ts", [unknown], { CADASTRE_RPC_URL: local.url });
        expect(await script.ended).to.equal(1);
        return script.output();
      };
      expect(await ran()).to.match(/^Nothing is deployed on the network "localhost"/);
      const { contracts } = await deployOn(local.chain);
      expect(await ran()).to.equal(
        `The register of licences at ${contracts.licences.address} has no licence ${unknown}.\n`,
      );
    } finally {
      await local.close();
    }
  });

  it("EVI-21 an endpoint that is silent or elsewhere is no fault of the folder", async () => {
    const lines: string[] = [];
    const tools = { open: async () => source, print: (line: string) => lines.push(line) };
    expect(await runEvidence(["verify", settled, "--rpc", "http://127.0.0.1:9"], tools)).to.equal(1);
    const elsewhere = changed(settled, "agreement.json", (file) => Object.assign(file, { chainId: "5" }));
    expect(await runEvidence(["verify", elsewhere, "--rpc", url], tools)).to.equal(1);
    expect(lines).to.deep.equal([
      "The endpoint does not answer.",
      "The endpoint is on chain 31337; the folder is about chain 5. Give an endpoint of that chain.",
    ]);
  });

  it("EVI-24 counts and names what it could not check, in the verdict and in both pages", async () => {
    const folder = await folderOf(bought.id);
    const { report, verdict } = await online(folder);
    const absent = ["the manifest of the release: ", "the terms document of the offer: "];
    expect(report.absent.map(({ en }) => absent.find((begin) => en.startsWith(begin)))).to.deep.equal(absent);
    expect(verdict.en).to.match(
      /\n\d+ checks hold; 2 could not be made, for want of what is not in the folder: “the manifest .*”, “the terms .*”\. /,
    );
    expect(verdict.zh).to.match(
      /\n\d+ 项检查通过；2 项因文件夹中没有所需内容而无法检查：“版本清单：.*”、“要约的条款文件：.*”。/,
    );
    expect((await offline(folder)).verdict.en).to.match(/; \d+ need an endpoint .*; 2 could not be made, for want/);
    for (const [name, counted, language] of [
      ["README.md", "2 of the checks cannot be made", "en"],
      ["README.zh.md", "有 2 项检查因缺少所需内容而无法进行", "zh"],
    ] as const) {
      const page = readFileSync(join(folder, name), "utf8");
      expect(page).to.include(counted);
      for (const sentence of report.absent) expect(page).to.include(`- ${sentence[language]}`);
    }
    expect(readFileSync(join(settled, "README.md"), "utf8")).to.include("Nothing that a check would need.");
  });

  it("EVI-27 takes the terms document that was agreed, refuses another, and finds a changed one out", async () => {
    expect((await confirmed(settled)).alone).to.match(/^ok \| the terms document has the hash that was agreed$/m);
    const document = readFileSync(join(settled, "terms.json"), "utf8");
    const target = `eip155:31337/erc1155:${await system.assets.getAddress()}/${data.asset}`;
    const policy = JSON.parse(document) as object;
    expect(canonical(policy)).to.equal(document);
    expect(policy).to.deep.include({
      ...{ "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", conflict: "prohibit" },
      assigner: `did:pkh:eip155:31337:${system.operator.address}`,
      permission: [
        {
          ...{ target, action: "use" },
          constraint: [
            {
              ...{ leftOperand: "elapsedTime", operator: "lteq" },
              rightOperand: { "@value": "PT31536000S", "@type": "xsd:duration" },
            },
            { leftOperand: "count", operator: "lteq", rightOperand: { "@value": "10", "@type": "xsd:integer" } },
          ],
        },
      ],
      prohibition: [{ target, action: "derive" }],
    });
    const other = await buy(system, data.asset, { duration: 60n });
    const path = join(root, "other-terms.json");
    writeFileSync(path, other.terms!);
    const problem = (file: string) => folderOf(bought.id, "--terms", file).catch((error: unknown) => error);
    const refused = (await problem(path)) as Problem;
    expect(refused).to.be.instanceOf(Problem);
    expect(refused.message).to.match(/is not the terms document that was agreed: .*\n.*不是约定的条款文件：/);
    expect(((await problem(join(root, "nothing"))) as Problem).message).to.match(
      /^The terms document .* cannot be read\.\n无法读取条款文件/,
    );
    const folder = copyOf(settled);
    writeFileSync(join(folder, "terms.json"), other.terms!);
    expect(failures((await offline(folder)).report.lines)).to.match(
      /^FAILED \| the terms document has the hash that was agreed \| 0x\w{64}$/,
    );
  });
});
