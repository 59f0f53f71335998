import { recordTree, toHex } from "@cadastre/sealed";
import { encodeFunctionData } from "viem";
import { readDataset } from "../support/datasets.ts";
import { grouped } from "../support/table.ts";
import type { Journey, Step } from "./journey.ts";
import { short } from "./registration.ts";

const STREAM = "sensor readings";
const RECORDS = 1_000;
const INDEX = 617;

export const journal: Step = {
  title: "A journal: 1,000 sensor readings anchored in one transaction, one of them verified on chain",
  async run(journey) {
    const { provenance } = journey.contracts;
    const records = readDataset("sensors")
      .rows.slice(0, RECORDS)
      .map((row) => new TextEncoder().encode(row));
    const tree = recordTree(records);
    const batch = { root: toHex(tree.root), count: BigInt(tree.size), uri: "https://data.example/sensors/1-1000.csv" };
    const { stream, head } = await openStream(journey);
    await journey.act("factory", `anchors ${grouped(tree.size)} readings`, {
      ...provenance,
      functionName: "append",
      args: [STREAM, batch],
    });

    const record = records[INDEX]!;
    const path = tree.path(INDEX).map(toHex);
    const verify = (data: Uint8Array) => {
      const proof = { data: toHex(data), index: BigInt(INDEX), path };
      return { ...provenance, functionName: "verifyInStream" as const, args: [stream, head, [batch], proof] as const };
    };
    const tampered = new TextEncoder().encode(
      new TextDecoder().decode(record).replace(/\d$/, (digit) => (digit === "0" ? "1" : "0")),
    );
    const { client } = journey.chain;
    const [genuine, changed] = [await client.readContract(verify(record)), await client.readContract(verify(tampered))];
    journey.check(
      "a genuine reading is verified on chain, a changed one is not",
      "true false",
      `${genuine} ${changed}`,
    );
    const gas = await client.estimateGas({ to: provenance.address, data: encodeFunctionData(verify(record)) });
    journey.note(
      `Root ${short(batch.root)} over ${grouped(tree.size)} readings. Reading ${INDEX + 1}, "${new TextDecoder().decode(record)}":`,
    );
    journey.note(`  verified on chain with ${path.length} hashes (${grouped(gas)} gas, if a contract asked).`);
    journey.note(`  changed to "${new TextDecoder().decode(tampered)}": ${changed ? "verified" : "not verified"}.`);
    journey.showGas();
  },
};

/** A stream is opened once; the next batch goes on from its head. */
async function openStream(journey: Journey): Promise<{ stream: `0x${string}`; head: `0x${string}` }> {
  const { provenance } = journey.contracts;
  const { client } = journey.chain;
  const stream = await client.readContract({
    ...provenance,
    functionName: "streamIdOf",
    args: [journey.address("factory"), STREAM],
  });
  const headOf = () => client.readContract({ ...provenance, functionName: "headOf", args: [stream] });
  if (BigInt(await headOf()) === 0n) {
    await journey.act("factory", `opens the stream "${STREAM}"`, {
      ...provenance,
      functionName: "openStream",
      args: [STREAM],
    });
  }
  return { stream, head: await headOf() };
}
