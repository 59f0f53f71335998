import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import Access from "./Access.ts";
import Assets from "./Assets.ts";
import Participants from "./Participants.ts";

/**
 * Parameters `leastWindow`, `{ duration, blocks }`: the shortest time to deliver or to dispute that an offer may give;
 * `feeBps` (basis points of the price) and `feeReceiver`. From here on the register asks the DerivationGate in place of the
 * ConsentGate, which knows no licences.
 */
export default buildModule("Licences", (m) => {
  const { manager } = m.useModule(Access);
  const { participants, credentials } = m.useModule(Participants);
  const { assets } = m.useModule(Assets);
  const licences = m.contract("LicenceRegistry", [
    ...[manager, assets, participants, credentials],
    ...[m.getParameter("leastWindow"), m.getParameter("feeBps"), m.getParameter("feeReceiver")],
  ]);
  const disputes = m.contract("Disputes", [licences, assets]);
  const subscriptions = m.contract("Subscriptions", [assets, participants, licences]);
  m.call(licences, "connect", [disputes, subscriptions]);
  const gate = m.contract("DerivationGate", [participants, licences]);
  m.call(assets, "setDerivationGate", [gate]);
  return { licences, disputes, subscriptions, gate };
});
