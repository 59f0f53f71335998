import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import Access from "./Access.ts";

export default buildModule("Participants", (m) => {
  const { manager } = m.useModule(Access);
  const participants = m.contract("ParticipantRegistry", [manager]);
  return { participants };
});
