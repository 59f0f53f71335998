import { stepsOf } from "./course.ts";
import { json } from "./model.ts";
import { rulingsOf } from "./rulings.ts";
import { deliveryHash, idText, type Moment, releaseHash, Story } from "./story.ts";

/** What the folder says, by file. All of it follows from the transactions and blocks, so whoever checks it can write it anew. */
export async function filesOf(story: Story): Promise<Map<string, string>> {
  const { subject, transactions, blocks } = story.record;
  const files: readonly (readonly [string, unknown])[] = [
    ["agreement.json", { ...subject, agreement: story.agreement, ...subscriptionOf(story) }],
    ["signatures.json", await signaturesOf(story)],
    ["delivery.json", deliveryOf(story)],
    ["proofs.json", proofsOf(story)],
    ["lineage.json", lineageOf(story)],
    ["outcome.json", outcomeOf(story)],
    [
      "events.json",
      story.all().map(({ contract, name, args, ...moment }) => ({ ...at(moment), contract, name, args })),
    ],
    ["transactions.json", transactions],
    ["blocks.json", blocks],
  ];
  return new Map(files.map(([name, value]) => [name, json(value)]));
}

function at({ transaction, block }: Moment) {
  return { transaction: transaction.hash, block: block.number, time: dateOf(block.timestamp) };
}

export function dateOf(seconds: bigint | number): string {
  const date = new Date(Number(seconds) * 1_000);
  return Number.isNaN(date.getTime()) ? `${seconds} s` : date.toISOString().replace(".000Z", "Z");
}

function subscriptionOf(story: Story) {
  const subscribed = story.subscription;
  if (subscribed === undefined) return {};
  const { id, subscription } = subscribed.args;
  return { subscription: { id, ...subscription, attempt: story.attempt } };
}

async function signaturesOf(story: Story) {
  const { word, consent, agreement } = story;
  return {
    operator: {
      account: agreement.offer.operator,
      ...(word === undefined
        ? { kind: "hidden" }
        : {
            ...{ kind: word.kind, hash: word.hash },
            ...(word.signature === undefined ? {} : { signature: word.signature }),
            ...at(word),
          }),
    },
    licensee: {
      account: agreement.licensee,
      kind: "transaction",
      signer: await Story.sender(consent.transaction),
      raw: consent.transaction.raw,
      ...at(consent),
    },
  };
}

function deliveryOf(story: Story) {
  const [delivered] = story.about("KeyDelivered");
  const [granted] = story.about("AccessGranted");
  if (delivered === undefined) {
    return granted === undefined
      ? { kind: "none" }
      : { kind: "access", custodian: granted.args.custodian, ...at(granted) };
  }
  const { custodian, delivery } = delivered.args;
  return { kind: "key", custodian, ...delivery, hash: deliveryHash(delivery), ...at(delivered) };
}

function proofsOf(story: Story) {
  const rulings = rulingsOf(story).map(({ fault, shown, args, ...moment }) => ({
    ...{ kind: fault, licence: args.id, penalty: args.penalty, ...at(moment) },
    ...(shown === undefined ? {} : { proof: shown.proof, ...(shown.stored && { block: shown.stored }) }),
  }));
  const own = <T extends { args: { id: string } }>(events: readonly T[]) =>
    events.filter(({ args }) => args.id === story.licence);
  return {
    rulings,
    demands: own(story.events("disputes", "DemandMade")).map((event) => ({ index: event.args.index, ...at(event) })),
    answers: own(story.events("disputes", "DemandAnswered")).map((event) => ({ ...event.args.answer, ...at(event) })),
  };
}

function lineageOf(story: Story) {
  return story.lineage().map(({ asset, number, registered, published }) => {
    const { holder, operator, termsHash, currency, parents } = registered.args;
    return {
      ...{ asset: idText(asset), holder, operator, termsHash, currency, registered: at(registered) },
      ...{ release: number, releaseHash: releaseHash(published.args.release), ...published.args.release },
      published: at(published),
      parents: parents.map(({ id, shareBps }, i) => ({
        ...{ asset: idText(id), release: published.args.release.parentReleases[i], shareBps },
      })),
    };
  });
}

function outcomeOf(story: Story) {
  return stepsOf(story).map(({ kind, ...moment }) => ({ status: kind.to, event: kind.event, ...at(moment) }));
}
