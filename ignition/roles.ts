import { id } from "ethers";

/** A role of `contracts/access/Roles.sol`, who gets it, and behind which delay. */
interface Role {
  readonly id: bigint;
  readonly accountParameter: string;
  readonly delayParameter?: string;
  /** Whether a guardian may cancel what its members schedule. */
  readonly guarded: boolean;
}

export type RoleName = "ADMIN" | "AUTHORITY" | "STEWARD" | "SUPERVISOR" | "GUARDIAN";

/** The same names and numbers as `contracts/access/Roles.sol`; a test holds the two together. */
export const ROLES: Record<RoleName, Role> = {
  ADMIN: { id: 0n, accountParameter: "admin", delayParameter: "adminDelay", guarded: false },
  AUTHORITY: { id: 1n, accountParameter: "authority", guarded: false },
  STEWARD: { id: 2n, accountParameter: "steward", delayParameter: "stewardDelay", guarded: true },
  SUPERVISOR: { id: 3n, accountParameter: "supervisor", guarded: false },
  GUARDIAN: { id: 4n, accountParameter: "guardian", guarded: false },
};

const selector = (signature: string) => id(signature).slice(0, 10);

/** Which role each restricted function needs. */
export const FUNCTION_ROLES: readonly {
  contract:
    | "participants"
    | "credentials"
    | "currencies"
    | "policies"
    | "notice"
    | "supervision"
    | "assets"
    | "jurisdiction"
    | "licences"
    | "market";
  role: RoleName;
  selectors: string[];
}[] = [
  { contract: "participants", role: "AUTHORITY", selectors: [selector("openDomain(uint32,address,string)")] },
  { contract: "participants", role: "STEWARD", selectors: [selector("changeRegistrar(uint32,address)")] },
  {
    contract: "credentials",
    role: "AUTHORITY",
    selectors: [
      selector("openSchema(string,string)"),
      selector("accredit(bytes32,address)"),
      selector("withdrawAccreditation(bytes32,address,bytes32)"),
    ],
  },
  {
    contract: "currencies",
    role: "AUTHORITY",
    selectors: [selector("admit(address,address,uint256)"), selector("dismiss(address)")],
  },
  { contract: "policies", role: "STEWARD", selectors: [selector("admit(address)")] },
  {
    contract: "notice",
    role: "STEWARD",
    selectors: [selector("setTerms(uint32,((uint48,uint48),(uint48,uint48),uint32))")],
  },
  {
    contract: "supervision",
    role: "SUPERVISOR",
    selectors: [
      selector("freeze(address,uint256,uint256,bytes32)"),
      selector("release(address,uint256,bytes32)"),
      selector("suspend(uint256,bytes32)"),
      selector("reinstate(uint256,bytes32)"),
      selector("carryOutMove((address,address,uint256,uint256,bytes32))"),
    ],
  },
  { contract: "assets", role: "STEWARD", selectors: [selector("setDerivationGate(address)")] },
  { contract: "jurisdiction", role: "STEWARD", selectors: [selector("setProfile(uint32,uint8)")] },
  { contract: "licences", role: "STEWARD", selectors: [selector("setFee(uint16,address)")] },
  { contract: "market", role: "STEWARD", selectors: [selector("setFee(uint16,address)")] },
];

/** Restricted functions that stay with ADMIN, as all do that are given to no role: the deployment calls them once, for good. */
export const ADMIN_SELECTORS: readonly string[] = [
  selector("setRegister(address)"),
  selector("connect(address,address)"),
];
