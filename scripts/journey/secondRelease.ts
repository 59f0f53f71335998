import { readDataset } from "../support/datasets.ts";
import { grouped } from "../support/table.ts";
import type { Step } from "./journey.ts";
import { electricitySource, publish, sealRelease, short } from "./registration.ts";

export const secondRelease: Step = {
  title: "Data changes: the operator publishes a second release",
  async run(journey) {
    const { assets } = journey.contracts;
    const asset = journey.asset("electricity");
    const release = sealRelease(readDataset("electricity"), electricitySource());
    await publish(journey, "grid", "publishes the data with 2017", "electricity", release);
    const { client } = journey.chain;
    const [number] = await client.readContract({ ...assets, functionName: "latest", args: [asset.id] });
    const recorded = await client.readContract({
      ...assets,
      functionName: "isRelease",
      args: [asset.id, number, release],
    });
    journey.check("latest release of electricity is the second, as it was sealed", "2 true", `${number} ${recorded}`);
    journey.note(
      `Release ${number}: ${grouped(release.length)} bytes after ${grouped(asset.releases[0]!.length)}, root ${short(release.root)}. ` +
        "The fractions are the same.",
    );
    journey.showGas();
  },
};
