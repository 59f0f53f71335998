import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import Access from "./Access.ts";
import Participants from "./Participants.ts";

/**
 * Parameters, each window `{ duration, blocks }` in seconds and least blocks: `policyNotice` between the announcement of an
 * asset's policy and its first possible use, `moveWindow` between the proposal of a forced move and its execution,
 * `voteWindow` for which a majority must last; `freezeTerm` (seconds) after which freezes and suspensions end.
 */
export default buildModule("Assets", (m) => {
  const { manager } = m.useModule(Access);
  const { participants } = m.useModule(Participants);
  const currencies = m.contract("CurrencyRegistry", [manager]);
  const consents = m.contract("ConsentGate", [participants]);
  const policies = m.contract("PolicyBook", [manager, participants, m.getParameter("policyNotice")]);
  const notice = m.contract("Notice", [manager, participants]);
  const supervision = m.contract("Supervision", [manager, participants, m.getParameter("moveWindow")]);
  const votes = m.contract("OperatorVote", [manager, participants, m.getParameter("voteWindow")]);
  const offices = { policies, notice, supervision, votes };
  const assets = m.contract("DataAsset", [
    ...[manager, participants, currencies, consents, offices],
    m.getParameter("freezeTerm"),
  ]);
  for (const [name, office] of Object.entries(offices))
    m.call(office, "setRegister", [assets], { id: `register_of_${name}` });
  const certificates = m.contract("Certificates", [participants, assets, notice]);
  return { assets, currencies, consents, certificates, ...offices };
});
