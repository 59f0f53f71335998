import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type Address, type Hex, toHex } from "viem";
import { EXAMPLE_SCHEMA } from "../../scripts/documents/demonstration.ts";
import { DocumentError } from "../../scripts/documents/errors.ts";
import { isObject, type JsonObject } from "../../scripts/documents/json.ts";
import { keyOfSeed } from "../../scripts/documents/keys.ts";
import type { ReasonCode } from "../../scripts/documents/reasons.ts";
import type {
  Certificate,
  CertificateBook,
  CredentialBook,
  CredentialChange,
  Issuance,
} from "../../scripts/documents/registries.ts";

export const CHAIN_ID = 31_337;
/** 2026-06-01. */
export const NOW = 1_780_272_000;
/** Hardhat's account "alice", whom the committed example is about. */
export const ALICE: Address = "0xdF3e18d64BC6A983f673Ab319CCaE4f1a57C7097";
export const SCHEMA = `0x${"5c".repeat(32)}` as const;
export const ZERO_HASH = `0x${"00".repeat(32)}` as const;
export const EXAMPLE_FILE = join(import.meta.dirname, "../../docs/examples/credential.json");

export const readExample = () => JSON.parse(readFileSync(EXAMPLE_FILE, "utf8")) as Example;

export interface Example extends JsonObject {
  readonly issuer: string;
  readonly credentialSubject: { readonly id: string };
  readonly proof: JsonObject;
}

/** The refusal of a call, with the code that it must have. */
export async function refusal(run: () => unknown, code: ReasonCode): Promise<DocumentError> {
  let error: unknown;
  try {
    await run();
  } catch (reason) {
    error = reason;
  }
  expect(error).to.be.instanceOf(DocumentError);
  expect((error as DocumentError).code, (error as DocumentError).message).to.equal(code);
  return error as DocumentError;
}

export const REGISTRAR = keyOfSeed(new Uint8Array(32).fill(7));
export const STRANGER = keyOfSeed(new Uint8Array(32).fill(8));

export const ASSET = BigInt(`0x0${"7e".repeat(31)}3`);

/** The largest values wherever a number must not be rounded. */
export const CERTIFICATE: Certificate = {
  number: 2n ** 64n - 1n,
  status: 1,
  domain: 330_000,
  registrar: "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955",
  holder: "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f",
  operator: "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720",
  issuedAt: NOW - 1_000,
  validUntil: NOW + 94_608_000,
  latestRelease: 3,
  releaseHash: `0x${"9c".repeat(32)}`,
  termsHash: `0x${"52".repeat(32)}`,
  fractions: 2n ** 64n - 2n,
  currency: "0xc5a5C42992dECbae36851359345FE25997F5C42d",
  policy: 2n ** 56n - 1n,
  policyVersion: 4,
  noticeEndedAt: NOW - 2_000,
};

export function certificateBook(
  changes: Partial<Certificate> = {},
  { key = toHex(REGISTRAR.publicKey), ...rest }: { key?: Hex } & Partial<CertificateBook> = {},
): CertificateBook {
  const certificate = { ...CERTIFICATE, ...changes };
  return {
    chainId: CHAIN_ID,
    block: 128n,
    now: NOW,
    contract: "0x959922bE3CAee4b8Cd9a407cc3ac1C251C2007B1",
    register: "0x322813Fd9A801c5507c9de605d63CEA4f2CE6c44",
    certificate: async (asset) => (asset === ASSET ? certificate : { ...CERTIFICATE, status: 0 }),
    signingKeyOf: async (domain) => (domain === certificate.domain ? key : ZERO_HASH),
    ...rest,
  };
}

export interface CredentialStage extends CredentialBook {
  readonly issued: { readonly from: Address; readonly issuance: Issuance }[];
}

export function credentialBook(
  changes: Partial<CredentialBook> & { history?: CredentialChange[]; schemas?: Record<string, Hex[]> } = {},
): CredentialStage {
  const { history = [], schemas = { [EXAMPLE_SCHEMA.uri]: [SCHEMA] }, ...rest } = changes;
  const issued: CredentialStage["issued"] = [];
  return {
    chainId: CHAIN_ID,
    now: NOW,
    schemasAt: async (uri) => schemas[uri] ?? [],
    historyOf: async () => history,
    isValid: async () => history.at(-1)?.kind === "issued",
    async issue(from, issuance) {
      issued.push({ from, issuance });
    },
    issued,
    ...rest,
  };
}

/** Each place of a document that holds a single value. */
export function leaves(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (Array.isArray(value)) return value.flatMap((part, i) => leaves(part, [...path, i]));
  if (isObject(value)) return Object.entries(value).flatMap(([member, part]) => leaves(part, [...path, member]));
  return [path];
}

/** A copy of a document with another value in one place. */
export function changed<T>(document: T, path: readonly (string | number)[], change: (value: unknown) => unknown): T {
  const copy = structuredClone(document);
  let place = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) place = place[step] as Record<string | number, unknown>;
  const last = path.at(-1)!;
  const value = change(place[last]);
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

/** A folder that lives as long as the test that calls `run`. */
export async function inFolder<T>(run: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "cadastre-"));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
