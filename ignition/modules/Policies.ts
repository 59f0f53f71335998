import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { SCHEMAS, schemaIdOf } from "../schemas.ts";
import Access from "./Access.ts";
import Participants from "./Participants.ts";

/** The one policy that has a role. The others are fixed when they are made, by whoever needs them. */
export default buildModule("Policies", (m) => {
  const { manager } = m.useModule(Access);
  const { participants, credentials } = m.useModule(Participants);
  const jurisdiction = m.contract("JurisdictionPolicy", [
    ...[manager, participants, credentials],
    ...[schemaIdOf(SCHEMAS.sandbox), schemaIdOf(SCHEMAS.venue)],
  ]);
  return { jurisdiction };
});
