import { order, sign } from "../../../test/support/orders.ts";
import { steadyAsset } from "../../../test/support/steadyAsset.ts";
import { type LicenceActions, send, steadyLicence } from "../../../test/support/steadyLicence.ts";
import { alice, bob, currency, ethers, owner, system, TRADE, transaction, treasury } from "./chain.ts";
import type { Operation } from "./operation.ts";
import type { RowKey } from "./rows.ts";

const { assets, market, provenance } = system;
const STREAM = "shipments";
const AMOUNT = 1_000_000n;
const LIMIT = 10n ** 12n;
const ids: bigint[] = [];
let licences: LicenceActions;

const batch = (label: string, count = 1_000n) => ({
  root: ethers.id(label),
  count,
  uri: "https://data.example/batch/17",
});

/** Every slot that a transaction writes was written before, and everybody who is paid has money. */
export async function steady(): Promise<void> {
  for (let i = 0; i < 10; i++) ids.push(await steadyAsset(system, `bench ${i}`));
  await currency.mint(treasury, 1n);
  await market.connect(alice).cancel(200n);
  await provenance.connect(owner).openStream(STREAM);
  await provenance.connect(owner).append(STREAM, batch("earlier records"));
  licences = await steadyLicence(system, await steadyAsset(system, "bench, licensed"));
}

async function fill() {
  const terms = order(alice.address, ids[0]!, { units: TRADE.units, unitPrice: TRADE.unitPrice, nonce: 7n });
  const signature = await sign(system, alice, terms);
  return transaction(bob, market, "fill", [{ order: terms, signature, units: TRADE.part, limit: LIMIT }]);
}

const post = (nonce: bigint) => order(alice.address, ids[0]!, { nonce });

const licence = (name: keyof LicenceActions) => ({
  before: () => send(licences[name].before),
  transaction: async () => licences[name].call,
});

const TRANSACTIONS: Record<RowKey, Pick<Operation, "before" | "transaction">> = {
  transfer: {
    transaction: () => transaction(alice, assets, "safeTransferFrom", [alice.address, bob.address, ids[0], 10n, "0x"]),
  },
  batch10: {
    transaction: () =>
      transaction(alice, assets, "safeBatchTransferFrom", [
        ...[alice.address, bob.address, ids, ids.map(() => 10n), "0x"],
      ]),
  },
  buy: { before: async () => bob.sendTransaction(await fill()), transaction: fill },
  buyFirst: { transaction: fill },
  post: {
    before: () => market.connect(alice).post(post(8n)),
    transaction: () => transaction(alice, market, "post", [post(9n)]),
  },
  cancel: { transaction: () => transaction(alice, market, "cancel", [201n]) },
  append: { transaction: () => transaction(owner, provenance, "append", [STREAM, batch("records")]) },
  distribute: { transaction: () => transaction(bob, assets, "distribute", [ids[0], AMOUNT]) },
  claim: { transaction: () => transaction(bob, assets, "claim", [[ids[0]], bob.address]) },
  license: licence("license"),
  deliver: licence("deliver"),
  settle: licence("settle"),
  disputeKey: licence("disputeKey"),
  disputeContent: licence("disputeContent"),
};

export function ours(): Operation[] {
  return Object.entries(TRANSACTIONS).map(([key, rest]) => ({
    ...{ key: key as RowKey, peer: "ours", name: "Cadastre", does: "" },
    ...rest,
  }));
}
