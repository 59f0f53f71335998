import { fromRlp, type Hex, keccak256, numberToHex, size, toRlp } from "viem";

/** A node as RLP has it: bytes, or a list of nodes. */
type Node = Hex | readonly Node[];
type Entry = { readonly nibbles: readonly number[]; readonly value: Hex };

const BRANCHES = 16;
const HASH_BYTES = 32;

/** The tree in which a block keeps its transactions, or its receipts, by their index: Ethereum's Merkle Patricia tree. */
export interface ListTrie {
  readonly root: Hex;
  /** The nodes on the way from the root to an entry. */
  proof(index: number): Hex[];
}

export function listTrie(values: readonly Hex[]): ListTrie {
  const stored = new Map<Hex, Hex>();
  const store = (bytes: Hex) => {
    const hash = keccak256(bytes);
    stored.set(hash, bytes);
    return hash;
  };
  const reference = (node: Node): Node => {
    const bytes = encoded(node);
    return size(bytes) < HASH_BYTES ? node : store(bytes);
  };
  const build = (entries: readonly Entry[], depth: number): Node => {
    const [first] = entries;
    if (first === undefined) return "0x";
    if (entries.length === 1) return [compact(first.nibbles.slice(depth), true), first.value];
    let end = depth;
    while (entries.every(({ nibbles }) => nibbles[end] === first.nibbles[end])) end += 1;
    if (end > depth) return [compact(first.nibbles.slice(depth, end), false), reference(build(entries, end))];
    // In RLP no index is the beginning of another one, so no branch has a value of its own.
    const children = Array.from({ length: BRANCHES }, (_, nibble) => {
      const some = entries.filter(({ nibbles }) => nibbles[depth] === nibble);
      return some.length === 0 ? "0x" : reference(build(some, depth + 1));
    });
    return [...children, "0x"];
  };
  const entries = values.map((value, index) => ({ nibbles: nibblesOf(keyOf(index)), value }));
  const root = store(encoded(build(entries, 0)));
  return {
    root,
    proof(index) {
      const nodes: Hex[] = [];
      lookUp(root, index, (hash) => {
        const bytes = stored.get(hash);
        if (bytes !== undefined) nodes.push(bytes);
        return bytes;
      });
      return nodes;
    },
  };
}

/** The entry that a proof shows to stand under the root at this index; `undefined` where it shows none. */
export function provenEntry(root: Hex, index: number, proof: readonly Hex[]): Hex | undefined {
  const nodes = new Map(proof.map((bytes) => [keccak256(bytes), bytes]));
  return lookUp(root, index, (hash) => nodes.get(hash));
}

function lookUp(root: Hex, index: number, nodeOf: (hash: Hex) => Hex | undefined): Hex | undefined {
  let nibbles = nibblesOf(keyOf(index));
  let node: Node | undefined = root;
  for (;;) {
    if (typeof node === "string") {
      const bytes = nodeOf(node);
      node = bytes === undefined ? undefined : (fromRlp(bytes) as Node);
    }
    if (node === undefined || typeof node === "string") return undefined;
    if (node.length === BRANCHES + 1) {
      const [next, ...rest] = nibbles;
      node = next === undefined ? undefined : node[next];
      nibbles = rest;
      continue;
    }
    const [head, tail] = node;
    if (typeof head !== "string" || node.length !== 2) return undefined;
    const { path, leaf } = expanded(head);
    if (path.some((nibble, i) => nibbles[i] !== nibble)) return undefined;
    nibbles = nibbles.slice(path.length);
    if (leaf) return nibbles.length === 0 && typeof tail === "string" ? tail : undefined;
    node = tail;
  }
}

function encoded(node: Node): Hex {
  return toRlp(node as Hex | Hex[]);
}

function keyOf(index: number): Hex {
  return toRlp(index === 0 ? "0x" : numberToHex(index));
}

function nibblesOf(bytes: Hex): number[] {
  return [...bytes.slice(2)].map((digit) => Number.parseInt(digit, 16));
}

/** Nibbles as bytes: a first nibble says whether they end at a leaf, and whether their number is odd. */
function compact(nibbles: readonly number[], leaf: boolean): Hex {
  const odd = nibbles.length % 2;
  const flag = (leaf ? 2 : 0) + odd;
  const all = [flag, ...(odd === 1 ? [] : [0]), ...nibbles];
  return `0x${all.map((nibble) => nibble.toString(16)).join("")}`;
}

function expanded(bytes: Hex): { path: number[]; leaf: boolean } {
  const [flag = 0, ...rest] = nibblesOf(bytes);
  return { path: rest.slice(flag % 2 === 1 ? 0 : 1), leaf: flag >= 2 };
}
