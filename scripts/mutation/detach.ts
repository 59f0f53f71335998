import type { Creation } from "./graph.ts";
import type { Sources } from "./solidity.ts";
import { replaced } from "./tree.ts";

/** A contract that tests create, and the account whose code is its creation code. */
export interface Deployable {
  readonly source: string;
  readonly contract: string;
  readonly at: bigint;
}

const HELPER = "mutation/create.sol";
const FIRST = 0xc0de_0000n;

const CREATE = `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

function createFrom(uint160 at, bytes memory arguments) returns (address payable created) {
    bytes memory code = bytes.concat(address(at).code, arguments);
    assembly ("memory-safe") {
        created := create(0, add(code, 32), mload(code))
        if iszero(created) {
            let free := mload(64)
            returndatacopy(free, 0, returndatasize())
            revert(free, returndatasize())
        }
    }
}
`;

/**
 * Tests that take the creation code of contracts from accounts instead of carrying it: one compiled test then serves all
 * mutants, and a mutant is compiled without the tests.
 */
export function detach(
  sources: Sources,
  creations: readonly Creation[],
): { readonly sources: Sources; readonly deployables: readonly Deployable[] } {
  const keys = [...new Set(creations.map(keyOf))].sort();
  const detached: Record<string, string> = { ...sources, [HELPER]: CREATE };
  for (const file of new Set(creations.map((creation) => creation.file))) {
    const own = creations.filter((creation) => creation.file === file);
    const text = rewrite(sources[file]!, own, (creation) => FIRST + BigInt(keys.indexOf(keyOf(creation))));
    // At the end, so that line numbers stay.
    detached[file] = `${text}\nimport {createFrom} from "${HELPER}";\n`;
  }
  const deployables = keys.map((key, i) => {
    const [source, contract] = key.split(":");
    return { source: source!, contract: contract!, at: FIRST + BigInt(i) };
  });
  return { sources: detached, deployables };
}

const keyOf = ({ source, contract }: Creation) => `${source}:${contract}`;

/** Creations may stand in the arguments of others, so what is around the arguments is edited, and they stay. */
function rewrite(text: string, creations: readonly Creation[], at: (creation: Creation) => bigint): string {
  return replaced(
    text,
    creations.flatMap((creation) => {
      const { start, end, args, contract } = creation;
      const open = `${contract}(createFrom(${at(creation)}, abi.encode(`;
      if (args.length === 0) return [{ start, end, after: `${open})))` }];
      return [
        { start, end: args[0]!.start, after: open },
        ...args.flatMap(({ cast, ...arg }, i) => [
          ...(i === 0 ? [] : [{ start: args[i - 1]!.end, end: arg.start, after: ", " }]),
          ...(cast === undefined
            ? []
            : [
                { start: arg.start, end: arg.start, after: `${cast}(` },
                { start: arg.end, end: arg.end, after: ")" },
              ]),
        ]),
        { start: args.at(-1)!.end, end, after: ")))" },
      ];
    }),
  );
}
