import { expect } from "chai";
import { type BaseContract, FunctionFragment } from "ethers";
import { SCHEMAS, schemaIdOf } from "../../ignition/schemas.ts";
import { asSteward, deploy, ethers, networkHelpers, PROVINCE, register, ZeroHash } from "../support/deploy.ts";
import { agreement, LICENSEE_KEY, offer, pointOf, signOffer, subscription } from "../support/licences.ts";
import { answer, argument, contractsOf } from "./everyFunction.ts";
import { CALLERS, MATRIX } from "./matrix.ts";

const REASON = ethers.id("statement of reasons");
const SCHEMA = schemaIdOf(SCHEMAS.venue);
const WINDOW = { duration: 10_000, blocks: 10 };

/** Each thing that a call needs before it comes to who makes it. */
async function deployForCalls() {
  const system = await deploy();
  const { participants, credentials, notice, certificates, votes, assets, currency, licences } = system;
  const { authority, registrar, owner, operator, alice, bob, carol } = system;
  const asset = await register(system);
  await assets.connect(owner).safeTransferFrom(owner, alice, asset, 1n, "0x");
  await votes.connect(alice).vote(asset, alice, 1n);
  await certificates.connect(registrar).issue(asset, 1n);
  await participants.connect(registrar).proposeSuccessor(owner, alice, REASON);
  await credentials.connect(authority).openSchema(SCHEMAS.venue.name, SCHEMAS.venue.uri);
  await credentials.connect(authority).accredit(SCHEMA, carol);
  await credentials
    .connect(carol)
    .issue({ subject: owner, schema: SCHEMA, validUntil: 2n ** 40n, claimHash: ZeroHash });
  await asSteward(system, notice, "setTerms", [PROVINCE, { notice: WINDOW, decision: WINDOW, deposit: 1n }]);
  await currency.connect(bob).approve(notice, ethers.MaxUint256);
  const noticed = await register(system, "under notice");
  await notice.connect(bob).object(noticed, REASON);
  const terms = offer(system, asset);
  const bought = agreement(terms, bob.address);
  await currency.connect(bob).approve(licences, ethers.MaxUint256);
  await licences.connect(bob).buy(bought, await signOffer(system, operator, terms));
  const delivery = [...Object.values(pointOf(LICENSEE_KEY)), ZeroHash];
  const named = { noticed, bought, subscription: subscription(terms, bob.address), delivery };
  return { system, asset, named: { ...named, licence: await licences.hashAgreement(bought) } };
}

type Named = Awaited<ReturnType<typeof deployForCalls>>["named"];

/** Arguments that differ from what `argument` makes of the ABI, by the name of the parameter. */
const SPECIAL: Readonly<Record<string, Readonly<Record<string, (named: Named) => unknown>>>> = {
  notice: { id: ({ noticed }) => noticed, number: () => 1n },
  licences: {
    ...{ agreement: ({ bought }) => bought, former: ({ bought }) => bought, next: ({ bought }) => bought },
    ...{ offer: ({ bought }) => bought.offer, delivery: ({ delivery }) => delivery, id: ({ licence }) => licence },
    ...{ ids: ({ licence }) => [licence], deliveries: ({ delivery }) => [delivery] },
  },
  disputes: { agreement: ({ bought }) => bought },
  subscriptions: { subscription: ({ subscription }) => subscription, plan: ({ subscription }) => subscription.plan },
  credentials: { schema: () => SCHEMA, validUntil: () => 2n ** 40n },
};

const functionsOf = (contract: BaseContract) =>
  contract.interface.fragments
    .filter((fragment) => FunctionFragment.isFragment(fragment))
    .filter(({ stateMutability }) => stateMutability === "nonpayable" || stateMutability === "payable");

describe("permission matrix", () => {
  it("ACC-16 has one row for each function that changes anything, and no other", async () => {
    const system = await networkHelpers.loadFixture(deploy);
    for (const [name, contract] of contractsOf(system)) {
      // OpenZeppelin's ERC-20 with a mint for everybody.
      if (name === "currency") continue;
      const functions = functionsOf(contract).map((fragment) => fragment.name);
      expect(Object.keys(MATRIX[name] ?? {}).sort(), name).to.deep.equal(functions.sort());
    }
  });

  it("ACC-17 refuses exactly those whom no row names, with the error of the row", async () => {
    const { system, asset, named } = await networkHelpers.loadFixture(deployForCalls);
    const contracts = contractsOf(system);
    const selectors = new Map<string, string>();
    for (const [, contract] of contracts)
      contract.interface.forEachError(({ name, selector }) => selectors.set(name, selector));
    const refusals = new Set(
      Object.values(MATRIX).flatMap((rows) =>
        Object.values(rows).flatMap(({ refusal }) => selectors.get(refusal ?? "") ?? []),
      ),
    );
    let calls = 0;
    for (const [name, contract] of contracts) {
      for (const fragment of functionsOf(contract)) {
        const row = MATRIX[name]?.[fragment.name];
        if (row === undefined) continue;
        const special = SPECIAL[name] ?? {};
        const values = fragment.inputs.map((input) =>
          argument(input, { account: system.owner.address, asset }, (key) => special[key]?.(named)),
        );
        const data = contract.interface.encodeFunctionData(fragment, values);
        for (const caller of CALLERS) {
          const given = await answer(await system[caller].getAddress(), contract, data);
          const reason = given.ok ? undefined : given.data.slice(0, 10);
          const what = `${name}.${fragment.name} by ${caller}`;
          calls++;
          if (row.may === "anyone") expect(refusals, what).not.to.include(reason);
          else if (row.may.includes(caller)) expect(reason, what).not.to.equal(selectors.get(row.refusal!));
          else expect(reason, what).to.equal(selectors.get(row.refusal!));
        }
      }
    }
    expect(calls).to.equal(Object.values(MATRIX).flatMap(Object.keys).length * CALLERS.length);
  });
});
