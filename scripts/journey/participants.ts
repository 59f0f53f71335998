import { keccak256, toBytes, zeroAddress } from "viem";
import type { AccountName } from "../support/accounts.ts";
import { Problem } from "../support/problem.ts";
import { type Journey, PEOPLE, type Step } from "./journey.ts";

const KIND = { organisation: 1, publicBody: 2, person: 3 } as const;
const ACTIVE = 1;
const SUCCEEDED = 4;

const ZHEJIANG = 330_000;
export const CLIMATE = 1_000_001;

const DOMAINS = [
  { domain: ZHEJIANG, name: "Zhejiang", registrar: "zhejiang" },
  { domain: CLIMATE, name: "Climate and environment", registrar: "climate" },
] as const;

const ADMISSIONS: Readonly<Record<(typeof PEOPLE)[number], { domain: number; kind: keyof typeof KIND }>> = {
  grid: { domain: ZHEJIANG, kind: "organisation" },
  factory: { domain: ZHEJIANG, kind: "organisation" },
  alice: { domain: ZHEJIANG, kind: "person" },
  bob: { domain: ZHEJIANG, kind: "person" },
  station: { domain: CLIMATE, kind: "publicBody" },
  analyst: { domain: CLIMATE, kind: "organisation" },
  carol: { domain: CLIMATE, kind: "person" },
  dora: { domain: ZHEJIANG, kind: "person" },
  doraAnew: { domain: ZHEJIANG, kind: "person" },
};

/** Enough for all that the journey buys, in base units. */
const FUNDS = 10_000_000_000n;

export const participants: Step = {
  title: "Two domains, their registrars, and whom they admit",
  async run(journey) {
    for (const { domain, name, registrar } of DOMAINS) await openDomain(journey, domain, name, registrar);
    for (const name of PEOPLE) await admit(journey, name, ADMISSIONS[name].domain, KIND[ADMISSIONS[name].kind]);
    for (const [purse, address] of await journey.purses()) journey.baseline.set(purse, await journey.moneyOf(address));
    await fund(journey);
    journey.showGas();
  },
};

async function openDomain(
  journey: Journey,
  domain: number,
  name: string,
  registrar: "zhejiang" | "climate",
): Promise<void> {
  const { participants } = journey.contracts;
  const current = await journey.chain.client.readContract({
    ...participants,
    functionName: "registrarOf",
    args: [domain],
  });
  if (current === zeroAddress) {
    const args = [domain, journey.address(registrar), name] as const;
    await journey.act("authority", `opens the domain ${name}, registrar ${registrar}`, {
      ...participants,
      functionName: "openDomain",
      args,
    });
  } else if (current.toLowerCase() !== journey.address(registrar).toLowerCase()) {
    throw new Problem(`The registrar of the domain ${name} is ${current}, for whom the journey has no key.`);
  } else {
    journey.note(`The domain ${name} is open already.`);
  }
}

async function admit(journey: Journey, name: AccountName, domain: number, kind: number): Promise<void> {
  const { participants } = journey.contracts;
  const account = journey.address(name);
  const { status } = await journey.chain.client.readContract({
    ...participants,
    functionName: "participantOf",
    args: [account],
  });
  if (status === ACTIVE) return journey.note(`${name} is admitted already.`);
  if (status === SUCCEEDED) return journey.note(`${name} was succeeded in an earlier journey.`);
  const registrar = DOMAINS.find((known) => known.domain === domain)!.registrar;
  const profile = keccak256(toBytes(`profile of ${name}`));
  await journey.act(registrar, `admits ${name}`, {
    ...participants,
    functionName: "admit",
    args: [account, domain, kind, profile],
  });
}

/** Makes demonstration money; on a network without it, everyone must have some of the given currency. */
async function fund(journey: Journey): Promise<void> {
  const { demo } = journey.contracts;
  for (const name of ["outsider", ...PEOPLE] as const) {
    if (demo?.address === journey.currency.address) {
      await journey.act(name, "takes demonstration money", {
        ...demo,
        functionName: "mint",
        args: [journey.address(name), FUNDS],
      });
      journey.model.mint(name, FUNDS);
    } else if ((await journey.moneyOf(journey.address(name))) < FUNDS) {
      throw new Problem(
        `${name} (${journey.address(name)}) needs ${FUNDS} base units of the currency ${journey.currency.address}.`,
      );
    }
  }
}
