import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

const missing = ArgumentType.STRING_WITHOUT_DEFAULT;
const as = {
  name: "as",
  description: "Whose account: a name such as alice, or an address",
  type: missing,
  defaultValue: undefined,
} as const;
const units = { name: "units", description: "How many fractions", type: missing, defaultValue: undefined } as const;
const asset = { name: "asset", description: "The asset's id" } as const;

/** Single steps of what the journey does. Each is one file of this folder, loaded when it runs. */
export const tasks = [
  task(
    "register-file",
    "Seal a file and register it as an asset; CADASTRE_KEY_PASSPHRASE, or what you type, protects its key",
  )
    .addPositionalArgument({ name: "file", description: "The file; it is only read" })
    .addOption(as)
    .addOption({ name: "title", description: "Title of the dataset", type: missing, defaultValue: undefined })
    .addOption({
      name: "description",
      description: "What it holds (default: the title)",
      type: missing,
      defaultValue: undefined,
    })
    .addOption({ name: "mediaType", description: "Its media type", defaultValue: "application/octet-stream" })
    .addOption({
      name: "license",
      description: "Address of its licence",
      defaultValue: "https://creativecommons.org/licenses/by/4.0/",
    })
    .addOption({ name: "fractions", description: "How many fractions it gets, for good", defaultValue: "1000" })
    .addOption({ name: "royaltyBps", description: "Royalty on resales in basis points", defaultValue: "0" })
    .addFlag({
      name: "unprotectedKey",
      description: "Keep the key without a passphrase, under the mode of its file alone",
    })
    .setAction(() => import("./registerFile.ts"))
    .build(),
  task("sell", "Offer fractions for sale: posts an order on chain")
    .addPositionalArgument(asset)
    .addOption(as)
    .addOption(units)
    .addOption({
      name: "price",
      description: "Price of one fraction, such as 2.50",
      type: missing,
      defaultValue: undefined,
    })
    .addOption({ name: "hours", description: "How long the offer stands", defaultValue: "24" })
    .setAction(() => import("./sell.ts"))
    .build(),
  task("buy", "Buy fractions from a posted order")
    .addPositionalArgument({ name: "order", description: "Hash of the order, as `sell` prints it" })
    .addOption(as)
    .addOption(units)
    .setAction(() => import("./buy.ts"))
    .build(),
  task("distribute", "Pay revenue to whoever holds fractions of an asset now")
    .addPositionalArgument(asset)
    .addOption(as)
    .addOption({ name: "amount", description: "How much, such as 1000", type: missing, defaultValue: undefined })
    .setAction(() => import("./distribute.ts"))
    .build(),
  task("claim", "Claim the revenue of an asset's fractions")
    .addPositionalArgument(asset)
    .addOption(as)
    .setAction(() => import("./claim.ts"))
    .build(),
  task("show-asset", "Show an asset: its terms, releases, holders and revenue")
    .addPositionalArgument(asset)
    .setAction(() => import("./showAsset.ts"))
    .build(),
  task("show-lineage", "Show what an asset was derived from, and what was derived from it")
    .addPositionalArgument(asset)
    .setAction(() => import("./showLineage.ts"))
    .build(),
  task("append-journal", "Anchor the lines of a file as one batch of a journal")
    .addPositionalArgument({ name: "file", description: "The file, one record a line" })
    .addOption(as)
    .addOption({
      name: "stream",
      description: "Name of the stream; opened if need be",
      type: missing,
      defaultValue: undefined,
    })
    .setAction(() => import("./appendJournal.ts"))
    .build(),
  task("verify-record", "Verify on chain that a record is in a batch of a journal")
    .addPositionalArgument({ name: "file", description: "The file that was anchored" })
    .addOption({
      name: "line",
      description: "Number of the record's line, from 1",
      type: missing,
      defaultValue: undefined,
    })
    .addOption({
      name: "text",
      description: "The record as you have it (default: as the file has it)",
      type: missing,
      defaultValue: undefined,
    })
    .addOption({
      name: "owner",
      description: "Whose stream: a name or an address",
      type: missing,
      defaultValue: undefined,
    })
    .addOption({ name: "stream", description: "Name of the stream", type: missing, defaultValue: undefined })
    .setAction(() => import("./verifyRecord.ts"))
    .build(),
  task("advance-clock", "Let block time pass: moves a development chain's clock, waits on any other")
    .addPositionalArgument({ name: "seconds", description: "How many seconds" })
    .setAction(() => import("./advanceClock.ts"))
    .build(),
];
