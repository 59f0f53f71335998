import { expect } from "chai";
import { Journey } from "../../scripts/journey/journey.ts";
import { summary } from "../../scripts/journey/summary.ts";
import { runJourney } from "../../scripts/journey.ts";
import { monthlyMeans, readDataset } from "../../scripts/support/datasets.ts";
import { deploy } from "../../scripts/support/deploy.ts";
import { Problem } from "../../scripts/support/problem.ts";
import { type LocalChain, serveChain } from "./localChain.ts";

describe("Journey", () => {
  let local: LocalChain;
  const lines: string[] = [];
  const print = (text: string) => lines.push(text);

  before(async () => {
    local = await serveChain();
  });
  after(() => local.close());

  it("DEP-15 goes through every step on real datasets, with all figures as expected", async () => {
    const { contracts } = await deploy(local.chain);
    await runJourney(local.chain, contracts, { print });
    const text = lines.join("\n");
    expect(text).to.match(/sensors +factory +427,141 +0x/);
    expect(text).to.include("alice buys 150: the buyer pays 375.000000; of it 1.875000 market fee");
    expect(text).to.include("The receiver is not an active participant.").and.to.include("接收方不是有效的参与方。");
    expect(text).to.include("Rounding leaves 0.000002 (2 base units) of 1,000.000007 in the register.");
    expect(text).to.include("Of 500.000003, 100.000000 (20 %) go to the holders of weather.");
    expect(text).to.include('changed to "618,1,1,44.85,28.62,1": not verified.');
    expect(text)
      .to.match(/\n {2}\d+ figures checked, 0 off;/)
      .and.not.to.include("OFF");
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
