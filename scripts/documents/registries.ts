import { type Address, getAddress, type Hex } from "viem";
import { inPieces } from "../support/access.ts";
import { type Chain, send } from "../support/chain.ts";
import type { Contracts } from "../support/contracts.ts";

/** Everything that the chain says of a registration. Times are block times in seconds. */
export interface Certificate {
  readonly number: bigint;
  readonly status: number;
  readonly domain: number;
  readonly registrar: Address;
  readonly holder: Address;
  readonly operator: Address;
  readonly issuedAt: number;
  readonly validUntil: number;
  readonly latestRelease: number;
  readonly releaseHash: Hex;
  readonly termsHash: Hex;
  readonly fractions: bigint;
  readonly currency: Address;
  readonly policy: bigint;
  readonly policyVersion: number;
  readonly noticeEndedAt: number;
}

/** The register as it stood at one block. */
export interface CertificateBook {
  readonly chainId: number;
  readonly block: bigint;
  /** Time of that block, in seconds. */
  readonly now: number;
  /** The contract that answers for certificates. */
  readonly contract: Address;
  /** The ERC-1155 contract of the assets. */
  readonly register: Address;
  certificate(asset: bigint): Promise<Certificate>;
  /** The Ed25519 key with which a domain's registrar signs documents; zero where it has none. */
  signingKeyOf(domain: number): Promise<Hex>;
}

/** A credential was issued for this claim, or the one that stood was revoked. */
export type CredentialChange = { readonly kind: "issued"; readonly claimHash: Hex } | { readonly kind: "revoked" };

export interface Issuance {
  readonly subject: Address;
  readonly schema: Hex;
  readonly validUntil: number;
  readonly claimHash: Hex;
}

/** The credentials of a chain, as an issuer's service sees them. */
export interface CredentialBook {
  readonly chainId: number;
  /** Time of the latest block, in seconds. */
  readonly now: number;
  /** Ids of the schemas that were opened with this URI. */
  schemasAt(uri: string): Promise<readonly Hex[]>;
  /** All that was issued to a subject under a schema, and revoked, in the order of the events. */
  historyOf(subject: Address, schema: Hex): Promise<readonly CredentialChange[]>;
  isValid(subject: Address, schema: Hex): Promise<boolean>;
  /** Issues on chain, by an account of the network. */
  issue(from: Address, issuance: Issuance): Promise<void>;
}

export async function openCertificates(chain: Chain, contracts: Contracts): Promise<CertificateBook> {
  const { number: blockNumber, timestamp } = await chain.client.getBlock();
  const at = { ...contracts.certificates, blockNumber } as const;
  return {
    chainId: chain.id,
    block: blockNumber,
    now: Number(timestamp),
    contract: getAddress(contracts.certificates.address),
    register: getAddress(contracts.assets.address),
    certificate: (asset) => chain.client.readContract({ ...at, functionName: "certificate", args: [asset] }),
    signingKeyOf: (domain) => chain.client.readContract({ ...at, functionName: "signingKeyOf", args: [domain] }),
  };
}

export async function openCredentials(chain: Chain, contracts: Contracts): Promise<CredentialBook> {
  const registry = contracts.credentials;
  const { timestamp } = await chain.client.getBlock();
  return {
    chainId: chain.id,
    now: Number(timestamp),
    async schemasAt(uri) {
      const opened = await inPieces(chain, (fromBlock, toBlock) =>
        chain.client.getContractEvents({ ...registry, eventName: "SchemaOpened", fromBlock, toBlock, strict: true }),
      );
      return opened.filter(({ args }) => args.uri === uri).map(({ args }) => args.schema);
    },
    async historyOf(subject, schema) {
      const about = { ...registry, args: { subject, schema }, strict: true } as const;
      const logs = await inPieces(chain, async (fromBlock, toBlock) => {
        const range = { fromBlock, toBlock };
        const [issued, revoked] = await Promise.all([
          chain.client.getContractEvents({ ...about, ...range, eventName: "CredentialIssued" }),
          chain.client.getContractEvents({ ...about, ...range, eventName: "CredentialRevoked" }),
        ]);
        return [...issued, ...revoked];
      });
      return logs
        .sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex)
        .map(({ eventName, args }) =>
          eventName === "CredentialIssued" ? { kind: "issued", claimHash: args.claimHash } : { kind: "revoked" },
        );
    },
    isValid: (subject, schema) =>
      chain.client.readContract({ ...registry, functionName: "isValid", args: [subject, schema] }),
    async issue(from, issuance) {
      await send(chain, from, { ...registry, functionName: "issue", args: [issuance] });
    },
  };
}
