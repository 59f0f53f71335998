import {
  accessManagerAbi,
  certificatesAbi,
  consentGateAbi,
  credentialRegistryAbi,
  currencyRegistryAbi,
  dataAssetAbi,
  demoCurrencyAbi,
  derivationGateAbi,
  disputesAbi,
  jurisdictionPolicyAbi,
  licenceRegistryAbi,
  marketplaceAbi,
  noticeAbi,
  operatorVoteAbi,
  participantRegistryAbi,
  policyBookAbi,
  provenanceRegistryAbi,
  subscriptionsAbi,
  supervisionAbi,
} from "@cadastre/abi";
import type { Abi, Address } from "viem";
import { SYSTEM, SYSTEM_NAMES, type SystemName } from "../lib/deployed.ts";

const ABIS = {
  manager: accessManagerAbi,
  participants: participantRegistryAbi,
  credentials: credentialRegistryAbi,
  currencies: currencyRegistryAbi,
  consents: consentGateAbi,
  policies: policyBookAbi,
  notice: noticeAbi,
  supervision: supervisionAbi,
  votes: operatorVoteAbi,
  assets: dataAssetAbi,
  certificates: certificatesAbi,
  jurisdiction: jurisdictionPolicyAbi,
  provenance: provenanceRegistryAbi,
  licences: licenceRegistryAbi,
  disputes: disputesAbi,
  subscriptions: subscriptionsAbi,
  gate: derivationGateAbi,
  market: marketplaceAbi,
} as const satisfies Record<SystemName, Abi>;

/** What Ignition's files call each contract. */
const futureOf = (name: SystemName) => `${SYSTEM[name].module}#${SYSTEM[name].contract}`;

const DEMO_CURRENCY = "Demo#DemoCurrency";

/** Address and ABI, as viem's functions take them. */
export type Contracts = {
  readonly [name in SystemName]: { readonly address: Address; readonly abi: (typeof ABIS)[name] };
} & {
  /** The demonstration currency; development networks only. */
  readonly demo: { readonly address: Address; readonly abi: typeof demoCurrencyAbi } | undefined;
};

/** The contracts at the addresses that Ignition recorded, or the names of those that it has not. */
export function contractsAt(addresses: Readonly<Record<string, Address>>): {
  contracts?: Contracts;
  missing: SystemName[];
} {
  const missing = SYSTEM_NAMES.filter((name) => addresses[futureOf(name)] === undefined);
  if (missing.length > 0) return { missing };
  const found = SYSTEM_NAMES.map((name) => [name, { address: addresses[futureOf(name)], abi: ABIS[name] }]);
  const demo = addresses[DEMO_CURRENCY];
  const contracts = {
    ...Object.fromEntries(found),
    demo: demo === undefined ? undefined : { address: demo, abi: demoCurrencyAbi },
  };
  return { contracts: contracts as Contracts, missing };
}
