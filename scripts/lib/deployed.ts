/** The contracts that a deployment or an integrator puts on chain, and where they come from, in the order of deployment. */
export const DEPLOYED = {
  AccessManager: "@openzeppelin/contracts/access/manager/AccessManager.sol",
  ParticipantRegistry: "contracts/participants/ParticipantRegistry.sol",
  CredentialRegistry: "contracts/participants/CredentialRegistry.sol",
  CurrencyRegistry: "contracts/assets/CurrencyRegistry.sol",
  ConsentGate: "contracts/assets/ConsentGate.sol",
  PolicyBook: "contracts/assets/PolicyBook.sol",
  Notice: "contracts/assets/Notice.sol",
  Supervision: "contracts/assets/Supervision.sol",
  OperatorVote: "contracts/assets/OperatorVote.sol",
  DataAsset: "contracts/assets/DataAsset.sol",
  Certificates: "contracts/assets/Certificates.sol",
  CredentialPolicy: "contracts/policies/CredentialPolicy.sol",
  VenuePolicy: "contracts/policies/VenuePolicy.sol",
  HolderCapPolicy: "contracts/policies/HolderCapPolicy.sol",
  LockUpPolicy: "contracts/policies/LockUpPolicy.sol",
  JurisdictionPolicy: "contracts/policies/JurisdictionPolicy.sol",
  CombinedPolicy: "contracts/policies/CombinedPolicy.sol",
  ProvenanceRegistry: "contracts/provenance/ProvenanceRegistry.sol",
  Marketplace: "contracts/market/Marketplace.sol",
  DemoCurrency: "contracts/demo/DemoCurrency.sol",
  FractionVault: "contracts/examples/FractionVault.sol",
} as const;

export type DeployedName = keyof typeof DEPLOYED;

export const DEPLOYED_NAMES = Object.keys(DEPLOYED) as DeployedName[];
