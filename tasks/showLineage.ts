import { z } from "zod/v4";
import { inPieces } from "../scripts/support/access.ts";
import { nameOf } from "../scripts/support/accounts.ts";
import { table } from "../scripts/support/table.ts";
import { action, assetId, hexId, readAsset, type Session } from "./session.ts";

const LIMIT = 100n;

export default action(z.object({ asset: assetId }), async ({ asset: id }, session) => {
  await readAsset(session, id);
  await show(session, "ancestors", "It was derived from", id);
  await show(session, "descendants", "Derived from it", id);
  const sources = await sourceRows(session, id);
  if (sources.length > 0)
    console.log(`\n${table(["release", "made from", "its release", "share of revenue"], sources)}`);
});

async function show(
  { chain, contracts }: Session,
  functionName: "ancestors" | "descendants",
  title: string,
  id: bigint,
): Promise<void> {
  const [ids, complete] = await chain.client.readContract({ ...contracts.provenance, functionName, args: [id, LIMIT] });
  if (ids.length === 0) return console.log(`${title}: nothing.`);
  const rows = await Promise.all(
    ids.map(async (other) => {
      const { holder } = await chain.client.readContract({
        ...contracts.assets,
        functionName: "assetOf",
        args: [other],
      });
      return [hexId(other), nameOf(chain.accounts, holder)];
    }),
  );
  console.log(`${title}${complete ? "" : `, the nearest ${LIMIT}`}:\n${table(["asset", "holder"], rows)}`);
}

/** Release by release, as the register confirms them. */
async function sourceRows({ chain, contracts }: Session, id: bigint): Promise<string[][]> {
  const logs = await inPieces(chain, (fromBlock, toBlock) =>
    chain.client.getContractEvents({
      ...contracts.assets,
      eventName: "ReleasePublished",
      args: { id },
      fromBlock,
      toBlock,
      strict: true,
    }),
  );
  const rows = await Promise.all(
    logs.map(async ({ args: { number, release } }) => {
      const args = [id, number, release] as const;
      const [parents, releases] = await chain.client.readContract({
        ...contracts.provenance,
        functionName: "sourcesOf",
        args,
      });
      return parents.map((parent, i) => [
        String(number),
        hexId(parent.id),
        String(releases[i]),
        `${parent.shareBps / 100} %`,
      ]);
    }),
  );
  return rows.flat();
}
