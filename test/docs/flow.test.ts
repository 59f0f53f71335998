import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as sealed from "@cadastre/sealed";
import { expect } from "chai";
import { Interface } from "ethers";
import {
  Certificates__factory,
  CredentialRegistry__factory,
  CurrencyRegistry__factory,
  DataAsset__factory,
  DemoCurrency__factory,
  Disputes__factory,
  IDerivationGate__factory,
  LicenceRegistry__factory,
  Marketplace__factory,
  Notice__factory,
  OperatorVote__factory,
  ParticipantRegistry__factory,
  PolicyBook__factory,
  ProvenanceRegistry__factory,
  Subscriptions__factory,
  Supervision__factory,
} from "../../typechain-types/index.ts";
import { deploy, networkHelpers, register } from "../support/deploy.ts";
import { order, sign } from "../support/orders.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/flow.md"), "utf8");
const picture = /```mermaid\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
const text = page.replaceAll(/```[\s\S]*?```/g, "");

const ABIS: Record<string, object[]> = {
  Certificates: [...Certificates__factory.abi],
  CredentialRegistry: [...CredentialRegistry__factory.abi],
  Notice: [...Notice__factory.abi],
  OperatorVote: [...OperatorVote__factory.abi],
  PolicyBook: [...PolicyBook__factory.abi],
  Supervision: [...Supervision__factory.abi],
  CurrencyRegistry: [...CurrencyRegistry__factory.abi],
  Currency: [...DemoCurrency__factory.abi],
  DataAsset: [...DataAsset__factory.abi],
  Disputes: [...Disputes__factory.abi],
  IDerivationGate: [...IDerivationGate__factory.abi],
  LicenceRegistry: [...LicenceRegistry__factory.abi],
  Marketplace: [...Marketplace__factory.abi],
  ParticipantRegistry: [...ParticipantRegistry__factory.abi],
  ProvenanceRegistry: [...ProvenanceRegistry__factory.abi],
  Subscriptions: [...Subscriptions__factory.abi],
};
const functions: Record<string, Set<string>> = Object.fromEntries(
  Object.entries(ABIS).map(([name, abi]) => {
    const found = new Set<string>();
    new Interface(abi).forEachFunction((fragment) => found.add(fragment.name));
    return [name, found];
  }),
);

const events = new Interface(
  Object.values(ABIS)
    .flat()
    .filter((entry) => "type" in entry && entry.type === "event"),
);

const sourcesOf = (folder: string) =>
  readdirSync(join(root, "contracts", folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sol") && !file.startsWith("mocks"))
    .map((file) => readFileSync(join(root, "contracts", folder, file), "utf8"))
    .join("\n");

/** The folder with the internal functions of a contract that calls itself in the picture. */
const FOLDERS: Record<string, string> = { Marketplace: "market", DataAsset: "assets" };

const nameOf = new Map([...picture.matchAll(/participant (\w+) as (\w+)/g)].map(([, short, name]) => [short, name!]));
const messages = [...picture.matchAll(/^ *(\w+)->>(\w+): (\w+)\(/gm)].map(([, from, to, called]) => ({
  internal: from === to,
  to: nameOf.get(to) ?? "nobody",
  called: called!,
}));

describe("docs/flow.md", () => {
  it("FLW-01 names functions that exist", () => {
    const anywhere = new Set([...Object.values(functions).flatMap((names) => [...names]), ...Object.keys(sealed)]);
    const named = [...text.matchAll(/`(?:(\w+)\.)?(\w+)\(/g)];
    expect(named).to.have.length.greaterThan(30);
    for (const [, contract, name] of named) {
      const known = contract === undefined ? anywhere : functions[contract];
      expect(known?.has(name!), `${contract ?? "any"}.${name}`).to.equal(true);
    }
  });

  it("FLW-02 draws messages that their receivers understand", () => {
    expect(messages).to.have.length.greaterThan(10);
    for (const { internal, to, called } of messages) {
      const known = internal
        ? new RegExp(`function ${called}\\(`).test(sourcesOf(FOLDERS[to] ?? "mocks"))
        : functions[to]?.has(called);
      expect(known, `${to}.${called}`).to.equal(true);
    }
  });

  it("FLW-05 draws the states of a licence as the registry has them", () => {
    const drawing = /```mermaid\n(stateDiagram[\s\S]*?)```/.exec(page)?.[1] ?? "";
    const arrows = [...drawing.matchAll(/^ *(\S+) --> (\w+): (.*)$/gm)];
    const source = readFileSync(join(root, "contracts/types/LicenceWord.sol"), "utf8");
    const states = /enum LicenceStatus \{([^}]*)\}/.exec(source)?.[1]?.match(/\w+/g) ?? [];
    const drawn = new Set(arrows.flatMap(([, from, to]) => [from!, to!]));
    expect([...drawn].sort()).to.deep.equal(["[*]", ...states.filter((state) => state !== "None")].sort());
    for (const [, , , label] of arrows) {
      const called = /^\w+/.exec(label!)?.[0] ?? "";
      const known = functions.LicenceRegistry?.has(called) || functions.Disputes?.has(called);
      expect(known, called).to.equal(true);
    }
  });

  it("FLW-03 draws a purchase in the order in which it happens", async () => {
    const system = await networkHelpers.loadFixture(deploy);
    const { assets, currency, market, owner, alice, bob, treasury } = system;
    const id = await register(system);
    await assets.connect(owner).safeTransferFrom(owner, alice, id, 100n, "0x");
    const sale = order(alice.address, id);
    const signature = await sign(system, alice, sale);
    const sold = await market.connect(bob).fill({ order: sale, signature, units: 10n, limit: 50_000_000n });
    const happened = ((await sold.wait())?.logs ?? []).map((log) => {
      const event = events.parseLog(log);
      return event?.name === "Transfer" ? `Transfer to ${event.args[1]}` : event?.name;
    });
    const drawn = [...picture.matchAll(/Note over \w+: (\w+)|transferFrom\(buyer, ([\w' ]+),/g)].map(
      ([, event, payee]) => event ?? `Transfer to ${payee}`,
    );
    const payees: Record<string, string> = {
      "market's fee receiver": treasury.address,
      "asset's holder": owner.address,
      seller: alice.address,
    };
    const expected = drawn.map((step) => step.replace(/(?<=Transfer to ).*/, (payee) => payees[payee] ?? payee));
    expect(happened).to.deep.equal(expected);
    expect(await currency.balanceOf(market)).to.equal(0n);
    expect(await assets.balanceOf(bob, id)).to.equal(10n);
  });

  it("FLW-04 names types, events and contracts that exist", () => {
    const sources = sourcesOf("");
    const named = [...text.matchAll(/`([A-Z]\w+)[`.]/g), ...picture.matchAll(/Note over \w+: (\w+)/g)];
    for (const [, name] of named) {
      const declared = new RegExp(`(?:contract|interface|struct|event|error|enum|library) ${name}\\b`);
      expect(declared.test(sources) || events.hasEvent(name!), name).to.equal(true);
    }
  });
});
