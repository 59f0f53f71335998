import {
  accessManagerAbi,
  certificatesAbi,
  consentGateAbi,
  credentialRegistryAbi,
  currencyRegistryAbi,
  dataAssetAbi,
  demoCurrencyAbi,
  jurisdictionPolicyAbi,
  marketplaceAbi,
  noticeAbi,
  operatorVoteAbi,
  participantRegistryAbi,
  policyBookAbi,
  provenanceRegistryAbi,
  supervisionAbi,
} from "@cadastre/abi";
import type { Address } from "viem";

/** The contracts of a deployment, by the names that the Ignition modules give them; `future` is what Ignition's files call each. */
const CONTRACTS = {
  manager: { future: "Access#AccessManager", abi: accessManagerAbi },
  participants: { future: "Participants#ParticipantRegistry", abi: participantRegistryAbi },
  credentials: { future: "Participants#CredentialRegistry", abi: credentialRegistryAbi },
  currencies: { future: "Assets#CurrencyRegistry", abi: currencyRegistryAbi },
  gate: { future: "Assets#ConsentGate", abi: consentGateAbi },
  policies: { future: "Assets#PolicyBook", abi: policyBookAbi },
  notice: { future: "Assets#Notice", abi: noticeAbi },
  supervision: { future: "Assets#Supervision", abi: supervisionAbi },
  votes: { future: "Assets#OperatorVote", abi: operatorVoteAbi },
  assets: { future: "Assets#DataAsset", abi: dataAssetAbi },
  certificates: { future: "Assets#Certificates", abi: certificatesAbi },
  jurisdiction: { future: "Policies#JurisdictionPolicy", abi: jurisdictionPolicyAbi },
  provenance: { future: "Provenance#ProvenanceRegistry", abi: provenanceRegistryAbi },
  market: { future: "Market#Marketplace", abi: marketplaceAbi },
} as const;

export const DEMO_CURRENCY = "Demo#DemoCurrency";

export type ContractName = keyof typeof CONTRACTS;

export const CONTRACT_NAMES = Object.keys(CONTRACTS) as ContractName[];

/** Address and ABI, as viem's functions take them. */
export type Contracts = {
  readonly [name in ContractName]: { readonly address: Address; readonly abi: (typeof CONTRACTS)[name]["abi"] };
} & {
  /** The demonstration currency; development networks only. */
  readonly demo: { readonly address: Address; readonly abi: typeof demoCurrencyAbi } | undefined;
};

/** The contracts at the addresses that Ignition recorded, or the names of those that it has not. */
export function contractsAt(addresses: Readonly<Record<string, Address>>): {
  contracts?: Contracts;
  missing: ContractName[];
} {
  const missing = CONTRACT_NAMES.filter((name) => addresses[CONTRACTS[name].future] === undefined);
  if (missing.length > 0) return { missing };
  const found = CONTRACT_NAMES.map((name) => {
    const { future, abi } = CONTRACTS[name];
    return [name, { address: addresses[future], abi }];
  });
  const demo = addresses[DEMO_CURRENCY];
  const contracts = {
    ...Object.fromEntries(found),
    demo: demo === undefined ? undefined : { address: demo, abi: demoCurrencyAbi },
  };
  return { contracts: contracts as Contracts, missing };
}
