import { id } from "ethers";

/** A role of `contracts/access/Roles.sol`, who gets it, and behind which delay. */
interface Role {
  readonly id: bigint;
  readonly accountParameter: string;
  readonly delayParameter?: string;
  /** Whether a guardian may cancel what its members schedule. */
  readonly guarded: boolean;
}

export type RoleName = "ADMIN" | "AUTHORITY" | "STEWARD" | "SUPERVISOR" | "ENFORCER" | "GUARDIAN";

/** The same names and numbers as `contracts/access/Roles.sol`; a test holds the two together. */
export const ROLES: Record<RoleName, Role> = {
  ADMIN: { id: 0n, accountParameter: "admin", delayParameter: "adminDelay", guarded: false },
  AUTHORITY: { id: 1n, accountParameter: "authority", guarded: false },
  STEWARD: { id: 2n, accountParameter: "steward", delayParameter: "stewardDelay", guarded: true },
  SUPERVISOR: { id: 3n, accountParameter: "supervisor", guarded: false },
  ENFORCER: { id: 4n, accountParameter: "enforcer", delayParameter: "enforcerDelay", guarded: true },
  GUARDIAN: { id: 5n, accountParameter: "guardian", guarded: false },
};

const selector = (signature: string) => id(signature).slice(0, 10);

/** Which role each restricted function needs. */
export const FUNCTION_ROLES: readonly {
  contract: "participants" | "currencies" | "assets" | "market";
  role: RoleName;
  selectors: string[];
}[] = [
  { contract: "participants", role: "AUTHORITY", selectors: [selector("openDomain(uint32,address,string)")] },
  { contract: "participants", role: "STEWARD", selectors: [selector("changeRegistrar(uint32,address)")] },
  {
    contract: "currencies",
    role: "AUTHORITY",
    selectors: [selector("admit(address,address,uint256)"), selector("dismiss(address)")],
  },
  {
    contract: "assets",
    role: "STEWARD",
    selectors: [selector("admitPolicy(address)"), selector("setDerivationGate(address)")],
  },
  {
    contract: "assets",
    role: "SUPERVISOR",
    selectors: [
      selector("suspendAsset(uint256,bytes32)"),
      selector("reinstateAsset(uint256,bytes32)"),
      selector("setFrozenTokens(address,uint256,uint256)"),
    ],
  },
  {
    contract: "assets",
    role: "ENFORCER",
    selectors: [selector("forcedTransfer(address,address,uint256,uint256)")],
  },
  { contract: "market", role: "STEWARD", selectors: [selector("setFee(uint16,address)")] },
];
