import { verifySample } from "@cadastre/sealed";
import { keccak256, toBytes } from "viem";
import { schemaIdOf } from "../../ignition/schemas.ts";
import { EXAMPLE_SCHEMA } from "../documents/demonstration.ts";
import { readDataset } from "../support/datasets.ts";
import { signOffer } from "../support/licences.ts";
import type { Journey, Step } from "./journey.ts";
import { buy, checkBytes, type Deal, dealOf, deliver, isLicensed, offerOf, putUpBond, settle } from "./licensing.ts";
import { claim } from "./revenue.ts";

const PRICE = 80_000_009n;
const QUOTA = 3n;

export const licence: Step = {
  title: "A licence: a block opened as a sample, the purchase, the key on chain, the data, and who is paid for it",
  async run(journey) {
    readSample(journey);
    await putUpBond(journey, "station", "weather");
    const credential = schemaIdOf(EXAMPLE_SCHEMA) as `0x${string}`;
    const offer = await offerOf(journey, "weather", {
      ...{ custodian: "station", release: 1, price: PRICE, quota: QUOTA, derivation: true, credential },
    });
    const wanted = await dealOf(journey, "bob", "weather", offer);
    const { licences } = journey.contracts;
    await journey.refused("bob", "has a revoked credential and tries to license", "Licences_CredentialMissing", {
      ...licences,
      functionName: "buy",
      args: [wanted.agreement, await signOffer(journey.chain, journey.contracts, offer)],
    });
    const deal = await buy(journey, "alice", "weather", offer);
    journey.check("alice is licensed before the key", "false", `${await isLicensed(journey, "alice", "weather")}`);
    const delivery = await deliver(journey, deal);
    journey.check("alice is licensed once it is there", "true", `${await isLicensed(journey, "alice", "weather")}`);
    checkBytes(journey, deal, delivery, readDataset("weather"));
    journey.note("alice unwraps the key and opens the data: every block is what was registered.");
    await settle(journey, "alice", deal);
    await useMetered(journey, deal);
    for (const holder of ["station", "bob"] as const) await claim(journey, "weather", holder);
    journey.showGas();
    await journey.showBalances("weather", ["station", "bob", "alice"]);
    journey.deal = deal;
  },
};

/** Before any payment: the sample belongs to the root that is on chain. */
function readSample(journey: Journey): void {
  const { sealed } = journey.asset("weather").releases[0]!;
  const { manifest, stored } = sealed;
  const [sample] = manifest.samples!;
  const text = new TextDecoder().decode(verifySample({ manifest, sample: sample!, stored }));
  const line = text.split("\n")[1] ?? "";
  journey.check("a line of the sample is one of the source", "true", `${readDataset("weather").rows.includes(line)}`);
  journey.note(`Anybody reads block ${sample!.index} of weather under its root, and no other: "${line}".`);
}

/** The custodian counts what is used, up to the quota, with the hash of each receipt. */
async function useMetered(journey: Journey, { agreement, id, custodian }: Deal): Promise<void> {
  const { licences } = journey.contracts;
  const consume = (uses: bigint) =>
    ({
      ...licences,
      functionName: "consume",
      args: [agreement, uses, keccak256(toBytes(`receipt for ${uses}`))],
    }) as const;
  await journey.act(custodian, "counts two uses, with a receipt", consume(2n));
  await journey.refused(custodian, "counts two more, of three", "Licences_QuotaExceeded", consume(2n));
  const used = await journey.chain.client.readContract({ ...licences, functionName: "usedOf", args: [id] });
  journey.check("uses of alice's licence", 2n, used);
}
