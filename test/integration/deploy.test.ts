import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { encodeFunctionData, type Hex, toFunctionSelector } from "viem";
import { developmentParameters, networkParameters } from "../../ignition/parameters/index.ts";
import { ROLES } from "../../ignition/roles.ts";
import { checkAccess } from "../../scripts/support/accessCheck.ts";
import { accountOf, openChain, send } from "../../scripts/support/chain.ts";
import { advanceClock, blockTime } from "../../scripts/support/clock.ts";
import { deploy, parametersOf } from "../../scripts/support/deploy.ts";
import {
  deployedContracts,
  deploymentIdOf,
  folderOf,
  forget,
  recordGenesis,
} from "../../scripts/support/deployment.ts";
import { explainFailure } from "../../scripts/support/explain.ts";
import { Problem } from "../../scripts/support/problem.ts";
import { connect, type LocalChain, serveChain } from "./localChain.ts";

async function problemOf(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(Problem);
  return (error as Problem).message;
}

describe("Deployment", () => {
  let local: LocalChain;
  const others: LocalChain[] = [];
  const serve = async (options: Parameters<typeof serveChain>[0]) => {
    const other = await serveChain(options);
    others.push(other);
    return other;
  };

  before(async () => {
    local = await serveChain();
  });
  after(async () => {
    for (const chain of [local, ...others]) await chain.close();
  });

  it("DEP-01 deploys everything once; a second run sends no transaction", async () => {
    const { chain } = local;
    const first = await deploy(chain);
    expect(first.transactions).to.be.greaterThan(20);
    const block = await chain.client.getBlockNumber({ cacheTime: 0 });
    const second = await deploy(chain);
    expect(second.transactions).to.equal(0);
    expect(await chain.client.getBlockNumber({ cacheTime: 0 })).to.equal(block);
    expect(second.contracts).to.deep.equal(first.contracts);
  });

  it("DEP-02 leaves the deployer without any power", async () => {
    const { chain } = local;
    const contracts = await deployedContracts(chain);
    const deployer = accountOf(chain, "deployer");
    const [isAdmin] = await chain.client.readContract({
      ...contracts.manager,
      functionName: "hasRole",
      args: [ROLES.ADMIN.id, deployer],
    });
    expect(isAdmin).to.equal(false);
    const open = send(chain, deployer, {
      ...contracts.participants,
      functionName: "openDomain",
      args: [1, deployer, "mine"],
    });
    const refusal = explainFailure(await open.catch((error: unknown) => error));
    expect(refusal?.signature).to.equal(`AccessManagedUnauthorized(${deployer})`);
  });

  it("DEP-03 has the authority admit the demonstration currency on a development network", async () => {
    const { chain } = local;
    const { currencies, demo } = await deployedContracts(chain);
    expect(demo).not.to.equal(undefined);
    expect(
      await chain.client.readContract({ ...currencies, functionName: "isAdmitted", args: [demo!.address] }),
    ).to.equal(true);
    const held = await chain.client.readContract({
      ...demo!,
      functionName: "balanceOf",
      args: [accountOf(chain, "authority")],
    });
    expect(held).to.equal(1n);
  });

  it("DEP-04 finds every way in which the AccessManager is not set up as the parameters say", async () => {
    const { chain } = await serve({});
    const { contracts } = await deploy(chain);
    const parameters = parametersOf(chain);
    const [deployer, admin, steward] = [
      accountOf(chain, "deployer"),
      accountOf(chain, "admin"),
      accountOf(chain, "steward"),
    ];
    expect(await checkAccess(chain, contracts, parameters, deployer)).to.deep.equal([]);

    const { manager, market, assets, supervision } = contracts;
    const asAdmin = async (data: Hex) => {
      await send(chain, admin, { ...manager, functionName: "schedule", args: [manager.address, data, 0] });
      await advanceClock(chain, parameters.Cadastre.adminDelay);
      await send(chain, admin, { ...manager, functionName: "execute", args: [manager.address, data] });
    };
    const setFee = "0x30f738be";
    const encode = (functionName: "grantRole" | "setRoleGuardian" | "setTargetClosed", args: readonly unknown[]) =>
      encodeFunctionData({ abi: manager.abi, functionName, args } as Parameters<typeof encodeFunctionData>[0]);
    await asAdmin(encode("grantRole", [ROLES.SUPERVISOR.id, deployer, 0]));
    await asAdmin(encode("setRoleGuardian", [ROLES.STEWARD.id, ROLES.ADMIN.id]));
    await asAdmin(encode("setTargetClosed", [market.address, true]));
    await asAdmin(
      encodeFunctionData({
        ...manager,
        functionName: "setTargetFunctionRole",
        args: [assets.address, [setFee], ROLES.SUPERVISOR.id],
      }),
    );
    const supervisor = accountOf(chain, "supervisor");
    const wrong = await checkAccess(
      chain,
      contracts,
      { ...parameters, Cadastre: { ...parameters.Cadastre, stewardDelay: 6 } },
      deployer,
    );
    expect(wrong).to.include(
      `SUPERVISOR is held by ${supervisor} after 0 s, ${deployer} after 0 s, not by ${supervisor} after 0 s alone`,
    );
    expect(wrong).to.include(`STEWARD is held by ${steward} after 5 s, not by ${steward} after 6 s alone`);
    expect(wrong).to.include("STEWARD has the guardian role 0, not 4");
    expect(wrong).to.include(`${market.address} is closed`);
    expect(wrong).to.include(`${assets.address} ${setFee} was given to a role, and should not be`);
    expect(wrong).to.include(`the deployer ${deployer} still has the role SUPERVISOR`);
    expect(
      wrong.filter((line) => line.startsWith(`the deployer ${deployer} may call ${supervision.address}`)),
    ).to.have.lengthOf(5);
    expect(await problemOf(deploy(chain))).to.match(
      /^The AccessManager is not set up as it should be:\n- .*\n- SUPERVISOR is held by/,
    );
  });

  it("DEP-04 finds a role, function or contract that was taken from where it belongs", async () => {
    const { chain } = await serve({});
    const { contracts } = await deploy(chain);
    const parameters = parametersOf(chain);
    const [deployer, admin, alice] = [
      accountOf(chain, "deployer"),
      accountOf(chain, "admin"),
      accountOf(chain, "alice"),
    ];
    const { manager, market, policies, assets } = contracts;
    const check = (found = contracts) => checkAccess(chain, found, parameters, deployer);
    const asAdmin = async (...args: Parameters<typeof encodeFunctionData<typeof manager.abi>>) => {
      const data = encodeFunctionData(...args);
      await send(chain, admin, { ...manager, functionName: "schedule", args: [manager.address, data, 0] });
      await advanceClock(chain, parameters.Cadastre.adminDelay);
      await send(chain, admin, { ...manager, functionName: "execute", args: [manager.address, data] });
      return check();
    };
    const { abi } = manager;
    const { SUPERVISOR, STEWARD, GUARDIAN, ADMIN } = ROLES;
    const admit = toFunctionSelector("admit(address)");
    const lost = `policies ${admit} needs role 0, not STEWARD`;
    expect(
      await asAdmin({
        abi,
        functionName: "setTargetFunctionRole",
        args: [policies.address, [admit], ADMIN.id],
      }),
    ).to.deep.equal([lost]);
    const administered = "STEWARD is administered by role 4, not by ADMIN";
    expect(await asAdmin({ abi, functionName: "setRoleAdmin", args: [STEWARD.id, GUARDIAN.id] })).to.deep.equal([
      ...[administered, lost],
    ]);
    const labelled = "SUPERVISOR bears the label CHIEF";
    expect(await asAdmin({ abi, functionName: "labelRole", args: [SUPERVISOR.id, "CHIEF"] })).to.deep.equal([
      ...[administered, labelled, lost],
    ]);
    const unknown = "there are members of the unknown role 99";
    expect(await asAdmin({ abi, functionName: "grantRole", args: [99n, alice, 0] })).to.deep.equal([
      ...[administered, labelled, unknown, lost],
    ]);
    const delayed = `${market.address} has an administration delay of its own`;
    expect(await asAdmin({ abi, functionName: "setTargetAdminDelay", args: [market.address, 1] })).to.deep.equal([
      ...[administered, labelled, unknown, lost, delayed],
    ]);
    const disobedient = `market obeys ${policies.address}, not the AccessManager`;
    expect(
      await asAdmin({ abi, functionName: "updateAuthority", args: [market.address, policies.address] }),
    ).to.deep.equal([administered, labelled, unknown, lost, delayed, disobedient]);

    const elsewhere = await check({ ...contracts, assets: { ...assets, address: market.address } });
    for (const office of ["policies", "notice", "supervision", "votes"]) {
      expect(elsewhere).to.include(`${office} serves ${assets.address}`);
    }
  });

  it("DEP-05 refuses the demonstration currency on any chain that is not for development", async () => {
    const { chain } = await serve({ chainId: 4_242 });
    expect(await problemOf(deploy(chain, { demo: true }))).to.equal(
      'The demonstration currency is refused on the network "localhost": chain 4242 is not a development network ' +
        "(ignition/parameters/index.ts lists them).",
    );
    expect(await chain.client.getBlockNumber()).to.equal(0n);
  });

  it("DEP-05 leaves the demonstration currency out on a development network too, if told so", async () => {
    const { chain } = await serve({});
    const { contracts } = await deploy(chain, { demo: false });
    expect(contracts.demo).to.equal(undefined);
  });

  it("DEP-06 deploys elsewhere by the network's own parameters, without the demonstration currency", async () => {
    const { chain } = await serve({ chainId: 4_243 });
    expect(await problemOf(deploy(chain))).to.equal(
      'No parameters for the network "localhost" (chain 4243): ignition/parameters/localhost.json is missing; ' +
        "docs/journey.md shows what it must say.",
    );
    const { contracts } = await deploy(chain, { parameters: parametersOf({ ...chain, id: 31_337 }) });
    expect(contracts.demo).to.equal(undefined);
  });

  it("DEP-06 reads a network's parameters from its file, and names what is wrong with it", () => {
    const folder = mkdtempSync(join(tmpdir(), "cadastre-"));
    const path = join(folder, "somewhere.json");
    const read = () => networkParameters("somewhere", folder);
    try {
      expect(read()).to.equal(undefined);
      const parameters = parametersOf(local.chain);
      writeFileSync(path, JSON.stringify(parameters));
      expect(read()).to.deep.equal(parameters);
      const { feeReceiver, ...market } = parameters.Market;
      writeFileSync(path, JSON.stringify({ ...parameters, Market: market }));
      expect(read).to.throw(Problem, new RegExp(`^${path} is damaged: [^]*Market\\.feeReceiver`));
      writeFileSync(path, JSON.stringify({ ...parameters, Market: { ...market, feeReceiver: "alice" } }));
      expect(read).to.throw(Problem, "must be an address");
      writeFileSync(path, JSON.stringify({ ...parameters, Markt: {} }));
      expect(read).to.throw(Problem, "Markt");
      writeFileSync(path, "{");
      expect(read).to.throw(Problem, `${path} is damaged: `);
      expect(feeReceiver).to.equal(accountOf(local.chain, "treasury"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("DEP-07 refuses parameters that would leave the deployer with a role", async () => {
    const { chain } = await serve({});
    const [deployer, other] = [accountOf(chain, "deployer"), accountOf(chain, "alice")];
    const parameters = developmentParameters({
      ...{
        admin: other,
        authority: other,
        steward: other,
        supervisor: deployer,
        guardian: other,
        treasury: other,
      },
    });
    expect(await problemOf(deploy(chain, { parameters }))).to.equal(
      `The parameter "supervisor" is the deployer's own account ${deployer}: it would be left with power. Name another.`,
    );
  });

  it("DEP-08 says what to do about a deployment on an earlier chain, and forgets it when asked to", async () => {
    const { chain } = await serve({});
    const id = await deploymentIdOf(chain);
    const earlier = `0x${"11".repeat(32)}` as const;
    recordGenesis(id, { ...chain, genesis: earlier });
    const advice = /belongs to an earlier chain: .*\nDeploy afresh with `npm run deploy -- --reset`/;
    expect(await problemOf(deployedContracts(chain)))
      .to.match(advice)
      .and.to.include(earlier)
      .and.to.include(chain.genesis);
    expect(await problemOf(deploy(chain))).to.match(advice);
    const { contracts } = await deploy(chain, { reset: true });

    await chain.connection.provider.request({ method: "hardhat_setCode", params: [contracts.market.address, "0x"] });
    expect(await problemOf(deploy(chain)))
      .to.match(advice)
      .and.to.include(`there is no contract Market#Marketplace at ${contracts.market.address}`);
  });

  it("DEP-09 says that nothing is deployed, or that the deployment is not complete", async () => {
    const { chain } = await serve({});
    expect(await problemOf(deployedContracts(chain))).to.equal(
      'Nothing is deployed on the network "localhost" (chain 31337). Run `npm run deploy -- --network localhost`.',
    );
    const id = await deploymentIdOf(chain);
    recordGenesis(id, chain);
    expect(await problemOf(deployedContracts(chain))).to.match(
      /^The deployment is not complete on the network "localhost"/,
    );
    const damaged = join(folderOf(id), "deployed_addresses.json");
    writeFileSync(damaged, "{");
    expect(await problemOf(deployedContracts(chain))).to.match(new RegExp(`^${damaged} is damaged: `));
    forget(id);
  });

  it("DEP-10 says that a network is unknown, does not answer, lives in memory only, or has too few accounts", async () => {
    expect(await problemOf(openChain("atlantis"))).to.match(
      /^There is no network "atlantis" in hardhat\.config\.ts; it has .*localhost/,
    );
    expect(await problemOf(connect("http://127.0.0.1:9"))).to.match(
      /^The network "localhost" does not answer .*\nStart a chain with `npm start`/,
    );
    expect(await problemOf(openChain("default"))).to.match(
      /^The network "default" lives in memory and ends with this command/,
    );
    const { chain } = await serve({ accounts: 4 });
    expect(() => accountOf(chain, "alice")).to.throw(Problem, 'offers 4 accounts; "alice" is number 14');
  });

  it("DEP-11 lets block time pass by the node's clock", async () => {
    const { chain } = local;
    const before = await blockTime(chain);
    expect(await advanceClock(chain, 1_000)).to.be.at.least(before + 1_000);
    expect(await problemOf(advanceClock(chain, 0))).to.equal("Give a whole number of seconds above zero.");
  });
});
