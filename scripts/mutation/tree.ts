import type { Node } from "./solidity.ts";

/** The value as a node, if it is one. */
export function asNode(value: unknown): Node | undefined {
  return typeof value === "object" && value !== null && "nodeType" in value ? (value as Node) : undefined;
}

/** The values that are nodes. */
export function asNodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.map(asNode).filter((node) => node !== undefined) : [];
}

/** The node and all nodes in it, each after those that hold it, in the order of the tree. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    const child = asNode(value);
    if (child !== undefined) yield* nodesOf(child);
    for (const member of asNodes(value)) yield* nodesOf(member);
  }
}

/** First byte of the node and the byte after its last. */
export function rangeOf({ src }: Node): readonly [start: number, end: number] {
  const [start, length] = src.split(":").map(Number);
  return [start!, start! + length!];
}

/** A text of which byte ranges are replaced; the ranges must not overlap. */
export function replaced(
  text: string,
  edits: readonly { readonly start: number; readonly end: number; readonly after: string }[],
): string {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  let done = 0;
  for (const { start, end, after } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(bytes.subarray(done, start), Buffer.from(after));
    done = end;
  }
  return Buffer.concat([...parts, bytes.subarray(done)]).toString();
}
