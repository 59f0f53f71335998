/**
 * What makers sign off chain (EIP-712): an order of the Marketplace. The domain also has chain and contract.
 *
 * @example
 * const domain = { ...orderTypedData.domain, chainId: 31337, verifyingContract: addresses[31337].Marketplace };
 * const signature = await wallet.signTypedData({ ...orderTypedData, domain, message: order });
 */
export const orderTypedData = {
  domain: { name: "Cadastre Market", version: "1" },
  types: {
    Order: [
      { name: "maker", type: "address" },
      { name: "taker", type: "address" },
      { name: "id", type: "uint256" },
      { name: "side", type: "uint8" },
      { name: "units", type: "uint64" },
      { name: "minFill", type: "uint64" },
      { name: "unitPrice", type: "uint128" },
      { name: "policyVersion", type: "uint32" },
      { name: "maxFeeBps", type: "uint16" },
      { name: "maxRoyaltyBps", type: "uint16" },
      { name: "maxDue", type: "uint128" },
      { name: "expiry", type: "uint48" },
      { name: "epoch", type: "uint32" },
      { name: "nonce", type: "uint64" },
    ],
  },
  primaryType: "Order",
} as const;

/** What an accredited issuer signs, for whoever sends it to the CredentialRegistry. */
export const issuanceTypedData = {
  domain: { name: "Cadastre Credentials", version: "1" },
  types: {
    DelegatedIssuance: [
      { name: "issuer", type: "address" },
      { name: "subject", type: "address" },
      { name: "schema", type: "bytes32" },
      { name: "validUntil", type: "uint48" },
      { name: "claimHash", type: "bytes32" },
      { name: "nonce", type: "uint64" },
      { name: "deadline", type: "uint48" },
    ],
  },
  primaryType: "DelegatedIssuance",
} as const;

/**
 * What the operator of a parent signs, so that the register's derivation gate, a ConsentGate or a DerivationGate, lets a child be
 * derived from it. The gate is the verifying contract.
 */
export const consentTypedData = {
  domain: { name: "Cadastre Consents", version: "1" },
  types: {
    DerivationConsent: [
      { name: "child", type: "uint256" },
      { name: "holder", type: "address" },
      { name: "parent", type: "uint256" },
      { name: "shareBps", type: "uint16" },
      { name: "deadline", type: "uint48" },
    ],
  },
  primaryType: "DerivationConsent",
} as const;

const OFFER = [
  { name: "operator", type: "address" },
  { name: "asset", type: "uint256" },
  { name: "release", type: "uint32" },
  { name: "termsHash", type: "bytes32" },
  { name: "price", type: "uint96" },
  { name: "duration", type: "uint48" },
  { name: "quota", type: "uint64" },
  { name: "credential", type: "bytes32" },
  { name: "tier", type: "uint8" },
  { name: "derivation", type: "bool" },
  { name: "custodian", type: "address" },
  { name: "bond", type: "uint96" },
  { name: "answerFee", type: "uint96" },
  { name: "deliverySeconds", type: "uint24" },
  { name: "deliveryBlocks", type: "uint24" },
  { name: "disputeSeconds", type: "uint24" },
  { name: "disputeBlocks", type: "uint24" },
  { name: "policyVersion", type: "uint32" },
  { name: "maxFeeBps", type: "uint16" },
  { name: "expiry", type: "uint48" },
  { name: "nonce", type: "uint64" },
] as const;

/** What an operator signs to sell licences (LicenceRegistry), any number of them. */
export const offerTypedData = {
  domain: { name: "Cadastre Licences", version: "1" },
  types: { Offer: OFFER },
  primaryType: "Offer",
} as const;

/** An offer, taken: its hash is the licence's id, so a licensee who signs it has signed every term. */
export const agreementTypedData = {
  domain: offerTypedData.domain,
  types: {
    Agreement: [
      { name: "offer", type: "Offer" },
      { name: "licensee", type: "address" },
      { name: "keyX", type: "uint256" },
      { name: "keyY", type: "uint256" },
      { name: "nonce", type: "uint256" },
    ],
    Offer: OFFER,
  },
  primaryType: "Agreement",
} as const;

const PLAN = [
  { name: "entry", type: "Offer" },
  { name: "rest", type: "uint96" },
  { name: "term", type: "uint48" },
] as const;

/** What an operator signs to sell subscriptions (Subscriptions). */
export const planTypedData = {
  domain: { name: "Cadastre Subscriptions", version: "1" },
  types: { Plan: PLAN, Offer: OFFER },
  primaryType: "Plan",
} as const;

/** A plan, taken: its hash is the subscription's id. */
export const subscriptionTypedData = {
  domain: planTypedData.domain,
  types: {
    Subscription: [
      { name: "plan", type: "Plan" },
      { name: "licensee", type: "address" },
      { name: "keyX", type: "uint256" },
      { name: "keyY", type: "uint256" },
      { name: "nonce", type: "uint64" },
    ],
    Plan: PLAN,
    Offer: OFFER,
  },
  primaryType: "Subscription",
} as const;
