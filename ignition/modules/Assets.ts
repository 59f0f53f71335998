import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import Access from "./Access.ts";
import Participants from "./Participants.ts";

/** Parameter `policyNotice`: seconds between the announcement of an asset's policy and its first possible use. */
export default buildModule("Assets", (m) => {
  const { manager } = m.useModule(Access);
  const { participants } = m.useModule(Participants);
  const currencies = m.contract("CurrencyRegistry", [manager]);
  const gate = m.contract("ConsentGate");
  const assets = m.contract("DataAsset", [manager, participants, currencies, gate, m.getParameter("policyNotice")]);
  return { assets, currencies, gate };
});
