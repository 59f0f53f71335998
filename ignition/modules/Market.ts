import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import Access from "./Access.ts";
import Assets from "./Assets.ts";

/** Parameters `feeBps` (basis points of the price) and `feeReceiver`. */
export default buildModule("Market", (m) => {
  const { manager } = m.useModule(Access);
  const { assets } = m.useModule(Assets);
  const market = m.contract("Marketplace", [manager, assets, m.getParameter("feeBps"), m.getParameter("feeReceiver")]);
  return { market };
});
