import { DEPLOYED, type DeployedName } from "./deployed.ts";
import type { AstNode, SolcOutput } from "./solc.ts";

interface RestrictedFunction {
  readonly contract: DeployedName;
  readonly name: string;
  readonly selector: string;
}

/** Each function of our contracts that are deployed which asks the AccessManager, inherited ones as well. */
export function restrictedFunctions(sources: SolcOutput["sources"]): RestrictedFunction[] {
  const definitions = new Map<number, AstNode>();
  for (const { ast } of Object.values(sources)) {
    for (const node of ast.nodes ?? []) if (node.nodeType === "ContractDefinition") definitions.set(node.id, node);
  }
  return (Object.entries(DEPLOYED) as [DeployedName, string][])
    .filter(([, path]) => !path.startsWith("@"))
    .flatMap(([contract, path]) => {
      const definition = sources[path]?.ast.nodes?.find((node) => node.name === contract);
      const bases = definition?.linearizedBaseContracts ?? [];
      return bases
        .flatMap((id) => definitions.get(id)?.nodes ?? [])
        .filter(({ modifiers }) => modifiers?.some(({ modifierName }) => modifierName.name === "restricted") === true)
        .map(({ name, functionSelector }) => ({ contract, name: name!, selector: `0x${functionSelector}` }));
    });
}
