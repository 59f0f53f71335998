import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import Access from "./Access.ts";

/** Parameter `successionWindow`, `{ duration, blocks }`: how long a proposed successor waits. */
export default buildModule("Participants", (m) => {
  const { manager } = m.useModule(Access);
  const participants = m.contract("ParticipantRegistry", [manager, m.getParameter("successionWindow")]);
  const credentials = m.contract("CredentialRegistry", [manager]);
  return { participants, credentials };
});
