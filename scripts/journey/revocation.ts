import { keccak256, toBytes } from "viem";
import { blockTime } from "../support/clock.ts";
import { money } from "../support/table.ts";
import type { Journey, Step } from "./journey.ts";
import { isLicensed, statusOf } from "./licensing.ts";
import { LICENCES, SUBSCRIPTIONS, TREASURY } from "./model.ts";
import { approveMoney } from "./trading.ts";

export const revocation: Step = {
  title: "A licence is revoked with a cause, and paid for; then everybody takes what waits",
  async run(journey) {
    await revoke(journey);
    await takeBonds(journey);
    for (const purse of [LICENCES, SUBSCRIPTIONS] as const) await takeFees(journey, purse);
    journey.showGas();
  },
};

/** The operator pays for the time that is left, rounded up. */
async function revoke(journey: Journey): Promise<void> {
  const { licences } = journey.contracts;
  const deal = journey.deal;
  if (deal === undefined) throw new Error("the journey has settled no licence");
  const { offer } = deal.agreement;
  const { end } = await journey.chain.client.readContract({
    ...licences,
    functionName: "licenceOf",
    args: [offer.asset, deal.id],
  });
  await approveMoney(journey, "station", offer.price, licences.address);
  const before = await journey.moneyOf(journey.address("alice"));
  await journey.act("station", "revokes alice's licence, with the hash of the cause", {
    ...licences,
    functionName: "revoke",
    args: [deal.agreement, keccak256(toBytes("passed the data on"))],
  });
  const left = (end & 0xffff_ffff_ffffn) - BigInt(await blockTime(journey.chain));
  const duration = BigInt(offer.duration);
  const back = (offer.price * left + duration - 1n) / duration;
  journey.model.pay("station", "alice", back);
  journey.check(
    "what alice gets back for the time that is left",
    money(back),
    money((await journey.moneyOf(journey.address("alice"))) - before),
  );
  journey.check("alice's licence", "revoked", await statusOf(journey, deal));
  journey.check("alice is licensed", "false", `${await isLicensed(journey, "alice", "weather")}`);
}

/** Bonds that stand for nothing any more. */
async function takeBonds(journey: Journey): Promise<void> {
  const { licences } = journey.contracts;
  for (const [custodian, label] of [
    ["station", "weather"],
    ["factory", "electricity"],
    ["analyst", "promised"],
    ["factory", "readings"],
  ] as const) {
    const { id } = journey.asset(label);
    const { free, locked } = await journey.chain.client.readContract({
      ...licences,
      functionName: "bondOf",
      args: [journey.address(custodian), id],
    });
    journey.check(`bond of ${custodian} for ${label} that is locked`, 0n, locked);
    if (free === 0n) continue;
    await journey.act(custodian, `takes its bond for ${label} back`, {
      ...licences,
      functionName: "withdrawBond",
      args: [id, free, journey.address(custodian)],
    });
    journey.model.pay(LICENCES, custodian, free);
  }
}

/** Market fees wait until their receiver takes them, so that it can hinder no settlement. */
async function takeFees(journey: Journey, purse: typeof LICENCES | typeof SUBSCRIPTIONS): Promise<void> {
  const contract = { address: journey.contracts[purse].address, abi: journey.contracts.licences.abi };
  const treasury = journey.address("treasury");
  const { address } = journey.currency;
  const credit = await journey.chain.client.readContract({
    ...contract,
    functionName: "creditOf",
    args: [treasury, address],
  });
  journey.check(`market fees that wait in ${purse}`, money(journey.fees[purse]), money(credit));
  await journey.act("treasury", `takes the market fees of ${purse}`, {
    ...contract,
    functionName: "withdraw",
    args: [treasury, address, treasury],
  });
  journey.model.pay(purse, TREASURY, journey.fees[purse]);
}
