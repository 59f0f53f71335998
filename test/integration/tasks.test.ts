import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fromHex, open, parseManifest } from "@cadastre/sealed";
import { readKeyFile } from "@cadastre/sealed/node";
import { expect } from "chai";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { dateTimeOf } from "../../scripts/documents/dates.ts";
import { runJourney } from "../../scripts/journey.ts";
import { accountOf, send } from "../../scripts/support/chain.ts";
import { blockTime } from "../../scripts/support/clock.ts";
import { deploy } from "../../scripts/support/deploy.ts";
import { deploymentIdOf, privateFolderOf } from "../../scripts/support/deployment.ts";
import { tasks } from "../../tasks/index.ts";
import { captured, type LocalChain, serveChain } from "./localChain.ts";

const VARIABLE = "CADASTRE_KEY_PASSPHRASE";
const PASSPHRASE = "six words drawn at random";
const FILE = "record,value\n1,4.5\n2,4.75\n3,9.0\n";

describe("Hardhat tasks", () => {
  let local: LocalChain;
  let hre: HardhatRuntimeEnvironment;
  let folder: string;
  let file: string;
  let asset: string;
  let order: string;

  const run = async (task: string, args: Record<string, string | boolean>) => {
    const { result, output } = await captured(() => hre.tasks.getTask(task).run(args));
    return { ok: (result as { success: boolean }).success, output };
  };
  const done = async (task: string, args: Record<string, string | boolean>) => {
    const { ok, output } = await run(task, args);
    expect(ok, output).to.equal(true);
    return output;
  };
  const refused = async (task: string, args: Record<string, string | boolean>) => {
    const { ok, output } = await run(task, args);
    expect(ok, output).to.equal(false);
    return output;
  };

  before(async () => {
    process.env[VARIABLE] = PASSPHRASE;
    local = await serveChain();
    hre = await local.hardhat();
    folder = mkdtempSync(join(tmpdir(), "cadastre-"));
    file = join(folder, "records.csv");
    writeFileSync(file, FILE);
  });
  after(async () => {
    delete process.env[VARIABLE];
    rmSync(folder, { recursive: true });
    await local.close();
  });

  it("DEP-20 says that nothing is deployed before anything is", async () => {
    expect(await refused("claim", { asset: "1", as: "alice" })).to.match(
      /^Nothing is deployed on the network "localhost"/,
    );
    const { contracts } = await deploy(local.chain);
    await runJourney(local.chain, contracts, { print: () => {} });
  });

  it("DEP-21 register-file seals a file, keeps its key under a passphrase, and registers it", async () => {
    const output = await done("register-file", {
      file,
      as: "grid",
      title: "Three records",
      fractions: "200",
      royaltyBps: "100",
    });
    asset = /^asset (0x[0-9a-f]{64})$/m.exec(output)![1]!;
    const sealed = / lie in (.+);/.exec(output)![1]!;
    expect(dirname(sealed)).to.equal(privateFolderOf(await deploymentIdOf(local.chain)));
    const keyPath = join(sealed, "key.json");
    expect(statSync(keyPath).mode & 0o777).to.equal(0o600);
    const manifest = parseManifest(readFileSync(join(sealed, "manifest.json")));
    const key = await readKeyFile(keyPath, { passphrase: PASSPHRASE, keyCommitment: manifest.keyCommitment });
    for (const name of readdirSync(sealed)) {
      const bytes = readFileSync(join(sealed, name));
      expect(bytes.includes(Buffer.from(key)) || bytes.includes(Buffer.from(key).toString("hex")), name).to.equal(
        false,
      );
    }
    const plaintext = open({ manifest, stored: readFileSync(join(sealed, "stored.bin")), key });
    expect(new TextDecoder().decode(plaintext)).to.equal(FILE);
    expect(fromHex(manifest.root)).to.have.lengthOf(32);
    expect(await done("show-asset", { asset })).to.include(manifest.root);
  });

  it("DEP-40 register-file asks for the passphrase, and keeps a key without one only on request", async () => {
    const parent = privateFolderOf(await deploymentIdOf(local.chain));
    const before = readdirSync(parent);
    const registration = { file, as: "grid", title: "Three more" };
    delete process.env[VARIABLE];
    try {
      expect(await refused("register-file", registration)).to.equal(
        `The key is kept under a passphrase: set ${VARIABLE}, or give --unprotected-key to keep it without one.`,
      );
      const typed = async (...answers: string[]) => {
        const hooks = { requestSecretInput: async () => answers.shift() ?? expect.fail("asked too often") };
        hre.hooks.registerHandlers("userInterruptions", hooks);
        Object.defineProperty(process.stdin, "isTTY", { value: true, configurable: true });
        try {
          return await run("register-file", registration);
        } finally {
          Reflect.deleteProperty(process.stdin, "isTTY");
          hre.hooks.unregisterHandlers("userInterruptions", hooks);
        }
      };
      expect((await typed("one", "two")).output).to.equal("These were two passphrases.");
      expect((await typed("")).output).to.match(/^The passphrase is empty/);
      expect(readdirSync(parent)).to.deep.equal(before);

      expect((await typed("one", "one")).ok).to.equal(true);
      const [asked] = readdirSync(parent).filter((name) => !before.includes(name));
      await readKeyFile(join(parent, asked!, "key.json"), { passphrase: "one" });

      const unprotected = { ...registration, unprotectedKey: true };
      expect(await done("register-file", unprotected)).to.include("protected by nothing but its mode");
      const [bare] = readdirSync(parent).filter((name) => name !== asked && !before.includes(name));
      await readKeyFile(join(parent, bare!, "key.json"));
    } finally {
      process.env[VARIABLE] = PASSPHRASE;
    }
  });

  it("DEP-22 sell posts an order, and buy fills part of it at its price", async () => {
    const offered = await done("sell", { asset, as: "grid", units: "50", price: "2.5" });
    order = /^order (0x[0-9a-f]{64})$/m.exec(offered)![1]!;
    expect(await done("buy", { order, as: "alice", units: "7" })).to.include("Bought 7 fractions for 17.5 DEMO");
    const shown = await done("show-asset", { asset });
    expect(shown)
      .to.match(/grid +193 /)
      .and.to.match(/alice +7 /);
  });

  it("DEP-23 distribute pays the holders, and claim pays out", async () => {
    expect(await done("distribute", { asset, as: "factory", amount: "10" })).to.include("earned 10 DEMO so far");
    expect(await done("show-asset", { asset })).to.match(/alice +7 +0\.35 DEMO/);
    expect(await done("claim", { asset, as: "alice" })).to.include("Claimed 0.35 DEMO");
  });

  it("DEP-24 says in plain words, English and Chinese, why a contract refuses", async () => {
    const claimer = accountOf(local.chain, "alice");
    expect(await refused("claim", { asset, as: "alice" })).to.equal(
      `refused: This account has no revenue to claim.\n         该账户没有可领取的收益。\n         Assets_NothingToClaim(${claimer})`,
    );
    expect(await refused("buy", { order, as: "outsider", units: "1" })).to.match(
      /^refused: The receiver is not an active participant\.\n/,
    );
    expect(await refused("buy", { order, as: "bob", units: "44" })).to.match(/Market_NotEnoughLeft\(0x\w+, 43, 44\)$/);
    expect(await refused("show-asset", { asset: "12" })).to.match(/Assets_Unknown\(12\)$/);
  });

  it("DEP-25 refuses arguments that make no sense, by name and before anything is sent", async () => {
    expect(await refused("sell", { asset: "abc" })).to.equal(
      "asset: is not an asset's id\nas: is missing\nunits: is missing\nprice: is missing",
    );
    const [most, past] = [2n ** 256n - 1n, 2n ** 256n];
    expect(await refused("show-asset", { asset: String(most) })).to.match(new RegExp(`Assets_Unknown\\(${most}\\)$`));
    expect(await refused("show-asset", { asset: String(past) })).to.equal("asset: is not an asset's id");
    expect(await refused("sell", { asset, as: "grid", units: "1", price: "1", hours: "8761" })).to.equal(
      "hours: is more than 8760, a year",
    );
    expect(await refused("sell", { asset, as: "grid", units: "1", price: String(2n ** 128n) })).to.equal(
      `${2n ** 128n} DEMO is more than the contracts can hold.`,
    );
    expect(await refused("register-file", { file, as: "grid", title: "x", royaltyBps: "1001" })).to.equal(
      "royalty-bps: is more than 1000, which are 10 %",
    );
    expect(await refused("advance-clock", { seconds: "999999999999999" })).to.equal(
      "seconds: is more than 3155760000, a century",
    );
    expect(await refused("sell", { asset, as: "grid", units: "-1", price: "1e9" })).to.equal(
      "units: is not a whole number above zero\nprice: is not an amount such as 12.50",
    );
    expect(await refused("sell", { asset, as: "grid", units: "1", price: "0.0000001" })).to.equal(
      "DEMO has 6 decimals; 0.0000001 has more.",
    );
    expect(await refused("sell", { asset, as: "nobody", units: "1", price: "1" })).to.match(
      /^There is no account "nobody"/,
    );
    expect(await refused("sell", { asset, as: `0x${"ab".repeat(20)}`, units: "1", price: "1" })).to.match(
      /has no key of 0x/,
    );
    expect(await refused("buy", { order: "0x12", as: "alice", units: "1" })).to.equal("order: is not an order's hash");
    expect(await refused("buy", { order: `0x${"12".repeat(32)}`, as: "alice", units: "1" })).to.match(/^No order 0x12/);
    expect(await refused("distribute", { asset, as: "factory", amount: "99999999" })).to.match(
      /^factory has .* which is less than/,
    );
    expect(await refused("register-file", { file: "no/such", as: "grid", title: "x" })).to.equal(
      "There is no file no/such.",
    );
    expect(await refused("register-file", { file, as: "grid", title: "x", license: "none" })).to.include("license");
  });

  it("DEP-26 verify-record proves a record of an anchored file on chain, and no other", async () => {
    await done("append-journal", { file, as: "factory", stream: "records" });
    const record = { file, owner: "factory", stream: "records", line: "3" };
    expect(await done("verify-record", record)).to.include('"2,4.75" is record 3 of 4, anchored by factory');
    const other = join(folder, "other.csv");
    writeFileSync(other, FILE.replace("9.0", "9.1"));
    await done("append-journal", { file: other, as: "factory", stream: "records" });
    expect(await done("verify-record", record)).to.include("Verified on chain");
    expect(await done("verify-record", { ...record, file: other, line: "4" })).to.include('"3,9.1" is record 4 of 4');
    expect(await refused("verify-record", { ...record, text: "2,4.76" })).to.match(/^Not verified: record 3/);
    writeFileSync(other, FILE.replace("4.5", "4.6"));
    expect(await refused("verify-record", { ...record, file: other })).to.match(/^No batch of exactly these records/);
    expect(await refused("verify-record", { ...record, line: "5" })).to.match(/line 5 is none of them/);
  });

  it("DEP-27 show-lineage shows ancestors and descendants, release by release", async () => {
    const { contracts, client } = { ...(await deploy(local.chain)), client: local.chain.client };
    const derived = (
      await client.getContractEvents({
        ...contracts.assets,
        eventName: "ParentShareCredited",
        fromBlock: 0n,
        strict: true,
      })
    )[0]!;
    const [parent, child] = [derived.args.parent, derived.args.child].map(
      (id) => `0x${id.toString(16).padStart(64, "0")}`,
    );
    const down = await done("show-lineage", { asset: child! });
    expect(down)
      .to.match(new RegExp(`It was derived from:\\n.*\\n.*\\n +${parent} +station`))
      .and.to.include("Derived from it: nothing.");
    expect(down).to.match(new RegExp(`1 +${parent} +1 +20 %`));
    const up = await done("show-lineage", { asset: parent! });
    expect(up)
      .to.include("It was derived from: nothing.")
      .and.to.match(new RegExp(`Derived from it:\\n.*\\n.*\\n +${child} +analyst`));
  });

  it("DEP-28 advance-clock lets an offer expire", async () => {
    await done("advance-clock", { seconds: "86400" });
    expect(await refused("buy", { order, as: "alice", units: "1" })).to.match(/Market_Expired\(\d+, \d+\)$/);
  });

  it("DEP-36 show-asset names each state, and until when an asset is suspended", async () => {
    const { chain } = local;
    const { contracts } = await deploy(chain);
    const { assets, supervision } = contracts;
    const id = BigInt(asset);
    expect(await done("show-asset", { asset }))
      .to.match(/^ +status +registered$/m)
      .and.to.not.include("suspended");

    await send(chain, accountOf(chain, "supervisor"), {
      ...supervision,
      functionName: "suspend",
      args: [id, `0x${"11".repeat(32)}`],
    });
    const until = await chain.client.readContract({ ...assets, functionName: "suspendedUntil", args: [id] });
    expect(await done("show-asset", { asset }))
      .to.match(/^ +status +registered$/m)
      .and.to.match(new RegExp(`^ +suspended until +${dateTimeOf(until)}$`, "m"));
    await done("advance-clock", { seconds: String(until - (await blockTime(chain))) });
    expect(await done("show-asset", { asset })).to.not.include("suspended");

    await send(chain, accountOf(chain, "grid"), { ...assets, functionName: "retire", args: [id] });
    expect(await done("show-asset", { asset })).to.match(/^ +status +retired$/m);

    const changes = await chain.client.getContractEvents({
      ...{ ...assets, eventName: "AssetStatusChanged", strict: true, fromBlock: 0n },
    } as const);
    const struck = changes.find(({ args }) => args.status === 3)!.args.id;
    expect(await done("show-asset", { asset: String(struck) })).to.match(/^ +status +struck off$/m);
  });

  it("DEP-29 lists every single step, with a description", () => {
    const names = tasks.map(({ id }) => id.join(" "));
    expect(names).to.include.members([
      ...[
        "register-file",
        "sell",
        "buy",
        "distribute",
        "claim",
        "show-asset",
        "show-lineage",
        "verify-record",
        "advance-clock",
      ],
    ]);
    for (const name of names) expect(hre.tasks.rootTasks.get(name)?.description).to.have.length.greaterThan(10);
  });
});
