import type { Address } from "viem";

/**
 * Who the accounts of a node or of a network's configuration are, by position. Development networks give the roles to them;
 * elsewhere a network's parameters name the accounts of the roles.
 */
export const ACCOUNTS = {
  deployer: "puts the contracts on chain, then has no power",
  admin: "grants and revokes roles, behind a delay",
  authority: "opens domains, admits currencies",
  steward: "changes registrars, fees, policies and terms of notice, behind a delay",
  supervisor: "suspends assets and freezes units for a time, carries out moves that a registrar proposed",
  guardian: "cancels what others have scheduled",
  treasury: "receives the market fee",
  zhejiang: "registrar of the domain Zhejiang",
  climate: "registrar of the domain Climate and environment",
  grid: "electricity company, owns a dataset",
  station: "weather service, owns two datasets",
  factory: "manufacturer, owns sensor readings and a journal",
  analyst: "derives a dataset from another",
  alice: "buys fractions",
  bob: "buys fractions",
  carol: "buys fractions",
  dora: "buys fractions, and loses her key",
  doraAnew: "dora's new key",
  academy: "issues credentials",
  outsider: "has money, but was not admitted",
} as const;

export type AccountName = keyof typeof ACCOUNTS;

export const ACCOUNT_NAMES = Object.keys(ACCOUNTS) as AccountName[];

/** The name of an address among a network's accounts, else the address. */
export function nameOf(addresses: readonly Address[], address: Address): string {
  const position = addresses.findIndex((known) => known.toLowerCase() === address.toLowerCase());
  return ACCOUNT_NAMES[position] ?? address;
}
