import { planTypedData } from "@cadastre/abi";
import { encryptionPublicKey, toHex } from "@cadastre/sealed";
import { type ContractFunctionArgs, parseEventLogs } from "viem";
import { walletOf } from "../support/chain.ts";
import { advanceClock, blockTime, reach } from "../support/clock.ts";
import type { Contracts } from "../support/contracts.ts";
import { type Csv, readDataset } from "../support/datasets.ts";
import { money } from "../support/table.ts";
import type { Journey, Step } from "./journey.ts";
import {
  checkBytes,
  type Deal,
  dealAbout,
  deliver,
  offerOf,
  putUpBond,
  secretOf,
  settle,
  statusOf,
} from "./licensing.ts";
import { LICENCES, SUBSCRIPTIONS } from "./model.ts";
import { publish, register, sealRelease, sensorsSource } from "./registration.ts";
import { claim } from "./revenue.ts";
import { approveMoney } from "./trading.ts";

const ENTRY = 10_000_000n;
const REST = 90_000_007n;
const TERM = 240;
const RELEASES = 3;
const PAUSE = 20;
const BPS = 10_000n;

type Subscription = ContractFunctionArgs<Contracts["subscriptions"]["abi"], "nonpayable", "subscribe">[0];

export const subscription: Step = {
  title: "A subscription over three releases, one of them late: what is earned by the second, and what goes back",
  async run(journey) {
    const { chain } = journey;
    await register(journey, {
      ...{ label: "readings", holder: "factory", royaltyBps: 0, parents: [], evidence: "0x" },
      release: sealRelease(part(1), sensorsSource()),
    });
    await putUpBond(journey, "factory", "readings");
    const agreed = await subscribe(journey);
    await receive(journey, await dueOf(journey, agreed), 1);
    const started = await blockTime(chain);
    await advanceClock(chain, PAUSE);

    await publishPart(journey, 2);
    await receive(journey, await open(journey, "factory", agreed, 2), 2);
    await advanceClock(chain, PAUSE);

    await publishPart(journey, 3);
    const missed = await open(journey, "analyst", agreed, 3);
    const deadline = await deadlineOf(journey, missed);
    await reach(chain, deadline);
    await advanceClock(chain, PAUSE);
    await journey.act("carol", "ends what missed its deadline: from there on nothing is earned", {
      ...journey.contracts.licences,
      functionName: "refund",
      args: [missed.agreement],
    });
    journey.check("licence to the third release, at first", "refunded", await statusOf(journey, missed));
    await receive(journey, await open(journey, "factory", agreed, 3), 3);
    const resumed = await blockTime(chain);

    const until = BigInt(started + TERM);
    await reach(chain, until);
    const earnedSeconds = (deadline & 0xffff_ffff_ffffn) - BigInt(started) + (until - BigInt(resumed));
    await close(journey, agreed, earnedSeconds);
    await claim(journey, "readings", "factory");
    journey.showGas();
    await journey.showBalances("readings", ["factory", "analyst"]);
  },
};

/** The readings in as many parts as there are releases. */
function part(number: number): Csv {
  const { header, rows } = readDataset("sensors");
  const size = Math.ceil(rows.length / RELEASES);
  return { header, rows: rows.slice((number - 1) * size, number * size) };
}

/** The factory signs a plan, off chain; the analyst pays for all of it. */
async function subscribe(journey: Journey): Promise<Subscription> {
  const { chain, contracts } = journey;
  const entry = await offerOf(journey, "readings", { custodian: "factory", release: 1, price: ENTRY });
  const point = toHex(encryptionPublicKey(secretOf(journey, "analyst")));
  const key = { keyX: BigInt(point.slice(0, 66)), keyY: BigInt(`0x${point.slice(66)}`) };
  const plan = { entry, rest: REST, term: TERM };
  const agreed: Subscription = { plan, licensee: journey.address("analyst"), ...key, nonce: 0n };
  const operator = journey.address("factory");
  const signature = await (await walletOf(chain, operator)).signTypedData({
    account: operator,
    ...planTypedData,
    domain: { ...planTypedData.domain, chainId: chain.id, verifyingContract: contracts.subscriptions.address },
    message: plan,
  });
  await approveMoney(journey, "analyst", ENTRY + REST, contracts.subscriptions.address);
  await journey.act(
    "analyst",
    `subscribes to readings: ${money(ENTRY)} for the first key, ${money(REST)} over the term`,
    {
      ...contracts.subscriptions,
      functionName: "subscribe",
      args: [agreed, signature],
    },
  );
  journey.model.pay("analyst", LICENCES, ENTRY);
  journey.model.pay("analyst", SUBSCRIPTIONS, REST);
  return agreed;
}

async function publishPart(journey: Journey, number: number): Promise<void> {
  const release = sealRelease(part(number), sensorsSource());
  await publish(journey, "factory", `publishes release ${number} of readings`, "readings", release);
}

/** Makes the key of a release due: from here its time runs. */
async function open(
  journey: Journey,
  who: "factory" | "analyst",
  agreed: Subscription,
  release: number,
): Promise<Deal> {
  await journey.act(who, `makes the key of release ${release} due`, {
    ...journey.contracts.subscriptions,
    functionName: "open",
    args: [agreed, release],
  });
  return dueOf(journey, agreed);
}

/** The licence that was opened last. */
async function dueOf(journey: Journey, agreed: Subscription): Promise<Deal> {
  const agreement = await journey.chain.client.readContract({
    ...journey.contracts.subscriptions,
    functionName: "currentAgreement",
    args: [agreed],
  });
  return dealAbout(journey, "analyst", "readings", agreement);
}

async function receive(journey: Journey, deal: Deal, number: number): Promise<void> {
  const delivery = await deliver(journey, deal);
  checkBytes(journey, deal, delivery, part(number));
  await settle(journey, "analyst", deal);
}

async function deadlineOf(journey: Journey, { id, agreement }: Deal): Promise<bigint> {
  const { end } = await journey.chain.client.readContract({
    ...journey.contracts.licences,
    functionName: "licenceOf",
    args: [agreement.offer.asset, id],
  });
  return end;
}

/** Anybody ends it once its term is over: what was earned goes to the fractions, the rest to the subscriber. */
async function close(journey: Journey, agreed: Subscription, earnedSeconds: bigint): Promise<void> {
  const { subscriptions, licences } = journey.contracts;
  const receipt = await journey.act("carol", "closes the subscription, after its term", {
    ...subscriptions,
    functionName: "close",
    args: [agreed],
  });
  const [event] = parseEventLogs({ abi: subscriptions.abi, eventName: "SubscriptionEarned", logs: receipt.logs });
  journey.check("seconds of the term that were earned", earnedSeconds, BigInt(event?.args.accrued ?? 0));
  const earned = (REST * earnedSeconds) / BigInt(TERM);
  const [feeBps] = await journey.chain.client.readContract({ ...licences, functionName: "feeOf" });
  const fee = (earned * BigInt(feeBps)) / BPS;
  journey.model.distribute("readings", SUBSCRIPTIONS, earned - fee);
  journey.model.pay(SUBSCRIPTIONS, "analyst", REST - earned);
  journey.fees.subscriptions += fee;
  journey.note(
    `Of ${money(REST)} for ${TERM} seconds, ${money(earned)} are earned in ${earnedSeconds}; ${money(REST - earned)} go back.`,
  );
}
