import { type AbiParameterToPrimitiveType, encodeAbiParameters, type Hex, parseAbiParameters } from "viem";

const KIND = { none: 0, consent: 1, licence: 2 } as const;

const EVIDENCE = parseAbiParameters(["Evidence[] evidence", "struct Evidence { uint8 kind; bytes data; }"]);

const CONSENT = parseAbiParameters(["Consent consent", "struct Consent { uint48 deadline; bytes signature; }"]);

const AGREEMENT = parseAbiParameters([
  "Agreement agreement",
  "struct Agreement { Offer offer; address licensee; uint256 keyX; uint256 keyY; uint256 nonce; }",
  "struct Offer { address operator; uint256 asset; uint32 release; bytes32 termsHash; uint96 price; uint48 duration; uint64 quota; bytes32 credential; uint8 tier; bool derivation; address custodian; uint96 bond; uint96 answerFee; uint24 deliverySeconds; uint24 deliveryBlocks; uint24 disputeSeconds; uint24 disputeBlocks; uint32 policyVersion; uint16 maxFeeBps; uint48 expiry; uint64 nonce; }",
]);

type Encoded = AbiParameterToPrimitiveType<(typeof AGREEMENT)[0]>;

/** Whole numbers as viem has them (`number` up to 48 bits) or as ethers has them (`bigint`); bytes and addresses as any text. */
type Loose<T> = T extends number | bigint
  ? number | bigint
  : T extends string
    ? string
    : T extends boolean
      ? boolean
      : { readonly [Key in keyof T]: Loose<T[Key]> };

/** An agreement as it was bought: the struct that was passed to `buy`, or that the event `LicenceBought` shows. */
export type LicenceAgreement = Loose<Encoded>;

/** By what right an asset is derived from one parent. */
export type ParentEvidence =
  /** The child's holder operates the parent. */
  | { readonly kind: "none" }
  /** Its operator's signature over `consentTypedData`, with the DerivationGate as verifying contract. */
  | { readonly kind: "consent"; readonly deadline: number | bigint; readonly signature: string }
  /** A licence of the child's holder: settled, not over, and with the right of derivation. */
  | { readonly kind: "licence"; readonly agreement: LicenceAgreement };

/**
 * The field `evidence` of a derived asset's registration, for a register that asks a DerivationGate: an entry for each parent, in
 * the order of `parents`. Takes what viem and ethers give, and gives what both take.
 *
 * @example
 * const evidence = derivationEvidence([
 *   { kind: "licence", agreement },
 *   { kind: "consent", deadline, signature },
 *   { kind: "none" },
 * ]);
 * await assets.write.register([{ ...registration, parents, evidence }]); // viem
 * await assets.register({ ...registration, parents, evidence }); // ethers
 */
export function derivationEvidence(entries: readonly ParentEvidence[]): Hex {
  return encodeAbiParameters(EVIDENCE, [entries.map((entry) => ({ kind: KIND[entry.kind], data: dataOf(entry) }))]);
}

function dataOf(entry: ParentEvidence): Hex {
  switch (entry.kind) {
    case "none":
      return "0x";
    case "consent":
      return encodeAbiParameters(CONSENT, [{ deadline: Number(entry.deadline), signature: entry.signature as Hex }]);
    case "licence":
      // viem checks every value against its type, and takes either kind of number.
      return encodeAbiParameters(AGREEMENT, [entry.agreement as Encoded]);
  }
}
