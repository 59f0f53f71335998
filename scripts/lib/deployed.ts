/** The contracts that a deployment or an integrator puts on chain, and where they come from, in the order of deployment. */
export const DEPLOYED = {
  AccessManager: "@openzeppelin/contracts/access/manager/AccessManager.sol",
  ParticipantRegistry: "contracts/participants/ParticipantRegistry.sol",
  CurrencyRegistry: "contracts/assets/CurrencyRegistry.sol",
  ConsentGate: "contracts/assets/ConsentGate.sol",
  DataAsset: "contracts/assets/DataAsset.sol",
  ProvenanceRegistry: "contracts/provenance/ProvenanceRegistry.sol",
  Marketplace: "contracts/market/Marketplace.sol",
  DemoCurrency: "contracts/demo/DemoCurrency.sol",
  FractionVault: "contracts/examples/FractionVault.sol",
} as const;

export type DeployedName = keyof typeof DEPLOYED;

export const DEPLOYED_NAMES = Object.keys(DEPLOYED) as DeployedName[];
