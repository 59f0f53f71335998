import {
  accessManagerAbi,
  consentGateAbi,
  currencyRegistryAbi,
  dataAssetAbi,
  demoCurrencyAbi,
  marketplaceAbi,
  participantRegistryAbi,
  provenanceRegistryAbi,
} from "@cadastre/abi";
import type { Address } from "viem";

/** The contracts of a deployment, by the names that the Ignition modules give them; `future` is what Ignition's files call each. */
const CONTRACTS = {
  manager: { future: "Access#AccessManager", abi: accessManagerAbi },
  participants: { future: "Participants#ParticipantRegistry", abi: participantRegistryAbi },
  currencies: { future: "Assets#CurrencyRegistry", abi: currencyRegistryAbi },
  gate: { future: "Assets#ConsentGate", abi: consentGateAbi },
  assets: { future: "Assets#DataAsset", abi: dataAssetAbi },
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
