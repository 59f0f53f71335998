import { accessManagerAbi } from "@cadastre/abi";
import { type Address, type ContractEventName, type GetContractEventsReturnType, getAddress, type Hex } from "viem";
import type { Chain } from "./chain.ts";

/** Networks limit the size of an answer, so logs are fetched in pieces. */
const BLOCKS_AT_ONCE = 5_000n;

export type AccessLog = GetContractEventsReturnType<
  typeof accessManagerAbi,
  ContractEventName<typeof accessManagerAbi>,
  true
>[number];

export interface Member {
  /** Seconds that must pass between scheduling and execution. */
  readonly delay: number;
  /** A delay that was set and is not in effect yet. */
  readonly next?: { readonly delay: number; readonly at: number };
  /** Block time from which the membership holds. */
  readonly since: number;
}

export interface Role {
  label?: string;
  admin: bigint;
  guardian: bigint;
  grantDelay: number;
  members: Map<Address, Member>;
}

export interface Target {
  closed: boolean;
  adminDelay: number;
  /** Role by selector; what is not listed needs ADMIN. */
  functions: Map<Hex, bigint>;
}

/** Who may do what, as the events of an AccessManager say. */
export interface Access {
  readonly roles: Map<bigint, Role>;
  readonly targets: Map<Address, Target>;
}

/** A member's delay at a block time, and the one that is still to come. */
export function delaysAt(
  { delay, next }: Member,
  now: number,
): { readonly delay: number; readonly next?: { delay: number; at: number } } {
  if (next === undefined) return { delay };
  return next.at <= now ? { delay: next.delay } : { delay, next };
}

/** Calls `fetch` for consecutive ranges of blocks, up to the latest. */
export async function inPieces<T>(
  { client }: Chain,
  fetch: (fromBlock: bigint, toBlock: bigint) => Promise<readonly T[]>,
): Promise<T[]> {
  const latest = await client.getBlockNumber({ cacheTime: 0 });
  const found: T[] = [];
  for (let from = 0n; from <= latest; from += BLOCKS_AT_ONCE) {
    const to = from + BLOCKS_AT_ONCE - 1n;
    found.push(...(await fetch(from, to < latest ? to : latest)));
  }
  return found;
}

export async function readAccess(chain: Chain, manager: Address): Promise<Access> {
  const logs = await inPieces(chain, (fromBlock, toBlock) =>
    chain.client.getContractEvents({ address: manager, abi: accessManagerAbi, fromBlock, toBlock, strict: true }),
  );
  const changes = logs.filter(({ eventName, args }) => eventName === "RoleGranted" && !args.newMember);
  const times = new Map<bigint, number>();
  for (const blockNumber of new Set(changes.map((log) => log.blockNumber))) {
    times.set(blockNumber, Number((await chain.client.getBlock({ blockNumber })).timestamp));
  }
  return rebuildAccess(logs, times);
}

/**
 * Replays the events of an AccessManager, in their order.
 *
 * @param times block time by block, at least where a member's delay is changed: an earlier change may be in effect by then
 */
function rebuildAccess(logs: readonly AccessLog[], times: ReadonlyMap<bigint, number>): Access {
  const roles = new Map<bigint, Role>();
  const targets = new Map<Address, Target>();
  const roleOf = (id: bigint) =>
    entry(roles, id, (): Role => ({ admin: 0n, guardian: 0n, grantDelay: 0, members: new Map() }));
  const targetOf = (target: Address) =>
    entry(targets, getAddress(target), (): Target => ({ closed: false, adminDelay: 0, functions: new Map() }));

  for (const { eventName, args, blockNumber } of logs) {
    switch (eventName) {
      case "RoleLabel":
        roleOf(args.roleId).label = args.label;
        break;
      case "RoleGranted": {
        const { members } = roleOf(args.roleId);
        const account = getAddress(args.account);
        const { delay, since } = args;
        const former = members.get(account);
        if (args.newMember || former === undefined) members.set(account, { delay, since });
        else
          members.set(account, {
            ...delaysAt(former, times.get(blockNumber) ?? 0),
            since: former.since,
            next: { delay, at: since },
          });
        break;
      }
      case "RoleRevoked":
        roleOf(args.roleId).members.delete(getAddress(args.account));
        break;
      case "RoleAdminChanged":
        roleOf(args.roleId).admin = args.admin;
        break;
      case "RoleGuardianChanged":
        roleOf(args.roleId).guardian = args.guardian;
        break;
      case "RoleGrantDelayChanged":
        roleOf(args.roleId).grantDelay = args.delay;
        break;
      case "TargetClosed":
        targetOf(args.target).closed = args.closed;
        break;
      case "TargetAdminDelayUpdated":
        targetOf(args.target).adminDelay = args.delay;
        break;
      case "TargetFunctionRoleUpdated":
        targetOf(args.target).functions.set(args.selector, args.roleId);
        break;
    }
  }
  return { roles, targets };
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const found = map.get(key) ?? create();
  map.set(key, found);
  return found;
}
