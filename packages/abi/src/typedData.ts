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
