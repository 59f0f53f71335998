import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** The demonstration currency; `scripts/deploy.ts` uses it on development networks only. */
export default buildModule("Demo", (m) => ({ currency: m.contract("DemoCurrency") }));
