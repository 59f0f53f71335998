import { dataAssetAbi, licenceRegistryAbi, subscriptionsAbi } from "@cadastre/abi";
import { type Abi, type Hex, numberToHex, type PublicClient, toEventSelector } from "viem";
import { Problem } from "../support/problem.ts";
import { ChainReader, type Place } from "./chainReader.ts";
import { type Block, type Record, type Subject, type Transaction, VERSION } from "./model.ts";
import { idText, Story } from "./story.ts";

/** A chain and the contracts on it that a licence belongs to. */
export interface Source {
  readonly client: PublicClient;
  readonly chainId: number;
  readonly contracts: Subject["contracts"];
  /** To be shown to whoever makes the folder. */
  readonly endpoint?: string | undefined;
}

/** Reads every transaction that says something of a licence, of what was licensed, and of where that came from. */
export async function collect({ client, chainId, contracts }: Source, licence: Hex): Promise<Record> {
  const reader = new ChainReader(client);
  const subject: Subject = { version: VERSION, chainId: BigInt(chainId), contracts, licence };
  const transactions = new Map<Hex, Transaction>();
  const blocks = new Map<bigint, Block>();
  const latest = await client.getBlockNumber({ cacheTime: 0 });

  const take = async (...places: readonly Place[]) => {
    for (const [hash, number] of await reader.transactionsAt(places, latest)) {
      transactions.set(hash, await reader.transaction(hash, number));
      blocks.set(number, await reader.block(number));
    }
    return new Story(recordOf());
  };
  const recordOf = (): Record => ({
    subject,
    transactions: [...transactions.values()].sort((a, b) => Number(a.block - b.block) || a.index - b.index),
    blocks: [...blocks.values()].sort((a, b) => Number(a.number - b.number)),
  });
  const at = (
    contract: "assets" | "licences" | "subscriptions",
    event: string,
    ...topics: readonly (Hex | null)[]
  ) => ({
    address: contracts[contract],
    topics: [topicOf(event), ...topics],
  });

  const found = await take(
    { address: contracts.licences, topics: [null, licence] },
    { address: contracts.disputes, topics: [null, licence] },
    at("licences", "LicenceRenewed", null, licence),
  );
  if (!found.events("licences", "LicenceBought").some(({ args }) => args.id === licence)) {
    throw new Problem(`The register of licences at ${contracts.licences} has no licence ${licence}.`);
  }
  const { asset, release } = found.agreement.offer;
  await take(
    at("licences", "OfferPosted", found.offerHash),
    at("licences", "ReleaseFaulted", idText(asset), idText(BigInt(release))),
    at("assets", "OperatorReplaced", idText(asset)),
    at("assets", "HandedOver", idText(asset)),
  );
  const opened = found.events("subscriptions", "ReleaseOpened").find(({ args }) => args.licence === licence);
  if (opened !== undefined) {
    const { id } = opened.args;
    const subscribed = await take(
      at("subscriptions", "Subscribed", id),
      at("subscriptions", "ReleaseOpened", id, null, numberToHex(release, { size: 32 })),
    );
    await take(at("subscriptions", "PlanPosted", subscribed.planHash()));
  }
  if (found.about("LicenceSettled").length > 0) await take(at("licences", "LicenceFeeChanged"));
  await takeLineage(take, at, asset, release);
  return recordOf();
}

/** Registration and release of an asset, and of all that it descends from. */
async function takeLineage(
  take: (...places: readonly Place[]) => Promise<Story>,
  at: (contract: "assets", event: string, ...topics: readonly Hex[]) => Place,
  asset: bigint,
  number: number,
  seen = new Set<string>(),
): Promise<void> {
  const name = `${asset}/${number}`;
  if (seen.has(name)) return;
  seen.add(name);
  const story = await take(
    at("assets", "AssetRegistered", idText(asset)),
    at("assets", "ReleasePublished", idText(asset), idText(BigInt(number))),
  );
  const registered = story.events("assets", "AssetRegistered").find(({ args }) => args.id === asset);
  const published = story
    .events("assets", "ReleasePublished")
    .find(({ args }) => args.id === asset && args.number === number);
  if (registered === undefined || published === undefined) {
    throw new Problem(`The register has no release ${number} of the asset ${idText(asset)}.`);
  }
  for (const [i, parent] of registered.args.parents.entries()) {
    const from = published.args.release.parentReleases[i];
    if (from !== undefined) await takeLineage(take, at, parent.id, from, seen);
  }
}

const EVENTS = [...licenceRegistryAbi, ...dataAssetAbi, ...subscriptionsAbi] as Abi;

function topicOf(name: string): Hex {
  const event = EVENTS.find((item) => item.type === "event" && item.name === name);
  if (event?.type !== "event") throw new Error(`no event ${name}`);
  return toEventSelector(event);
}
