import type { Node } from "./solidity.ts";
import { asNode, asNodes, nodesOf, rangeOf } from "./tree.ts";

/** `new Contract(…)` in a test, of a contract that is not part of the tests. */
export interface Creation {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** Where the arguments stand; the type is named where a literal alone would be taken for a number. */
  readonly args: readonly { readonly start: number; readonly end: number; readonly cast: string | undefined }[];
  readonly contract: string;
  readonly source: string;
}

export interface Graph {
  readonly creations: readonly Creation[];
  /** The files whose code stands in the code of a file's contracts, itself included. */
  carried(file: string): ReadonlySet<string>;
  /** The files whose code runs when a test file's tests run, as far as they create it themselves. */
  run(test: string): ReadonlySet<string>;
}

interface Declaration {
  readonly file: string;
  readonly node: Node;
  readonly inLibrary: boolean;
}

/** What is inlined by reference: internal and library functions, modifiers, constants; and inherited contracts. */
export function graphOf(trees: ReadonlyMap<string, Node>): Graph {
  const declarations = declarationsOf(trees);
  const carries = new Map<string, Set<string>>();
  const creations: Creation[] = [];
  for (const [file, tree] of trees) {
    const edges = new Set<string>();
    carries.set(file, edges);
    for (const node of nodesOf(tree)) {
      for (const id of inlinedIds(node)) {
        const declaration = declarations.get(id);
        if (declaration !== undefined && (node.nodeType === "ContractDefinition" || isInlined(declaration)))
          edges.add(declaration.file);
      }
      const created = createdBy(node, declarations);
      if (created === undefined) continue;
      if (created.file.startsWith("test/") || !file.startsWith("test/")) edges.add(created.file);
      else creations.push(creation(file, node, created));
    }
  }
  const carried = (file: string) => reach([file], (at) => carries.get(at) ?? []);
  return {
    creations,
    carried,
    run: (test) =>
      reach([test], (at) => [
        ...(carries.get(at) ?? []),
        ...creations.filter(({ file }) => file === at).map(({ source }) => source),
      ]),
  };
}

function declarationsOf(trees: ReadonlyMap<string, Node>): ReadonlyMap<number, Declaration> {
  const declarations = new Map<number, Declaration>();
  for (const [file, tree] of trees)
    for (const top of asNodes(tree.nodes)) {
      const inLibrary = top.contractKind === "library";
      for (const node of nodesOf(top)) declarations.set(node.id, { file, node, inLibrary });
    }
  return declarations;
}

/** Declarations that a node may take code from: of a name, of an operator, in assembly, of the inherited contracts. */
function inlinedIds(node: Node): number[] {
  const assembly = Array.isArray(node.externalReferences)
    ? node.externalReferences.map((reference: { declaration?: unknown }) => reference.declaration)
    : [];
  const bases = Array.isArray(node.linearizedBaseContracts) ? node.linearizedBaseContracts : [];
  return [node.referencedDeclaration, node.function, ...assembly, ...bases].filter((id) => typeof id === "number");
}

function isInlined({ node, inLibrary }: Declaration): boolean {
  if (node.nodeType === "ModifierDefinition") return true;
  if (node.nodeType === "VariableDeclaration") return node.constant === true;
  if (node.nodeType !== "FunctionDefinition") return false;
  return inLibrary || node.kind === "freeFunction" || node.visibility === "internal" || node.visibility === "private";
}

function createdBy(node: Node, declarations: ReadonlyMap<number, Declaration>): Declaration | undefined {
  const expression = node.nodeType === "FunctionCall" ? asNode(node.expression) : undefined;
  if (expression?.nodeType !== "NewExpression") return undefined;
  const declaration = declarations.get(Number(asNode(expression.typeName)?.referencedDeclaration));
  return declaration?.node.nodeType === "ContractDefinition" ? declaration : undefined;
}

function creation(file: string, node: Node, created: Declaration): Creation {
  const [start, end] = rangeOf(node);
  const constructorNode = asNodes(created.node.nodes).find(({ kind }) => kind === "constructor");
  const parameters = asNodes(asNode(constructorNode?.parameters)?.parameters);
  const args = asNodes(node.arguments).map((argument, i) => {
    const [from, to] = rangeOf(argument);
    const { typeString = "" } = (parameters[i]?.typeDescriptions ?? {}) as { readonly typeString?: string };
    return { start: from, end: to, cast: /^bytes\d+$/.test(typeString) ? typeString : undefined };
  });
  return { file, start, end, args, contract: String(created.node.name), source: created.file };
}

function reach(from: readonly string[], next: (file: string) => Iterable<string>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...from];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    open.push(...next(file));
  }
  return reached;
}
