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
  LicenceRegistry: "contracts/licences/LicenceRegistry.sol",
  Subscriptions: "contracts/licences/Subscriptions.sol",
  Disputes: "contracts/licences/Disputes.sol",
  DerivationGate: "contracts/licences/DerivationGate.sol",
  Marketplace: "contracts/market/Marketplace.sol",
  DemoCurrency: "contracts/demo/DemoCurrency.sol",
  FractionVault: "contracts/examples/FractionVault.sol",
} as const;

/** Those of one deployment by the names that the Ignition modules give them, each with the module that deploys it. */
export const SYSTEM = {
  manager: { module: "Access", contract: "AccessManager" },
  participants: { module: "Participants", contract: "ParticipantRegistry" },
  credentials: { module: "Participants", contract: "CredentialRegistry" },
  currencies: { module: "Assets", contract: "CurrencyRegistry" },
  consents: { module: "Assets", contract: "ConsentGate" },
  policies: { module: "Assets", contract: "PolicyBook" },
  notice: { module: "Assets", contract: "Notice" },
  supervision: { module: "Assets", contract: "Supervision" },
  votes: { module: "Assets", contract: "OperatorVote" },
  assets: { module: "Assets", contract: "DataAsset" },
  certificates: { module: "Assets", contract: "Certificates" },
  jurisdiction: { module: "Policies", contract: "JurisdictionPolicy" },
  provenance: { module: "Provenance", contract: "ProvenanceRegistry" },
  licences: { module: "Licences", contract: "LicenceRegistry" },
  disputes: { module: "Licences", contract: "Disputes" },
  subscriptions: { module: "Licences", contract: "Subscriptions" },
  gate: { module: "Licences", contract: "DerivationGate" },
  market: { module: "Market", contract: "Marketplace" },
} as const satisfies Record<string, { readonly module: string; readonly contract: keyof typeof DEPLOYED }>;

export type SystemName = keyof typeof SYSTEM;

export const SYSTEM_NAMES = Object.keys(SYSTEM) as SystemName[];

export type DeployedName = keyof typeof DEPLOYED;

export const DEPLOYED_NAMES = Object.keys(DEPLOYED) as DeployedName[];
