import { type Manifest, openSample, proveBlock, type Sealed, toHex } from "@cadastre/sealed";
import { keccak256, toBytes } from "viem";
import { reach } from "../support/clock.ts";
import { csvBytes, readDataset } from "../support/datasets.ts";
import { type Release, releaseOf } from "../support/sealing.ts";
import { money } from "../support/table.ts";
import type { Journey, Step } from "./journey.ts";
import { NOTICE } from "./model.ts";
import { CLIMATE } from "./participants.ts";
import { publish, register, sealCsv, sensorsSource } from "./registration.ts";
import { approveMoney } from "./trading.ts";

const DEPOSIT = 5;
const DEPOSIT_UNITS = 5_000_000n;
const WINDOW = { duration: 60, blocks: 2 };
const NO_WINDOW = { duration: 0, blocks: 0 };
const BLOCK = 0;

const hash = (text: string) => keccak256(toBytes(text));

export const notice: Step = {
  title: "Public notice: an objection with proof is upheld, another lapses",
  async run(journey) {
    const { notice, assets } = journey.contracts;
    const setTerms = (what: string, window: typeof WINDOW) =>
      journey.actAsSteward(what, {
        ...notice,
        functionName: "setTerms",
        args: [CLIMATE, { notice: window, decision: window, deposit: DEPOSIT }],
      });
    await setTerms("gives the domain Climate and environment a public notice", WINDOW);
    const original = sealCsv(readDataset("sensors"), sensorsSource());
    await publishOriginal(journey, original);
    const copy = sealCsv(readDataset("sensors"), { ...sensorsSource(), publisher: "analyst" }, [BLOCK]);
    await registerUnderNotice(journey, "copied sensors", copy);
    const own = sealCsv(
      { header: "year,note", rows: ["2025,own work"] },
      { ...sensorsSource(), title: "Notes of a year", publisher: "analyst" },
    );
    await registerUnderNotice(journey, "notes", own);
    await setTerms("ends it for later registrations", NO_WINDOW);

    await journey.refused("analyst", "tries to move a fraction", "Assets_UnderNotice", {
      ...assets,
      functionName: "safeTransferFrom",
      args: [journey.address("analyst"), journey.address("carol"), journey.asset("notes").id, 1n, "0x"],
    });
    await upheld(journey, original, copy);
    await lapsed(journey);
    journey.showGas();
  },
};

/** The factory's own data, sealed and published once more, so that the journey knows its key. */
async function publishOriginal(journey: Journey, sealed: Sealed): Promise<void> {
  const what = "publishes its sensor readings again, sealed under a new key";
  await publish(journey, "factory", what, "sensors", releaseOf(sealed));
}

async function registerUnderNotice(journey: Journey, label: string, sealed: Sealed): Promise<void> {
  const release = releaseOf(sealed);
  await register(journey, { label, holder: "analyst", royaltyBps: 0, release, parents: [], evidence: "0x" });
}

async function upheld(journey: Journey, original: Sealed, copy: Sealed): Promise<void> {
  const { notice, assets } = journey.contracts;
  const { id, releases } = journey.asset("copied sensors");
  await object(journey, "factory", "copied sensors", "that is our data");
  const sample = copy.manifest.samples![0]!;
  const opened = openingOf(1, releases[0]!, copy, sample.blind);
  const earlier = journey.asset("sensors");
  const own = ownSample(original);
  const openedEarlier = openingOf(earlier.releases.length, earlier.releases.at(-1)!, original, own.blind);
  await journey.act("factory", "shows the same plaintext block under both roots", {
    ...notice,
    functionName: "showDuplicate",
    args: [id, 1, opened, earlier.id, openedEarlier, sample.plaintext],
  });
  await journey.act("climate", "upholds the objection, with a reason", {
    ...notice,
    functionName: "decide",
    args: [id, 1, true, hash("the block is the same")],
  });
  const { status } = await journey.chain.client.readContract({ ...assets, functionName: "assetOf", args: [id] });
  journey.check("status of the copy: struck off", 3n, BigInt(status));
  await takeDeposit(journey, "factory");
}

async function lapsed(journey: Journey): Promise<void> {
  const { notice, assets } = journey.contracts;
  const { id } = journey.asset("notes");
  await object(journey, "alice", "notes", "I do not like it");
  const { decideBy } = await journey.chain.client.readContract({
    ...notice,
    functionName: "objectionOf",
    args: [id, 1],
  });
  const { end } = await journey.chain.client.readContract({ ...notice, functionName: "proceedingOf", args: [id] });
  await reach(journey.chain, decideBy);
  await reach(journey.chain, end);
  await journey.act("carol", "ends the objection: the registrar has not decided in time", {
    ...notice,
    functionName: "lapse",
    args: [id, 1],
  });
  await takeDeposit(journey, "alice");
  await journey.act("carol", "closes the notice", { ...notice, functionName: "close", args: [id] });
  await journey.act("analyst", "gives a fraction to carol", {
    ...assets,
    functionName: "safeTransferFrom",
    args: [journey.address("analyst"), journey.address("carol"), id, 1n, "0x"],
  });
  journey.model.move("notes", "analyst", "carol", 1n);
}

async function object(journey: Journey, who: "factory" | "alice", label: string, statement: string): Promise<void> {
  const { notice } = journey.contracts;
  await approveMoney(journey, who, DEPOSIT_UNITS, notice.address);
  await journey.act(who, `objects to ${label}: "${statement}"; deposit ${money(DEPOSIT_UNITS)}`, {
    ...notice,
    functionName: "object",
    args: [journey.asset(label).id, hash(statement)],
  });
  journey.model.pay(who, NOTICE, DEPOSIT_UNITS);
}

async function takeDeposit(journey: Journey, who: "factory" | "alice"): Promise<void> {
  const account = journey.address(who);
  await journey.act(who, "takes its deposit back", {
    ...journey.contracts.notice,
    functionName: "withdraw",
    args: [account, journey.currency.address, account],
  });
  journey.model.pay(NOTICE, who, DEPOSIT_UNITS);
}

/** Who knows the key can open any block; the plaintext is that of the file. */
function ownSample(sealed: Sealed): NonNullable<Manifest["samples"]>[number] {
  return openSample({ key: sealed.key, index: BLOCK, plaintext: csvBytes(readDataset("sensors")).subarray(0, 4_096) });
}

function openingOf(number: number, release: Release, sealed: Sealed, blind: `0x${string}`) {
  const { block, path } = proveBlock({ manifest: sealed.manifest, stored: sealed.stored, index: BLOCK });
  return {
    ...{ number, release, index: BigInt(BLOCK), blind },
    ...{ ciphertext: toHex(block.subarray(32)), path: path.map(toHex) },
  };
}
