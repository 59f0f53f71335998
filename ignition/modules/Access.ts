import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** The AccessManager. The deployer administers it until `Cadastre` has set everything up. */
export default buildModule("Access", (m) => {
  const manager = m.contract("AccessManager", [m.getAccount(0)]);
  return { manager };
});
