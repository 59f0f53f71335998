import { licenceRegistryAbi } from "@cadastre/abi";
import { isAddressEqual, numberToHex, type PublicClient } from "viem";
import { callsIn } from "./calls.ts";
import { faultOfRelease, STATUS_NAMES, STATUSES, stepsOf } from "./course.ts";
import type { Report } from "./report.ts";
import { checkStored, decide, rulingsOf } from "./rulings.ts";
import { checkMadeBy } from "./signer.ts";
import { deliveryHash, releaseHash, type Story, same } from "./story.ts";

/** The key that was handed over. */
export async function checkDelivery(report: Report, story: Story, client: PublicClient | undefined): Promise<void> {
  const { custodian } = story.agreement.offer;
  for (const { transaction, args } of story.about("KeyDelivered")) {
    await report.check(
      { en: "delivery: it was the custodian of the agreement", zh: "交付：交付者正是协议所列保管方" },
      () => isAddressEqual(args.custodian, custodian) || args.custodian,
    );
    const to = story.record.subject.contracts.licences;
    await checkMadeBy(report, custodian, { transaction, to }, client, {
      ...{ en: "the delivery of the key", zh: "密钥的交付" },
    });
    await report.check(
      {
        en: "delivery: the wrapped key in the log is the one that the custodian's call gave",
        zh: "交付：日志中的封装密钥就是保管方调用所给的密钥",
      },
      () => {
        const single = callsIn(transaction.raw, licenceRegistryAbi, ["deliver"]).map(
          ({ args: [, id, delivery] }) => [id, delivery] as const,
        );
        const many = callsIn(transaction.raw, licenceRegistryAbi, ["deliverMany"]).flatMap(
          ({ args: [, ids, deliveries] }) => ids.map((id, i) => [id, deliveries[i]] as const),
        );
        const given = [...single, ...many].filter(([id]) => id === story.licence);
        return given.length === 0 ? null : given.some(([, delivery]) => same(delivery, args.delivery));
      },
    );
  }
}

/** Every proof, decided again by this program. */
export async function checkDisputes(report: Report, story: Story): Promise<void> {
  for (const ruling of rulingsOf(story)) {
    const { fault, shown, args } = ruling;
    const own = args.id === story.licence;
    const whose = own
      ? { en: "dispute", zh: "争议" }
      : { en: `dispute of licence ${args.id.slice(0, 10)}…`, zh: `许可 ${args.id.slice(0, 10)}… 的争议` };
    if (fault === "missing") continue;
    if (shown === undefined) {
      await report.check(
        { en: `${whose.en}: its proof stands in the transaction`, zh: `${whose.zh}：交易载有其证明` },
        () => null,
      );
      continue;
    }
    await report.check(
      {
        en: `${whose.en}: it is about the release that was registered and the key that was delivered`,
        zh: `${whose.zh}：针对已登记的版本与已交付的密钥`,
      },
      () => {
        const { release } = story.lineage()[0]!.published.args;
        if (releaseHash(shown.release) !== releaseHash(release)) return { en: "not the release", zh: "版本不符" };
        if (!own) return true;
        const [delivered] = story.about("KeyDelivered");
        if (delivered !== undefined && same(delivered.args.delivery, shown.delivery)) return true;
        return { en: "not the delivery", zh: "交付不符" };
      },
    );
    if (shown.stored !== undefined) {
      await report.check(
        {
          en: `${whose.en}: block ${shown.stored.index} lies under the release's root`,
          zh: `${whose.zh}：第 ${shown.stored.index} 块在该版本的根值之下`,
        },
        () => checkStored(shown.release, shown.stored!) !== undefined,
      );
    }
    const because =
      fault === "key"
        ? { en: "the delivered key is not the key of the release", zh: "交付的密钥不是该版本的密钥" }
        : { en: "the block is not what its publisher committed to", zh: "该数据块与发布者的承诺不符" };
    await report.check(
      {
        en: `${whose.en}: computed again from the proof, ${because.en}`,
        zh: `${whose.zh}：依证明重新计算，${because.zh}`,
      },
      () => {
        const found = decide(story, shown).fault;
        return found === fault || { en: `fault: ${found ?? "none"}`, zh: `过错：${found ?? "无"}` };
      },
    );
  }
  for (const { args, transaction } of story.events("disputes", "DemandAnswered")) {
    if (args.id !== story.licence) continue;
    await report.check(
      {
        en: `answer: block ${args.answer.index} lies under the release's root, and was the one demanded`,
        zh: `出示：第 ${args.answer.index} 块在该版本的根值之下，正是被索取的数据块`,
      },
      () => {
        checkStored(story.lineage()[0]!.published.args.release, args.answer);
        const demanded = story
          .events("disputes", "DemandMade")
          .filter((event) => event.args.id === story.licence && event.transaction.block <= transaction.block)
          .at(-1);
        return demanded?.args.index === args.answer.index;
      },
    );
  }
  await checkFaultSince(report, story);
}

async function checkFaultSince(report: Report, story: Story): Promise<void> {
  const rule = faultOfRelease(story);
  if (rule === undefined) return;
  await report.check(
    { en: "the fault of the release is on record from then on", zh: "该版本的过错自此记录在案" },
    () => rule.args.since === (rule.block.number << 48n) + rule.block.timestamp,
  );
}

/** What the chain says of the licence now. */
export async function checkNow(report: Report, story: Story, client: PublicClient | undefined): Promise<void> {
  const { offer } = story.agreement;
  const last = stepsOf(story).at(-1)!;
  await report.check(
    {
      en: `the register has the licence as this folder has it: ${STATUS_NAMES[last.kind.to].en}`,
      zh: `登记簿上该许可的状态与此文件夹相同：${STATUS_NAMES[last.kind.to].zh}`,
    },
    async () => {
      if (client === undefined) return undefined;
      const there = await client.readContract({
        ...{ address: story.record.subject.contracts.licences, abi: licenceRegistryAbi },
        ...{ functionName: "licenceOf", args: [offer.asset, story.licence] },
      });
      const [delivered] = story.about("KeyDelivered");
      const owed = numberToHex((offer.bond << 160n) | BigInt(offer.custodian), { size: 32 });
      const none = numberToHex(0, { size: 32 });
      const custody =
        delivered === undefined
          ? story.about("AccessGranted").length > 0
            ? none
            : owed
          : deliveryHash(delivered.args.delivery);
      const status = STATUSES[there.status] ?? "none";
      if (status !== last.kind.to) return STATUS_NAMES[status];
      const open = last.kind.to === "paid" || last.kind.to === "delivered" || last.kind.to === "demanded";
      return (
        (there.custody === custody && there.amount === (open ? offer.price : 0n)) || {
          en: "not the delivery or amount",
          zh: "交付或金额不符",
        }
      );
    },
  );
}
