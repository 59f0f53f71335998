import { z } from "zod/v4";
import { dateTimeOf } from "../scripts/documents/dates.ts";
import { inPieces } from "../scripts/support/access.ts";
import { nameOf } from "../scripts/support/accounts.ts";
import { blockTime } from "../scripts/support/clock.ts";
import { grouped, table } from "../scripts/support/table.ts";
import { action, assetId, currencyAt, hexId, readAsset, type Session } from "./session.ts";

/** As `contracts/types/AssetWord.sol` numbers them. */
const STATUS = ["none", "registered", "retired", "struck off"];

export default action(z.object({ asset: assetId }), async ({ asset: id }, session) => {
  const { chain, contracts } = session;
  const { assets } = contracts;
  const asset = await readAsset(session, id);
  const currency = await currencyAt(session, asset.currency);
  const due = await chain.client.readContract({ ...assets, functionName: "due", args: [id] });
  const suspendedUntil = await chain.client.readContract({ ...assets, functionName: "suspendedUntil", args: [id] });
  const who = (address: `0x${string}`) => nameOf(chain.accounts, address);
  const facts: [string, string][] = [
    ["asset", hexId(id)],
    ["status", STATUS[asset.status] ?? String(asset.status)],
    ...(suspendedUntil <= (await blockTime(chain))
      ? []
      : [["suspended until", dateTimeOf(suspendedUntil)] as [string, string]]),
    ["holder", who(asset.holder)],
    ["operator", who(asset.operator)],
    ["fractions", grouped(asset.fractions)],
    ["royalty", `${asset.royaltyBps / 100} %`],
    ["policy", asset.policy === 0n ? "both parties active" : `number ${asset.policy}, version ${asset.policyVersion}`],
    ["terms", asset.termsHash],
    ["earned so far", currency.show(asset.revenue)],
    ["waits to be distributed", currency.show(due)],
  ];
  console.log(table(["", ""], facts).split("\n").slice(2).join("\n"));
  console.log(`\n${table(["release", "bytes", "root", "manifest"], await releaseRows(session, id))}`);
  const rows = await Promise.all(
    (await holdersOf(session, id)).map(async (account) => {
      const units = await chain.client.readContract({ ...assets, functionName: "balanceOf", args: [account, id] });
      const claimable = await chain.client.readContract({ ...assets, functionName: "claimable", args: [id, account] });
      return { units, row: [who(account), grouped(units), currency.show(claimable)] };
    }),
  );
  console.log(
    `\n${table(
      ["held by", "fractions", "to claim"],
      rows.filter(({ units }) => units > 0n).map(({ row }) => row),
    )}`,
  );
});

async function releaseRows({ chain, contracts }: Session, id: bigint): Promise<string[][]> {
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
  return logs.map(({ args: { number, release } }) => [
    String(number),
    grouped(release.length),
    release.root,
    release.manifestUri,
  ]);
}

/** Everyone who ever received fractions. */
async function holdersOf({ chain, contracts }: Session, id: bigint): Promise<`0x${string}`[]> {
  const logs = await inPieces(chain, (fromBlock, toBlock) =>
    chain.client.getContractEvents({ ...contracts.assets, fromBlock, toBlock, strict: true }),
  );
  const receivers = logs.flatMap(({ eventName, args }) => {
    if (eventName === "TransferSingle") return args.id === id ? [args.to] : [];
    if (eventName === "TransferBatch") return args.ids.includes(id) ? [args.to] : [];
    return [];
  });
  return [...new Set(receivers)];
}
