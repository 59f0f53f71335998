import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import Assets from "./Assets.ts";
import Participants from "./Participants.ts";

export default buildModule("Provenance", (m) => {
  const { participants } = m.useModule(Participants);
  const { assets } = m.useModule(Assets);
  const provenance = m.contract("ProvenanceRegistry", [participants, assets]);
  return { provenance };
});
