import { type Address, fromHex, getAddress, type Hex, toHex } from "viem";
import { z } from "zod/v4";
import { assetUri, didOfAccount } from "./accounts.ts";
import { dateTimeOf } from "./dates.ts";
import { DocumentError } from "./errors.ts";
import { canonical, isObject, type JsonObject, withoutProof } from "./json.ts";
import type { SigningKey } from "./keys.ts";
import { type DidKey, didOf, verificationMethodOf } from "./multikey.ts";
import { addProof } from "./proof.ts";
import type { ReasonCode } from "./reasons.ts";
import type { Certificate, CertificateBook } from "./registries.ts";
import { CREDENTIALS_V2, checkSecured, parsed } from "./verifiableCredential.ts";

const TERMS = "https://cadastre.example/terms#";
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NO_KEY = 0n;

const text = (name: string) => ({ "@id": `${TERMS}${name}` });
const typed = (name: string, type: string) => ({ "@id": `${TERMS}${name}`, "@type": type });

/** The certificate's own terms, inline: nothing has to be fetched to understand it. */
const CONTEXT = {
  "@version": 1.1,
  "@protected": true,
  DataRegistrationCertificate: `${TERMS}DataRegistrationCertificate`,
  CertificateOnChain: {
    "@id": `${TERMS}CertificateOnChain`,
    "@context": {
      chainId: typed("chainId", `${XSD}integer`),
      contract: text("contract"),
      asset: text("asset"),
    },
  },
  DataAsset: `${TERMS}DataAsset`,
  account: typed("account", "@id"),
  number: typed("number", `${XSD}integer`),
  registrationDomain: typed("registrationDomain", `${XSD}integer`),
  holder: typed("holder", "@id"),
  operator: typed("operator", "@id"),
  latestRelease: typed("latestRelease", `${XSD}integer`),
  releaseHash: text("releaseHash"),
  termsHash: text("termsHash"),
  fractions: typed("fractions", `${XSD}integer`),
  currency: typed("currency", "@id"),
  policy: typed("policy", `${XSD}integer`),
  policyVersion: typed("policyVersion", `${XSD}integer`),
  noticeEndedAt: typed("noticeEndedAt", `${XSD}dateTime`),
} as const;

const REFUSED: Readonly<Record<number, ReasonCode>> = {
  0: "certificate_unknown",
  2: "certificate_expired",
  3: "certificate_suspended",
  4: "certificate_struck_off",
  5: "certificate_withdrawn",
};
const VALID = 1;

/** Where a certificate's status stands. Numbers that JavaScript cannot hold exactly are texts. */
const status = z.looseObject({
  type: z.literal("CertificateOnChain"),
  chainId: z.int().positive(),
  contract: z.string(),
  asset: z.string().regex(/^0x[0-9a-f]{64}$/, "must be 0x and 64 lower-case digits"),
});

/**
 * The document that a valid registration deserves, not signed yet. It follows from the chain alone, so that whoever checks one
 * can make it again and compare.
 */
export function certificateDocument(book: CertificateBook, asset: bigint, certificate: Certificate, did: DidKey) {
  const { chainId, contract, register } = book;
  const account = (address: Address) => didOfAccount(chainId, address);
  const assetHex = toHex(asset, { size: 32 });
  const id = assetUri(chainId, register, asset);
  return {
    "@context": [CREDENTIALS_V2, CONTEXT],
    type: ["VerifiableCredential", "DataRegistrationCertificate"],
    name: [
      { "@value": "Data Registration Certificate", "@language": "en" },
      { "@value": "数据登记凭证", "@language": "zh" },
    ],
    issuer: { id: did, account: account(certificate.registrar) },
    validFrom: dateTimeOf(certificate.issuedAt),
    validUntil: dateTimeOf(certificate.validUntil),
    credentialSubject: {
      id,
      type: "DataAsset",
      number: String(certificate.number),
      registrationDomain: certificate.domain,
      holder: account(certificate.holder),
      operator: account(certificate.operator),
      latestRelease: certificate.latestRelease,
      releaseHash: certificate.releaseHash,
      termsHash: certificate.termsHash,
      fractions: String(certificate.fractions),
      currency: account(certificate.currency),
      policy: String(certificate.policy),
      policyVersion: certificate.policyVersion,
      // No notice was held where there is no such time.
      ...(certificate.noticeEndedAt === 0 ? {} : { noticeEndedAt: dateTimeOf(certificate.noticeEndedAt) }),
    },
    credentialStatus: {
      type: "CertificateOnChain",
      chainId,
      contract: getAddress(contract),
      asset: assetHex,
    },
  };
}

export type CertificateDocument = ReturnType<typeof makeCertificate>;

/** The signed document. Its date is block time, so that the same block gives the same document. */
function makeCertificate(book: CertificateBook, asset: bigint, certificate: Certificate, key: SigningKey) {
  const did = didOf(key.publicKey);
  return addProof(certificateDocument(book, asset, certificate, did), key, {
    verificationMethod: verificationMethodOf(did),
    created: dateTimeOf(book.now),
  });
}

/**
 * Reads a valid registration and signs its certificate.
 *
 * @throws DocumentError if there is none in force, or the key is not the registrar's on chain
 */
export async function issueCertificate(
  book: CertificateBook,
  asset: bigint,
  key: SigningKey,
): Promise<CertificateDocument> {
  const certificate = await book.certificate(asset);
  checkStatus(certificate);
  const did = await registrarDid(book, certificate.domain);
  if (did !== didOf(key.publicKey)) throw new DocumentError("key_mismatch", didOf(key.publicKey));
  return makeCertificate(book, asset, certificate, key);
}

/**
 * Checks a certificate against the chain: the signature, the registrar's key, the status now, and each value.
 *
 * @throws DocumentError
 */
export async function checkCertificate(document: unknown, book: CertificateBook): Promise<Certificate> {
  const { credential, document: signed } = checkSecured(document, book.now);
  const { chainId, contract, asset: assetHex } = parsed(status, credential.credentialStatus);
  if (chainId !== book.chainId) throw new DocumentError("wrong_chain", `${chainId}, this chain is ${book.chainId}`);
  if (contract !== getAddress(book.contract)) throw new DocumentError("wrong_contract", contract);
  const asset = fromHex(assetHex as Hex, "bigint");
  const certificate = await book.certificate(asset);
  if (certificate.status === 0) throw new DocumentError("certificate_unknown");
  const did = await registrarDid(book, certificate.domain);
  if (credential.issuer.id !== did) throw new DocumentError("key_mismatch", credential.issuer.id);
  checkStatus(certificate);
  const differences = compare(withoutProof(signed), certificateDocument(book, asset, certificate, did));
  if (differences.length > 0) throw new DocumentError("value_differs", differences.join("; "));
  return certificate;
}

/** @throws DocumentError unless the registration is in force */
function checkStatus({ status, number }: Certificate): void {
  if (status === VALID) return;
  throw new DocumentError(REFUSED[status] ?? "certificate_unknown", status === 0 ? undefined : `number ${number}`);
}

async function registrarDid(book: CertificateBook, domain: number): Promise<DidKey> {
  const key = await book.signingKeyOf(domain);
  if (fromHex(key, "bigint") === NO_KEY) throw new DocumentError("key_unset", `domain ${domain}`);
  return didOf(fromHex(key, "bytes"));
}

/** Each place where two documents differ, by the path of the member. */
function compare(stated: unknown, expected: unknown, path = ""): string[] {
  if (isObject(stated) && isObject(expected)) {
    const members = new Set([...Object.keys(expected), ...Object.keys(stated)]);
    return [...members].flatMap((member) => compareMember(stated, expected, member, path));
  }
  if (expected === undefined) return [`${path} is not on chain`];
  if (stated === undefined) return [`${path} is missing`];
  if (canonical(stated) === canonical(expected)) return [];
  return [`${path} is ${canonical(stated)}, on chain ${canonical(expected)}`];
}

function compareMember(stated: JsonObject, expected: JsonObject, member: string, path: string): string[] {
  const at = path === "" ? member : `${path}.${member}`;
  return compare(own(stated, member), own(expected, member), at);
}

const own = (object: JsonObject, member: string) => (Object.hasOwn(object, member) ? object[member] : undefined);
