import { createHash } from "node:crypto";
import type { Node } from "./solidity.ts";
import { asNode, asNodes, nodesOf, rangeOf } from "./tree.ts";

/** One change of a contract: bytes `start` to `end` of the file become `after`. */
export interface Mutant {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly operator: Operator;
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

export type Operator =
  | "boundary"
  | "relation"
  | "logic"
  | "arithmetic"
  | "condition"
  | "refusal"
  | "statement"
  | "event"
  | "modifier"
  | "answer"
  | "number";

type Slice = (start: number, end: number) => string;
type Edit = readonly [operator: Operator, start: number, end: number, after: string];

const BINARY: Readonly<Record<string, readonly (readonly [Operator, string])[]>> = {
  "<": [
    ["boundary", "<="],
    ["relation", ">="],
  ],
  "<=": [
    ["boundary", "<"],
    ["relation", ">"],
  ],
  ">": [
    ["boundary", ">="],
    ["relation", "<="],
  ],
  ">=": [
    ["boundary", ">"],
    ["relation", "<"],
  ],
  "==": [["relation", "!="]],
  "!=": [["relation", "=="]],
  "&&": [["logic", "||"]],
  "||": [["logic", "&&"]],
  "+": [["arithmetic", "-"]],
  "-": [["arithmetic", "+"]],
  "*": [["arithmetic", "/"]],
  "/": [["arithmetic", "*"]],
  "%": [["arithmetic", "/"]],
  "&": [["logic", "|"]],
  "|": [["logic", "&"]],
  "<<": [["arithmetic", ">>"]],
  ">>": [["arithmetic", "<<"]],
};

const ASSIGNMENT: Readonly<Record<string, string>> = {
  "+=": "-=",
  "-=": "+=",
  "*=": "/=",
  "/=": "*=",
  "|=": "&=",
  "&=": "|=",
};

/** Every change that the operators make to a file. */
export function mutantsOf(file: string, text: string, tree: Node): readonly Mutant[] {
  const bytes = Buffer.from(text);
  const slice = (start: number, end: number) => bytes.subarray(start, end).toString();
  const found = new Map<string, Mutant>();
  for (const node of nodesOf(tree))
    for (const [operator, start, end, after] of editsOf(node, slice)) {
      const before = slice(start, end);
      const id = createHash("sha256")
        .update(JSON.stringify([file, start, end, after]))
        .digest("hex")
        .slice(0, 12);
      const line = slice(0, start).split("\n").length;
      if (before !== after) found.set(id, { id, file, line, operator, start, end, before, after });
    }
  return [...found.values()];
}

function editsOf(node: Node, slice: Slice): readonly Edit[] {
  const [start, end] = rangeOf(node);
  switch (node.nodeType) {
    case "BinaryOperation":
      return between(node.leftExpression, node.rightExpression, String(node.operator), slice).flatMap(([from, to]) =>
        (BINARY[String(node.operator)] ?? []).map(([operator, after]): Edit => [operator, from, to, after]),
      );
    case "Assignment": {
      const after = ASSIGNMENT[String(node.operator)];
      if (after === undefined) return [];
      return between(node.leftHandSide, node.rightHandSide, String(node.operator), slice).map(
        ([from, to]): Edit => ["arithmetic", from, to, after],
      );
    }
    case "IfStatement": {
      const [from, to] = rangeOf(asNode(node.condition)!);
      const negated: Edit = ["condition", from, to, `!(${slice(from, to)})`];
      return refuses(asNode(node.trueBody)) && asNode(node.falseBody) === undefined
        ? [negated, statement("refusal", start, end, slice)]
        : [negated];
    }
    case "Conditional": {
      const [from, to] = rangeOf(asNode(node.condition)!);
      return [["condition", from, to, `!(${slice(from, to)})`]];
    }
    case "ExpressionStatement":
      return [statement("statement", start, end, slice)];
    case "EmitStatement":
      return [statement("event", start, end, slice)];
    case "ModifierInvocation":
      return node.kind === "modifierInvocation" ? [["modifier", start, end, ""]] : [];
    case "Return":
      return answers(asNode(node.expression));
    case "VariableDeclaration":
      return node.constant === true ? numbers(asNode(node.value), "- 1", slice) : [];
    case "Literal":
      return numbers(node, "+ 1", slice);
    default:
      return [];
  }
}

/** A statement's range ends before its semicolon. */
function statement(operator: Operator, start: number, end: number, slice: Slice): Edit {
  return [operator, start, slice(end, end + 1) === ";" ? end + 1 : end, "{}"];
}

/** Where an operator stands between its operands. */
function between(
  left: unknown,
  right: unknown,
  operator: string,
  slice: Slice,
): readonly (readonly [number, number])[] {
  const [, from] = rangeOf(asNode(left)!);
  const [to] = rangeOf(asNode(right)!);
  const at = slice(from, to).indexOf(operator);
  return at < 0 || /\/[/*]/.test(slice(from, to)) ? [] : [[from + at, from + at + operator.length]];
}

function refuses(body: Node | undefined): boolean {
  if (body?.nodeType === "RevertStatement") return true;
  const statements = body?.nodeType === "Block" ? asNodes(body.statements) : [];
  return statements.length === 1 && statements[0]!.nodeType === "RevertStatement";
}

function answers(expression: Node | undefined): readonly Edit[] {
  if (expression === undefined) return [];
  const [start, end] = rangeOf(expression);
  const { typeString } = expression.typeDescriptions as { readonly typeString?: string };
  if (typeString === "bool")
    return [
      ["answer", start, end, "true"],
      ["answer", start, end, "false"],
    ];
  return /^uint\d+$/.test(typeString ?? "") ? [["answer", start, end, "0"]] : [];
}

function numbers(node: Node | undefined, change: string, slice: Slice): readonly Edit[] {
  if (node?.nodeType !== "Literal" || node.kind !== "number") return [];
  const [start, end] = rangeOf(node);
  return [["number", start, end, `(${slice(start, end)} ${change})`]];
}
