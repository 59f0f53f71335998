import type { FloorLine, RowKey } from "./rows.ts";

/** The EVM's prices as of Prague: EIP-2028, 2929, 2200, 3529, and the Yellow Paper. */
export const PRICE = {
  transaction: 21_000,
  zeroByte: 4,
  otherByte: 16,
  coldAccount: 2_600,
  coldWord: 2_100,
  warm: 100,
  /** A cold word that is neither zero before nor after. */
  update: 5_000,
  /** A cold word that was zero. */
  create: 22_100,
  log: 375,
  topic: 375,
  logByte: 8,
  ecrecover: 3_000,
  sha256: 60,
  sha256Word: 12,
} as const;

const WORD = 32;
/** Zero bytes that an id from a counter would have in call data, where an asset's id is a hash. */
const ID_BYTES = 31;

const line = (what: string, gas: number): FloorLine => ({ what, gas });

export function callDataGas(data: string): number {
  const bytes = Buffer.from(data.slice(2), "hex");
  return bytes.reduce((sum, byte) => sum + (byte === 0 ? PRICE.zeroByte : PRICE.otherByte), 0);
}

const log = (event: string, topics: number, bytes: number) =>
  line(`event ${event}: ${topics} topics, ${bytes} bytes`, PRICE.log + topics * PRICE.topic + bytes * PRICE.logByte);

/** Each transaction pays these; hashes as ids are named, because a counter would be cheaper. */
function sent(data: string, ids: number): FloorLine[] {
  const forIds = ids * ID_BYTES * (PRICE.otherByte - PRICE.zeroByte);
  const lines = [line("transaction", PRICE.transaction), line("call data", callDataGas(data) - forIds)];
  return ids === 0
    ? lines
    : [...lines, line(`call data: ${ids === 1 ? "the asset's id is a hash" : `${ids} ids are hashes`}`, forIds)];
}

const bothActive = [
  line("participant registry: another contract", PRICE.coldAccount),
  line("status of both parties: 2 words", 2 * PRICE.coldWord),
];
const assetWord = line("asset: state, policy, supply and revenue total in one word", PRICE.coldWord);
const holdings = line("units and settled revenue of both parties: 2 words updated", 2 * PRICE.update);
const receiver = line("receiver: has it code?", PRICE.coldAccount);

const payment = log("Transfer", 3, WORD).gas;
/** From a payer with an allowance to somebody who has money already. */
const transferFrom = line(
  "ERC-20 transferFrom: another contract, allowance, two balances, event",
  PRICE.coldAccount + PRICE.coldWord + 2 * PRICE.update + payment,
);
const furtherTransferFrom = line(
  "ERC-20 transferFrom by the same payer: one more balance, event",
  3 * PRICE.warm + PRICE.update + payment,
);
const transferOut = line(
  "ERC-20 transfer: another contract, two balances, event",
  PRICE.coldAccount + 2 * PRICE.update + payment,
);

const buy = (data: string, order: FloorLine): FloorLine[] => [
  ...sent(data, 1),
  line("signature", PRICE.ecrecover + PRICE.warm),
  order,
  line("maker: epoch and cancelled orders", PRICE.coldWord),
  line("market: fee and its receiver", PRICE.coldWord),
  line("register: another contract, asked for the terms of sale", PRICE.coldAccount),
  assetWord,
  line("asset: currency and royalty", PRICE.coldWord),
  line("asset: receiver of the royalty", PRICE.coldWord),
  transferFrom,
  furtherTransferFrom,
  furtherTransferFrom,
  log("OrderFilled", 4, 5 * WORD),
  line("register: called once more, to transfer", PRICE.warm),
  line("seller's approval of the market", PRICE.coldWord),
  ...bothActive,
  holdings,
  line("asset's word, once more", PRICE.warm),
  line("receiver: has it code? It is the sender, so it is warm", PRICE.warm),
  log("TransferSingle", 4, 2 * WORD),
];

const times = (n: number, { what, gas }: FloorLine) => line(`${n} × ${what}`, n * gas);
const product = line("product of a point, by ecrecover", PRICE.warm + PRICE.ecrecover);
const sha256 = (what: string, bytes: number) =>
  line(`SHA-256 of ${what}, ${bytes} bytes`, PRICE.warm + PRICE.sha256 + PRICE.sha256Word * Math.ceil(bytes / WORD));

const BLOCK = 4_096;
const TAG = 17;
const POINT = 2 * WORD;
/** A licence's id, the number of its release and its custodian. */
const CONTEXT = WORD + 4 + 20;

const licenceWord = line("licence: state, money and end, one word updated", PRICE.update);
const bond = line("custodian's bond for the asset, one word updated", PRICE.update);
const fault = line("fault of the release", PRICE.coldWord);
const assetCurrency = line("asset: currency", PRICE.coldWord);

/** A proof of what the key unwraps to, checked against what was registered and delivered, and the money back. */
const dispute = (data: string): FloorLine[] => [
  ...sent(data, 1),
  line("registry of licences: another contract", PRICE.coldAccount),
  line("licence: what was delivered", PRICE.coldWord),
  line("register: another contract", PRICE.coldAccount),
  line("asset: the release's hash", PRICE.coldWord),
  sha256("the proof's points: the challenge", TAG + CONTEXT + 5 * POINT),
  times(3, product),
  sha256("the shared secret: the key's mask", TAG - 1 + WORD + CONTEXT),
  sha256("the key: its commitment", TAG - 2 + WORD),
  line("registry: the contract of disputes", PRICE.coldWord),
  licenceWord,
  bond,
  log("FaultShown", 4, 2 * WORD),
  log("LicenceRefunded", 4, WORD),
  assetCurrency,
  transferOut,
];

/** What the semantics force, by the prices of the EVM alone: no step of computing, no memory, no encoding is in it. */
export const FLOORS: Record<RowKey, (data: string) => FloorLine[]> = {
  transfer: (data) => [
    ...sent(data, 1),
    ...bothActive,
    assetWord,
    holdings,
    receiver,
    log("TransferSingle", 4, 2 * WORD),
  ],
  batch10: (data) => [
    ...sent(data, 10),
    ...bothActive,
    ...[assetWord, holdings].map(({ what, gas }) => line(`10 × ${what}`, 10 * gas)),
    receiver,
    // Two arrays of ten words, each with its offset and its length.
    log("TransferBatch", 4, 2 * (1 + 1 + 10) * WORD),
  ],
  buy: (data) => buy(data, line("order: units filled, one word updated", PRICE.update)),
  buyFirst: (data) => buy(data, line("order: units filled, one word created", PRICE.create)),
  post: (data) => [
    ...sent(data, 1),
    line("maker: epoch and cancelled orders", PRICE.coldWord),
    line("order: posted, one word created", PRICE.create),
    log("OrderPosted", 3, 14 * WORD),
  ],
  cancel: (data) => [
    ...sent(data, 0),
    line("maker: cancelled orders, one word updated", PRICE.update),
    log("OrderCancelled", 3, 0),
  ],
  append: (data) => [
    ...sent(data, 0),
    line("participant registry: another contract", PRICE.coldAccount),
    line("status of the writer", PRICE.coldWord),
    line("stream: head, one word updated", PRICE.update),
    // Count, head, and the address of the batch with its offset and its length.
    log("BatchAppended", 3, 5 * WORD),
  ],
  distribute: (data) => [
    ...sent(data, 1),
    line("asset: revenue total, one word updated", PRICE.update),
    line("asset: currency", PRICE.coldWord),
    transferFrom,
    log("RevenueDistributed", 3, WORD),
  ],
  claim: (data) => [
    ...sent(data, 1),
    line("participant registry: another contract", PRICE.coldAccount),
    line("status of the holder", PRICE.coldWord),
    assetWord,
    line("asset: currency", PRICE.coldWord),
    line("holding: credit, one word updated", PRICE.update),
    transferOut,
    log("RevenueClaimed", 4, WORD),
  ],
  license: (data) => [
    ...sent(data, 1),
    line("signature", PRICE.ecrecover + PRICE.warm),
    line("operator: cancelled offers", PRICE.coldWord),
    fault,
    line("market: fee", PRICE.coldWord),
    line("register: another contract", PRICE.coldAccount),
    assetWord,
    line("asset: currency and latest release", PRICE.coldWord),
    line("asset: operator", PRICE.coldWord),
    line("participant registry: another contract", PRICE.coldAccount),
    line("status of the licensee", PRICE.coldWord),
    line("licence: state and custody, and the licensee's current licence: 3 words created", 3 * PRICE.create),
    transferFrom,
    // The agreement, the end of the delivery and the fee.
    log("LicenceBought", 4, 27 * WORD),
  ],
  deliver: (data) => [
    ...sent(data, 2),
    licenceWord,
    line("licence: custodian and bond become the hash of what was delivered, one word updated", PRICE.update),
    bond,
    // The wrapped key and the end of the dispute window.
    log("KeyDelivered", 4, 4 * WORD),
  ],
  settle: (data) => [
    ...sent(data, 1),
    licenceWord,
    fault,
    bond,
    line("the licensee's current licence", PRICE.coldWord),
    log("LicenceSettled", 3, 3 * WORD),
    line("market: receiver of the fee", PRICE.coldWord),
    line("fee that waits for its receiver, one word updated", PRICE.update),
    log("Credited", 3, WORD),
    line("register: another contract", PRICE.coldAccount),
    line("asset: revenue total, one word updated", PRICE.update),
    assetCurrency,
    transferFrom,
    log("RevenueDistributed", 3, WORD),
  ],
  disputeKey: dispute,
  disputeContent: (data) => [
    ...dispute(data),
    sha256("the leaf", 1 + WORD + BLOCK),
    times(18, sha256("two nodes", 1 + 2 * WORD)),
    sha256("the key and the block's number: the blind", TAG + WORD + 8),
    sha256("the blind and the plaintext: the commitment", TAG + WORD + BLOCK),
    line("fault of the release, one word created", PRICE.create),
    log("ReleaseFaulted", 3, WORD),
  ],
};

export const sumOf = (lines: readonly FloorLine[]): number => lines.reduce((sum, { gas }) => sum + gas, 0);
