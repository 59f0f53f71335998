import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { expect } from "chai";
import { folderOf, forget } from "../../scripts/support/deployment.ts";
import { endScript, freePort, isAlive, processGone, type Script, startScript } from "./processes.ts";

const START = "scripts/start.ts";
/** A first run compiles with the production profile. */
const PATIENCE_MS = 240_000;

describe("npm start", function () {
  this.timeout(PATIENCE_MS);
  const scripts: Script[] = [];
  const ports: number[] = [];

  const script = (path: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const started = startScript(path, args, env);
    scripts.push(started);
    return started;
  };
  const start = async (...args: string[]) => {
    const port = await freePort();
    ports.push(port);
    return { port, url: `http://127.0.0.1:${port}`, run: script(START, ["--port", String(port), ...args]) };
  };
  const nodeOf = async (run: Script) => Number((await run.says(/until Ctrl-C \(process (\d+)\)/))[1]);

  after(async () => {
    for (const started of scripts) await endScript(started);
    for (const port of ports) forget(`chain-31337-port-${port}`);
  });

  it("DEP-33 deploys, makes the journey, ends with `journey passed`, stays up, and Ctrl-C leaves no process behind", async () => {
    const { port, url, run } = await start();
    await run.says(/\njourney passed\n/);
    const text = run.output();
    expect(text.endsWith("\njourney passed\n")).to.equal(true);
    expect(text)
      .to.match(/market +0x[0-9a-fA-F]{40}/)
      .and.to.match(/alice +0x[0-9a-fA-F]{40} +buys fractions/);
    expect(text).to.include(`export CADASTRE_RPC_URL=${url}`).and.to.include("npx hardhat --help");
    expect(text).to.match(
      new RegExp(`\n  CADASTRE_RPC_URL=${url} npm run evidence -- 0x\\w{64} --manifest \\S+ --terms \\S+\n`),
    );
    const node = await nodeOf(run);

    const env = { CADASTRE_RPC_URL: url };
    const again = script("scripts/deploy.ts", [], env);
    expect(await again.ended).to.equal(0);
    expect(again.output()).to.include("Nothing to deploy: everything is there.");
    const roles = script("scripts/roles.ts", [], env);
    expect(await roles.ended).to.equal(0);
    expect(roles.output()).to.match(/SUPERVISOR +3 +supervisor 0x/);
    const journey = script("scripts/journey.ts", [], env);
    expect(await journey.ended).to.equal(0);
    expect(journey.output().endsWith("\njourney passed\n")).to.equal(true);

    expect(isAlive(node)).to.equal(true);
    process.kill(run.pid, "SIGINT");
    expect(await run.ended).to.equal(0);
    await processGone(node);
    expect(existsSync(folderOf(`chain-31337-port-${port}`))).to.equal(true);
    const dead = script("scripts/journey.ts", [], env);
    expect(await dead.ended).to.equal(1);
    expect(dead.output()).to.match(/^The network "localhost" does not answer .*\nStart a chain with `npm start`/);
  });

  it("DEP-34 deploys afresh on each start, without the journey if asked, and says so when the node dies", async () => {
    const { port, url, run } = await start("--no-journey");
    await run.says(/\nready\n/);
    expect(run.output()).not.to.include("journey passed");
    const first = await nodeOf(run);
    process.kill(first, "SIGKILL");
    expect(await run.ended).to.equal(1);
    expect(run.output()).to.include("The node is gone.");

    const next = script(START, ["--port", String(port), "--no-journey"]);
    await next.says(/\nready\n/);
    const second = await nodeOf(next);
    const deployed = script("scripts/deploy.ts", [], { CADASTRE_RPC_URL: url });
    expect(await deployed.ended).to.equal(0);
    process.kill(next.pid, "SIGKILL");
    await next.ended;
    await processGone(second);
  });

  it("DEP-35 refuses a port that is in use, and options that make no sense", async () => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
    const taken = script(START, ["--port", String(port)]);
    expect(await taken.ended).to.equal(1);
    expect(taken.output()).to.equal(
      `Port ${port} on 127.0.0.1 is in use. Stop what runs there, or choose another: npm start -- --port ${port + 1}\n`,
    );
    await new Promise((done) => server.close(done));
    const senseless = script(START, ["--port", "70000"]);
    expect(await senseless.ended).to.equal(1);
    expect(senseless.output()).to.equal("--port: 70000 is not a port.\n");
    const unknown = script(START, ["--colour"]);
    expect(await unknown.ended).to.equal(1);
    expect(unknown.output()).to.match(/^Unknown option '--colour'/);
    const help = script(START, ["--help"]);
    expect(await help.ended).to.equal(0);
    expect(help.output()).to.include("--no-journey");
  });
});
