import { recordTree, toHex } from "@cadastre/sealed";
import { sha256 } from "viem";
import { z } from "zod/v4";
import { send } from "../scripts/support/chain.ts";
import { readRecords } from "../scripts/support/records.ts";
import { accountNamed, action, text } from "./session.ts";

export default action(
  z.object({ file: text, as: text, stream: text }),
  async ({ file, as, stream: name }, { chain, contracts }) => {
    const { provenance } = contracts;
    const owner = accountNamed(chain, as);
    const { bytes, records } = readRecords(file);
    const tree = recordTree(records);
    const stream = await chain.client.readContract({ ...provenance, functionName: "streamIdOf", args: [owner, name] });
    const head = await chain.client.readContract({ ...provenance, functionName: "headOf", args: [stream] });
    if (BigInt(head) === 0n) await send(chain, owner, { ...provenance, functionName: "openStream", args: [name] });
    const batch = { root: toHex(tree.root), count: BigInt(tree.size), uri: `urn:sha256:${sha256(bytes).slice(2)}` };
    const { gasUsed } = await send(chain, owner, { ...provenance, functionName: "append", args: [name, batch] });
    console.log(`Anchored ${tree.size} records (${gasUsed} gas).`);
    console.log(`root ${batch.root}`);
  },
);
