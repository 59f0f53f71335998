import { proveBlock, recordTree, type Sealed, SealedError, STORED_BLOCK_BYTES, toHex } from "@cadastre/sealed";
import { readDataset } from "../support/datasets.ts";
import { signOffer, storedBlock } from "../support/licences.ts";
import { releaseOf } from "../support/sealing.ts";
import { money } from "../support/table.ts";
import type { Step } from "./journey.ts";
import {
  BOND,
  buy,
  caseOf,
  dealOf,
  deliver,
  offerOf,
  openData,
  proofOf,
  putUpBond,
  refund,
  statusOf,
} from "./licensing.ts";
import { LICENCES } from "./model.ts";
import { register, sealCsv, sensorsSource } from "./registration.ts";

const PRICE = 30_000_000n;
const BAD = 1;

export const wrongContent: Step = {
  title: "Other content than was registered: one block proves it, and everybody whose window is open is paid back",
  async run(journey) {
    const sealed = falsified(sealCsv(readDataset("employment"), { ...sensorsSource(), title: "Promised figures" }));
    const release = releaseOf(sealed);
    await register(journey, {
      ...{ label: "promised", holder: "analyst", royaltyBps: 0, release, parents: [], evidence: "0x" },
    });
    await putUpBond(journey, "analyst", "promised", 2n * BOND);
    const offer = await offerOf(journey, "promised", { custodian: "analyst", release: 1, price: PRICE });
    const deal = await buy(journey, "alice", "promised", offer);
    const other = await buy(journey, "bob", "promised", offer);
    const delivery = await deliver(journey, deal);
    await deliver(journey, other);
    let found = "what was registered";
    try {
      openData(journey, deal, delivery);
    } catch (error) {
      if (!(error instanceof SealedError)) throw error;
      found = error.code;
      journey.note(`alice opens the data: ${error.message}.`);
    }
    journey.check("what alice finds in the data", "commitment_mismatch", found);
    const block = proveBlock({ manifest: sealed.manifest, stored: sealed.stored, index: BAD });
    await journey.act("alice", `shows block ${BAD}: decrypted on chain, it is not what its commitment says`, {
      ...journey.contracts.disputes,
      functionName: "disputeContent",
      args: [caseOf(deal, delivery), proofOf(journey, deal, delivery), storedBlock(block)],
    });
    journey.model.pay(LICENCES, "alice", PRICE);
    await refund(journey, other.licensee, other);
    for (const { licensee, ...rest } of [deal, other]) {
      journey.check(`licence of ${licensee}`, "refunded", await statusOf(journey, { licensee, ...rest }));
    }
    const late = await dealOf(journey, "carol", "promised", offer);
    await journey.refused("carol", "tries to license the release", "Licences_ReleaseFaulty", {
      ...journey.contracts.licences,
      functionName: "buy",
      args: [late.agreement, await signOffer(journey.chain, journey.contracts, offer)],
    });
    journey.note(`alice and bob have ${money(PRICE)} back each; the release is not sold any more.`);
    journey.showGas();
  },
};

/** One byte of a block is another than its commitment says; the root is over the block as it is. */
function falsified(sealed: Sealed): Sealed {
  const stored = Uint8Array.from(sealed.stored);
  const at = (BAD + 1) * STORED_BLOCK_BYTES - 1;
  stored[at] = stored[at]! ^ 1;
  const leaves = Array.from({ length: Math.ceil(stored.length / STORED_BLOCK_BYTES) }, (_, i) =>
    stored.subarray(i * STORED_BLOCK_BYTES, (i + 1) * STORED_BLOCK_BYTES),
  );
  const { root } = recordTree(leaves);
  const { key } = sealed;
  const manifest = { ...sealed.manifest, root: toHex(root) };
  return Object.defineProperty({ ...sealed, stored, root, manifest }, "key", {
    value: key,
    enumerable: false,
  }) as Sealed;
}
