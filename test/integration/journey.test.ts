import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { endpointAt } from "../../scripts/evidence/endpoint.ts";
import { verifyFolder } from "../../scripts/evidence/verifyFolder.ts";
import { bid } from "../../scripts/journey/bid.ts";
import { cancellation } from "../../scripts/journey/cancellation.ts";
import { certificate } from "../../scripts/journey/certificate.ts";
import { credentials } from "../../scripts/journey/credentials.ts";
import { derivation } from "../../scripts/journey/derivation.ts";
import { journal } from "../../scripts/journey/journal.ts";
import { Journey, type Step } from "../../scripts/journey/journey.ts";
import { licence } from "../../scripts/journey/licence.ts";
import { lostKey } from "../../scripts/journey/lostKey.ts";
import { missedDeadline } from "../../scripts/journey/missedDeadline.ts";
import { notice } from "../../scripts/journey/notice.ts";
import { participants } from "../../scripts/journey/participants.ts";
import { refusal } from "../../scripts/journey/refusal.ts";
import { registration } from "../../scripts/journey/registration.ts";
import { revenue } from "../../scripts/journey/revenue.ts";
import { revocation } from "../../scripts/journey/revocation.ts";
import { sale } from "../../scripts/journey/sale.ts";
import { secondRelease } from "../../scripts/journey/secondRelease.ts";
import { subscription } from "../../scripts/journey/subscription.ts";
import { summary } from "../../scripts/journey/summary.ts";
import { supervision } from "../../scripts/journey/supervision.ts";
import { vote } from "../../scripts/journey/vote.ts";
import { wrongContent } from "../../scripts/journey/wrongContent.ts";
import { wrongKey } from "../../scripts/journey/wrongKey.ts";
import { runJourney } from "../../scripts/journey.ts";
import { monthlyMeans, readDataset } from "../../scripts/support/datasets.ts";
import { deploy } from "../../scripts/support/deploy.ts";
import { Problem } from "../../scripts/support/problem.ts";
import { type LocalChain, serveChain } from "./localChain.ts";
import { startScript } from "./processes.ts";

/** The steps in their order, each with what it prints. */
const SHOWN: readonly (readonly [Step, ...RegExp[]])[] = [
  [participants, /opens the domain Climate and environment/, /zhejiang +admits doraAnew/],
  [registration, /sensors +factory +427,141 +0x/],
  [sale, /alice buys 150: the buyer pays 375\.000000; of it 1\.875000 market fee/],
  [bid, /alice sells 40: .* 3\.100001 royalty/],
  [cancellation, /bob tries to fill the cancelled order: refused\./],
  [
    refusal,
    /outsider tries to buy: refused\.\n +The receiver is not an active participant\.\n +接收方不是有效的参与方。/,
  ],
  [revenue, /Rounding leaves 0\.000002 \(2 base units\) of 1,000\.000007 in the register\./],
  [secondRelease, /Release 2: 1,531 bytes after 1,442/],
  [derivation, /Of 500\.000003, 100\.000000 \(20 %\) go to the holders of weather\./],
  [journal, /verified on chain with 10 hashes/, /changed to "618,1,1,44\.85,28\.62,1": not verified\./],
  [
    credentials,
    /academy checks a W3C Verifiable Credential about alice/,
    withoutCredential("has no credential"),
    /bob +puts its credential on chain/,
    withoutCredential("has a revoked credential"),
  ],
  [
    licence,
    /Anybody reads block 3 of weather under its root, and no other: "201\d-/,
    /bob has a revoked credential and tries to license: refused\.\n +The licensee lacks the credential/,
    /station +delivers the key of weather, wrapped for alice/,
    /alice unwraps the key and opens the data/,
    /station counts two more, of three: refused\./,
  ],
  [
    wrongKey,
    /carol unwraps it: the key does not match the key commitment/,
    /carol +proves on chain which key was delivered/,
    /carol has 40\.000000 back and the bond of 2\.000000/,
  ],
  [
    wrongContent,
    /alice opens the data: block 1: /,
    /alice +shows block 1: decrypted on chain, it is not what its commitment says/,
    /bob +has 30\.000000 back/,
    /carol tries to license the release: refused\./,
  ],
  [missedDeadline, /bob asks for its money while there is time: refused\./, /carol +has 25\.000000 paid back to bob/],
  [subscription, /carol +ends what missed its deadline/, /of 90\.000007 for 240 seconds, [\d.]+ are earned in \d+;/i],
  [revocation, /station +revokes alice's licence/, /treasury +takes the market fees of subscriptions/],
  [notice, /climate +upholds the objection/, /carol +ends the objection/, /factory +takes its deposit back/],
  [certificate, /refused: the certificate is suspended \(number \d+\)\n +登记凭证已中止/],
  [supervision, /bob tries to give away all 100: refused\./, /supervisor +carries it out, after the window/],
  [vote, /carol +puts the new operator into office/, /factory tries to publish: refused\./],
  [lostKey, /zhejiang tries to record it at once: refused\./, /carol +hands over what dora had/],
  [summary, /\n {2}\d+ figures checked, 0 off;/],
];

/** What the policy's refusal of bob looks like. */
function withoutCredential(state: string): RegExp {
  const sentences = [
    ...["The policy of the asset does not allow this transfer.", "该数据资产的规则不允许此次转让。"],
    ...["The receiver lacks a credential that this asset asks for.", "接收方缺少该数据资产要求的凭证。"],
  ];
  return new RegExp([`bob ${state} and tries to buy: refused.`, ...sentences].join("\\n +").replaceAll(".", "\\."));
}

describe("Journey", () => {
  let local: LocalChain;
  let command: string;
  const lines: string[] = [];
  const print = (text: string) => lines.push(text);

  before(async () => {
    local = await serveChain();
  });
  after(() => local.close());

  it("DEP-15 goes through every step on real datasets, with all figures as expected", async () => {
    const { contracts } = await deploy(local.chain);
    command = await runJourney(local.chain, contracts, { print });
    const parts = lines
      .join("\n")
      .split(/^\d+\. (?=.+\n)/m)
      .slice(1);
    expect(parts.map((part) => part.slice(0, part.indexOf("\n")))).to.deep.equal(SHOWN.map(([{ title }]) => title));
    for (const [i, [{ title }, ...shown]] of SHOWN.entries()) {
      for (const text of shown) expect(parts[i], title).to.match(text);
    }
    expect(parts.at(-1)).not.to.include("OFF");
  });

  it("EVI-28 keeps manifests and terms documents, and says how to make evidence", async () => {
    const [, licence, manifest, terms] =
      /^npm run evidence -- (0x\w{64}) --manifest (\.cadastre\/\S+\.json) --terms (\.cadastre\/\S+\.json)$/.exec(
        command,
      )!;
    const root = mkdtempSync(join(tmpdir(), "cadastre-journey-"));
    try {
      const folder = join(root, "evidence");
      const args = [licence!, "--manifest", manifest!, "--terms", terms!, "--out", folder];
      const script = startScript("scripts/evidence.ts", args, { CADASTRE_RPC_URL: local.url });
      expect(await script.ended, script.output()).to.equal(0);
      expect(script.output()).to.include(`verify.mjs --rpc ${local.url}`).and.not.to.include("is missing");
      const { report, verdict, ok } = await verifyFolder(folder, endpointAt(local.url));
      expect(report.count("ok")).to.equal(report.lines.length);
      expect(verdict.en).to.match(/^VERDICT: revoked by the operator, /);
      expect(ok).to.equal(true);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("DEP-16 can be made again on the same chain, with new assets", async () => {
    const { contracts } = await deploy(local.chain);
    lines.length = 0;
    await runJourney(local.chain, contracts, { print });
    expect(lines.join("\n"))
      .to.include("The domain Zhejiang is open already.")
      .and.to.match(/figures checked, 0 off;/);
  });

  it("DEP-17 fails if a single figure is off", async () => {
    const { contracts } = await deploy(local.chain);
    const journey = new Journey({ chain: local.chain, contracts, currency: contracts.demo!, print: () => {} });
    for (const [purse, address] of await journey.purses()) journey.baseline.set(purse, await journey.moneyOf(address));
    await summary.run(journey);
    journey.baseline.set("carol", journey.baseline.get("carol")! - 1n);
    const failure = await summary.run(journey).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Problem);
    expect((failure as Problem).message).to.equal("2 of the journey's figures are off.");
  });

  it("DEP-17 holds what was claimed, waits and was rounded away against the chain", async () => {
    const { contracts } = await deploy(local.chain);
    const { client } = local.chain;
    const [claim] = await client.getContractEvents({
      ...{ ...contracts.assets, eventName: "RevenueClaimed", strict: true, fromBlock: 0n },
    } as const);
    const { id } = claim!.args;
    const { fractions } = await client.readContract({ ...contracts.assets, functionName: "assetOf", args: [id] });
    const table: string[] = [];
    const journey = new Journey({
      ...{ chain: local.chain, contracts, currency: contracts.demo!, print: (text: string) => table.push(text) },
    });
    journey.assets.set("first", { id, label: "first", holder: "grid", royaltyBps: 0n, releases: [] });
    journey.model.register("first", "grid", fractions);
    const failure = await summary.run(journey).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Problem);
    expect(table.join("\n"))
      .to.match(/OFF +revenue of first: claimed +0\.000000 +(?!0\.000000)[\d,]+\.\d{6}$/m)
      .and.to.match(/ok +revenue of first: waiting for its holders +0\.000000 +0\.000000$/m)
      .and.to.match(/OFF +revenue of first: rounded away +0\.000000 +0\.00000[1-9]$/m);
  });

  it("DEP-18 needs an admitted currency where there is no demonstration currency", async () => {
    const { contracts } = await deploy(local.chain);
    const failure = await runJourney(local.chain, { ...contracts, demo: undefined }, { print }).catch(
      (error: unknown) => error,
    );
    expect((failure as Problem).message).to.equal(
      "There is no demonstration currency here: name an admitted one with --currency.",
    );
  });

  it("DEP-19 computes monthly means from the daily data", () => {
    const { header, rows } = monthlyMeans(readDataset("weather"));
    expect(header).to.equal("month,days,precipitation,temp_max,temp_min,wind");
    expect(rows).to.have.lengthOf(48);
    const csv = { header: "date,a,kind,b", rows: ["2020-01-01,1,x,4", "2020-01-02,2,y,6", "2020-02-01,5,x,-1"] };
    expect(monthlyMeans(csv)).to.deep.equal({
      header: "month,days,a,b",
      rows: ["2020-01,2,1.500,5.000", "2020-02,1,5.000,-1.000"],
    });
  });
});
