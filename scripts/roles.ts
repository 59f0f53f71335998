// Who may do what, rebuilt from the chain's own events.
import { parseArgs } from "node:util";
import { type Abi, getAddress, type Hex, toFunctionSelector } from "viem";
import { SYSTEM_NAMES } from "./lib/deployed.ts";
import { type Access, delaysAt, inPieces, readAccess } from "./support/access.ts";
import { nameOf } from "./support/accounts.ts";
import { type Chain, openChain } from "./support/chain.ts";
import { blockTime } from "./support/clock.ts";
import type { Contracts } from "./support/contracts.ts";
import { deployedContracts } from "./support/deployment.ts";
import { main } from "./support/problem.ts";
import { table } from "./support/table.ts";

const PUBLIC_ROLE = 2n ** 64n - 1n;

const HELP = `npm run roles [-- OPTIONS]

  --network NAME  a network of hardhat.config.ts (default: localhost)
  --help
`;

export interface Registrar {
  readonly domain: number;
  readonly name: string;
  readonly registrar: `0x${string}`;
}

/** Domains in the order in which they were opened, each with its present registrar. */
export async function readRegistrars(chain: Chain, { participants }: Contracts): Promise<Registrar[]> {
  const logs = await inPieces(chain, (fromBlock, toBlock) =>
    chain.client.getContractEvents({ ...participants, fromBlock, toBlock, strict: true }),
  );
  const domains = new Map<number, Registrar>();
  for (const { eventName, args } of logs) {
    if (eventName === "DomainOpened")
      domains.set(args.domain, { domain: args.domain, name: args.name, registrar: args.registrar });
    const known = eventName === "RegistrarChanged" ? domains.get(args.domain) : undefined;
    if (eventName === "RegistrarChanged" && known !== undefined)
      domains.set(args.domain, { ...known, registrar: args.to });
  }
  return [...domains.values()];
}

/** The tables that `npm run roles` prints. */
export async function describeRoles(chain: Chain, contracts: Contracts): Promise<string> {
  const access = await readAccess(chain, contracts.manager.address);
  const registrars = await readRegistrars(chain, contracts);
  const domains = registrars.map(({ domain, name, registrar }) => [String(domain), name, person(chain, registrar)]);
  return [
    table(
      ["role", "number", "held by", "acts after", "guardian", "granted by"],
      roleRows(chain, access, await blockTime(chain)),
    ),
    table(["contract", "function", "needs"], functionRows(access, contracts)),
    table(
      ["domain", "name", "registrar: admits, suspends, revokes; decides, certifies; proposes moves, successors"],
      domains,
    ),
  ].join("\n\n");
}

function roleRows(chain: Chain, { roles }: Access, now: number): string[][] {
  return [...roles]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, { members, guardian, admin, grantDelay }]) => {
      const byRole = grantDelay === 0 ? roleName(roles, admin) : `${roleName(roles, admin)}, ${grantDelay} s later`;
      const tail = [roleName(roles, guardian), byRole];
      if (members.size === 0) return [[roleName(roles, id), String(id), "nobody", "", ...tail]];
      return [...members].map(([account, member]) => {
        const { delay, next } = delaysAt(member, now);
        const pending = next === undefined ? "" : `, ${next.delay} s from block time ${next.at}`;
        const start = member.since > now ? ` from block time ${member.since}` : "";
        return [roleName(roles, id), String(id), `${person(chain, account)}${start}`, `${delay} s${pending}`, ...tail];
      });
    });
}

function functionRows({ roles, targets }: Access, contracts: Contracts): string[][] {
  return SYSTEM_NAMES.flatMap((name) => {
    const { address, abi } = contracts[name];
    const target = targets.get(getAddress(address));
    const notes = [
      ...(target?.closed === true ? [[name, "everything", "closed"]] : []),
      ...(target !== undefined && target.adminDelay > 0
        ? [[name, "changes to its roles", `ADMIN, ${target.adminDelay} s later`]]
        : []),
    ];
    const functions = [...(target?.functions ?? [])].map(([selector, role]) => [
      name,
      functionName(abi, selector),
      roleName(roles, role),
    ]);
    return [...notes, ...functions];
  });
}

function roleName(roles: Access["roles"], id: bigint): string {
  if (id === 0n) return "ADMIN";
  if (id === PUBLIC_ROLE) return "anyone";
  return roles.get(id)?.label ?? `role ${id}`;
}

function functionName(abi: Abi, selector: Hex): string {
  const found = abi.find((item) => item.type === "function" && toFunctionSelector(item) === selector);
  return found !== undefined && "name" in found ? found.name : selector;
}

function person(chain: Chain, address: `0x${string}`): string {
  const name = nameOf(chain.accounts, address);
  return name === address ? address : `${name} ${address}`;
}

if (import.meta.main) {
  await main(async () => {
    const { values } = parseArgs({
      options: { network: { type: "string", default: "localhost" }, help: { type: "boolean", default: false } },
    });
    if (values.help) return console.log(HELP);
    const chain = await openChain(values.network);
    console.log(await describeRoles(chain, await deployedContracts(chain)));
  });
}
