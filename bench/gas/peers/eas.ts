import { as, ethers, owner, put, transaction } from "../lib/chain.ts";
import { published } from "../lib/code.ts";
import type { Operation } from "../lib/operation.ts";

const code = (name: string) =>
  published(`@ethereum-attestation-service/eas-contracts/artifacts/contracts/${name}.sol/${name}.json`);

/** The code is what EAS compiled and published. */
export async function eas(): Promise<Operation[]> {
  const registry = await put(code("SchemaRegistry"));
  const service = await put(code("EAS"), registry);
  await as(owner, service, "timestamp")(ethers.id("earlier records"));
  return [
    {
      ...{ key: "append", peer: "eas", name: "EAS timestamp" },
      does: "the time of one hash: no stream, no order of batches, no writer",
      transaction: () => transaction(owner, service, "timestamp", [ethers.id("records")]),
    },
  ];
}
