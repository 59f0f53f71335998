import type { System } from "../support/deploy.ts";

/** Accounts and contracts that call; each function is tried by all of them. */
export const CALLERS = [
  ...["admin", "authority", "steward", "supervisor", "guardian", "treasury", "deployer"],
  ...["registrar", "otherRegistrar", "owner", "operator", "alice", "bob", "carol", "mallory"],
  ...["manager", "assets", "policies", "notice", "supervision", "votes", "market"],
  ...["disputes", "subscriptions"],
] as const satisfies readonly (keyof System)[];

export type Caller = (typeof CALLERS)[number];

/** Who is not refused, and the error that refuses everybody else. Without an error, nobody is refused for who it is. */
export interface Row {
  readonly may: readonly Caller[] | "anyone";
  readonly refusal?: string;
}

const only = (refusal: string, ...may: Caller[]): Row => ({ may, refusal });
const anyone: Row = { may: "anyone" };

const role = (member: Caller) => only("AccessManagedUnauthorized", member);
const [admin, authority, steward, supervisor] = [role("admin"), role("authority"), role("steward"), role("supervisor")];
/** Another manager is named by the present one. */
const setAuthority = role("manager");
const active = (refusal: string) => only(refusal, "owner", "operator", "alice", "bob");
const office = (name: Caller) => only("Assets_OnlyOffice", name);
const ofRegister = only("Offices_NotRegister", "assets");
const licensee = only("Licences_NotLicensee", "bob");
const custodian = only("Licences_NotCustodian", "alice");
const byDisputes = only("Licences_OnlyDisputes", "disputes");
const subscriber = only("Subscriptions_NotLicensee", "bob");
const payee = only("Payments_NotPayee", "owner");
const administration = only("AccessManagerUnauthorizedAccount", "admin");

/**
 * The permission matrix: one row for each function that changes anything. `owner` holds the asset and the credential that the
 * calls name, `operator` operates it, `bob` objected and bought a licence whose key `alice` owes, `carol` is an accredited issuer
 * and no participant.
 */
export const MATRIX: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  manager: {
    ...{ cancel: anyone, consumeScheduledOp: anyone, execute: anyone, multicall: anyone, schedule: anyone },
    ...{ renounceRole: only("AccessManagerBadConfirmation", "owner"), grantRole: administration },
    ...{ labelRole: administration, revokeRole: administration, setGrantDelay: administration },
    ...{ setRoleAdmin: administration, setRoleGuardian: administration, setTargetAdminDelay: administration },
    ...{ setTargetClosed: administration, setTargetFunctionRole: administration, updateAuthority: administration },
  },
  participants: {
    ...{ setAuthority, openDomain: authority, changeRegistrar: steward, recordSuccessor: anyone },
    ...{ objectToSuccession: only("Participants_NoSuccessionProposed", "owner") },
    ...Object.fromEntries(
      ["admit", "suspend", "reinstate", "revoke", "proposeSuccessor", "withdrawSuccessor"].map((name) => [
        name,
        only("Participants_NotRegistrar", "registrar"),
      ]),
    ),
  },
  credentials: {
    ...{ setAuthority, openSchema: authority, accredit: authority, withdrawAccreditation: authority },
    ...{ issue: only("Credentials_NotAccredited", "carol"), issueBySignature: anyone, cancelNonce: anyone },
    ...{ renew: only("Credentials_NotIssuer", "carol"), revoke: only("Credentials_NotIssuer", "carol") },
  },
  currencies: { setAuthority, admit: authority, dismiss: authority },
  policies: {
    ...{ setAuthority, setRegister: admin, admit: steward, enact: anyone },
    propose: only("Assets_NotHolder", "owner", "operator"),
  },
  notice: {
    ...{ setAuthority, setRegister: admin, setTerms: steward, begin: ofRegister, close: anyone, lapse: anyone },
    ...{ object: active("Notice_Inactive"), showDuplicate: only("Notice_NotObjector", "bob") },
    ...{ decide: only("Notice_NotRegistrar", "registrar"), withdraw: only("Notice_NotPayee", "owner") },
  },
  supervision: {
    ...{ setAuthority, setRegister: admin, lift: anyone },
    ...{ freeze: supervisor, release: supervisor, suspend: supervisor, reinstate: supervisor },
    carryOutMove: supervisor,
    proposeMove: only("Supervision_NotRegistrar", "registrar"),
    withdrawMove: only("Supervision_NotRegistrar", "registrar"),
  },
  votes: {
    ...{ setAuthority, setRegister: admin, trim: ofRegister, replace: anyone },
    ...{ vote: active("Votes_Inactive"), withdraw: only("Votes_NothingLocked", "alice") },
  },
  certificates: {
    ...{ issue: only("Certificates_NotRegistrar", "registrar"), renew: only("Certificates_NotRegistrar", "registrar") },
    withdraw: only("Certificates_NotRegistrar", "registrar"),
    setSigningKey: only("Certificates_NotRegistrar", "registrar"),
  },
  assets: {
    ...{ setAuthority, setDerivationGate: steward },
    ...{ register: only("Assets_NotHolder", "owner"), retire: only("Assets_NotHolder", "owner") },
    ...{ publish: only("Assets_NotOperator", "operator"), withdrawExcess: only("Assets_NotPayee", "owner") },
    ...{ claim: active("Assets_Inactive"), distribute: anyone, pushDue: anyone, handOver: anyone },
    ...{ endNotice: office("notice"), strike: office("notice"), setPolicy: office("policies") },
    ...{ replaceOperator: office("votes"), setLocked: office("votes"), setSuspended: office("supervision") },
    ...{ setFrozenTokens: office("supervision"), forcedTransfer: office("supervision"), setApprovalForAll: anyone },
    // The owner has approved the market.
    safeTransferFrom: only("ERC1155MissingApprovalForAll", "owner", "market"),
    safeBatchTransferFrom: only("ERC1155MissingApprovalForAll", "owner", "market"),
  },
  jurisdiction: { setAuthority, setProfile: steward },
  provenance: { openStream: active("Provenance_Inactive"), append: active("Provenance_Inactive") },
  licences: {
    ...{ setAuthority, setFee: steward, connect: admin, admit: only("Licences_OnlySubscriptions", "subscriptions") },
    ...{ post: only("Licences_NotOperator", "operator"), revoke: only("Licences_NotOperator", "operator") },
    // It ends the caller's own offers.
    cancelOffer: anyone,
    ...{ buy: licensee, buyWithPermit: licensee, renew: licensee, choose: anyone },
    ...{ deliver: custodian, deliverMany: custodian, grantAccess: custodian, consume: custodian },
    ...{ settle: anyone, refund: anyone, depositBond: anyone, withdrawBond: anyone, withdraw: payee },
    ...{ rule: byDisputes, demand: byDisputes, answer: byDisputes },
  },
  disputes: {
    ...{ disputeKey: anyone, disputeContent: anyone, closeDemand: anyone },
    ...{ demandBlock: only("Disputes_NotLicensee", "bob"), answerBlock: only("Disputes_NotCustodian", "alice") },
  },
  subscriptions: {
    ...{ subscribe: subscriber, subscribeWithPermit: subscriber, cancel: subscriber, withdraw: payee },
    ...{ open: anyone, earn: anyone, close: anyone },
    ...{ post: only("Subscriptions_NotOperator", "operator"), revoke: only("Subscriptions_NotOperator", "operator") },
  },
  market: {
    ...{ setAuthority, setFee: steward, fill: anyone, fillWithPermit: anyone, fillMany: anyone, matchOrders: anyone },
    ...{ fillFor: only("Market_OnlyItself", "market"), post: only("Market_NotMaker", "owner") },
    // They end the caller's own orders.
    ...{ cancel: anyone, cancelAll: anyone },
  },
  consents: {},
  gate: {},
};
