import { recordTree, toHex } from "@cadastre/sealed";
import { z } from "zod/v4";
import { inPieces } from "../scripts/support/access.ts";
import { Problem } from "../scripts/support/problem.ts";
import { readRecords } from "../scripts/support/records.ts";
import { accountNamed, action, type Session, text, whole } from "./session.ts";

const schema = z.object({ file: text, line: whole, text: text.optional(), owner: text, stream: text });

export default action(schema, async ({ file, line, text: given, owner, stream: name }, session) => {
  const { chain, contracts } = session;
  const { records } = readRecords(file);
  const record = records[line - 1];
  if (record === undefined) throw new Problem(`${file} has ${records.length} records; line ${line} is none of them.`);
  const tree = recordTree(records);
  const account = accountNamed(chain, owner);
  const stream = await chain.client.readContract({
    ...contracts.provenance,
    functionName: "streamIdOf",
    args: [account, name],
  });
  const { before, batches } = await batchesFrom(session, stream, toHex(tree.root));
  const data = given === undefined ? record : new TextEncoder().encode(given);
  const proof = { data: toHex(data), index: BigInt(line - 1), path: tree.path(line - 1).map(toHex) };
  const args = [stream, before, batches, proof] as const;
  const verified = await chain.client.readContract({ ...contracts.provenance, functionName: "verifyInStream", args });
  if (!verified)
    throw new Problem(
      `Not verified: record ${line} of the anchored batch is another than "${new TextDecoder().decode(data)}".`,
    );
  console.log(
    `Verified on chain: "${new TextDecoder().decode(data)}" is record ${line} of ${records.length}, anchored by ${owner}.`,
  );
});

/** The batch with this root and all later ones, with the head before it. */
async function batchesFrom({ chain, contracts }: Session, stream: `0x${string}`, root: `0x${string}`) {
  const { provenance } = contracts;
  const logs = await inPieces(chain, (fromBlock, toBlock) =>
    chain.client.getContractEvents({
      ...provenance,
      eventName: "BatchAppended",
      args: { stream },
      fromBlock,
      toBlock,
      strict: true,
    }),
  );
  const at = logs.findIndex(({ args }) => args.root === root);
  if (at < 0) throw new Problem("No batch of exactly these records was appended to this stream.");
  const before =
    logs[at - 1]?.args.head ??
    (await chain.client.readContract({ ...provenance, functionName: "genesisOf", args: [stream] }));
  return { before, batches: logs.slice(at).map(({ args: { root, count, uri } }) => ({ root, count, uri })) };
}
