import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { expect } from "chai";
import { type Contract, computeAddress, SigningKey, toBeHex, ZeroAddress } from "ethers";
import { COMPILATIONS, type Delivery, deployHarness, type Point, proven } from "./cryptoHarness.ts";

const CASES = 10_000;
const BLOCK = 4_096;
const BLOCKS_PER_NONCE = 2n ** 26n;
const P = 2n ** 256n - 2n ** 32n - 977n;
const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

describe("the cryptography of sealed datasets on chain", function () {
  this.timeout(120_000);
  const harnesses = new Map<string, Contract>();
  let harness: Contract;

  before(async () => {
    for (const name of COMPILATIONS) harnesses.set(name, await deployHarness(name));
    harness = harnesses.get("production")!;
  });

  it("TYP-41 decrypts as OpenSSL does", async () => {
    // Most are short: what is there to find lies in the first pieces of 64 bytes and where they meet.
    await inBatches(CASES, 250, async (size) => {
      await decryptsAsOpenSsl(
        harness,
        times(size, (i) => (i % 200 === 0 ? upTo(BLOCK) : upTo(130))),
      );
    });
    await decryptsAsOpenSsl(harness, [0, 1, 63, 64, 65, 127, 128, 129, BLOCK - 1, BLOCK]);
  });

  it("TYP-49 multiplies and adds points as noble-curves does", async () => {
    const known = knownPoints();
    await inBatches(CASES, 1_000, async (size) => {
      const points = times(size, () => oneOf(known));
      const [a, b] = [times(size, scalar), times(size, scalar)];
      const sums = await harness.getFunction("combine").staticCall(points, a, b);
      const expected = points.map(({ log }, i) => addressOf(multiple(mod(a[i]! + b[i]! * log, N))));
      expect([...sums]).to.deep.equal(expected);
    });
    // The same without logarithms.
    const points = times(200, () => multiple(scalar()));
    const [a, b] = [times(200, scalar), times(200, scalar)];
    const sums = await harness.getFunction("combine").staticCall(points, a, b);
    const expected = points.map((p, i) => addressOf(sum(multiple(a[i]!), product(b[i]!, p))));
    expect([...sums]).to.deep.equal(expected);
  });

  it("TYP-50 multiplies nothing that cannot be multiplied", async () => {
    const [p, log] = [multiple(7n), 7n];
    const cases: readonly [Point, bigint, bigint][] = [
      [p, 1n, 0n],
      [p, 0n, 0n],
      [p, N, 1n],
      [p, 1n, N],
      [p, mod(-5n * log, N), 5n],
      [{ x: p.x, y: p.y ^ 2n }, 1n, 1n],
      [{ x: p.y, y: p.x }, 1n, 1n],
      [{ x: 0n, y: 0n }, 1n, 1n],
      [pointWithXFrom(N), 1n, 1n],
      [pointWithXFrom(N + 1_000n), 1n, 1n],
    ];
    const [points, a, b] = [cases.map(([point]) => point), cases.map(([, a]) => a), cases.map(([, , b]) => b)];
    const sums = await harness.getFunction("combine").staticCall(points, a, b);
    expect([...sums]).to.deep.equal(cases.map(() => ZeroAddress));
  });

  it("TYP-51 adds points as noble-curves does", async () => {
    const known = knownPoints();
    await inBatches(CASES, 1_000, async (size) => {
      const [p, q] = [times(size, () => oneOf(known)), times(size, () => oneOf(known))];
      const inverses = p.map(({ x }, i) => inverse(q[i]!.x - x, P));
      const [ok, sums] = await harness.getFunction("add").staticCall(p, q, inverses);
      const differ = p.map((point, i) => point !== q[i]);
      expect([...ok]).to.deep.equal(differ);
      const expected = p.map(({ log }, i) => (differ[i] ? multiple(mod(log + q[i]!.log, N)) : { x: 0n, y: 0n }));
      expect([...sums].map(([x, y]) => ({ x, y }))).to.deep.equal(expected);
    });
  });

  it("TYP-53 accepts proofs that a licensee makes, and TYP-54 none of them once it is spoiled", async () => {
    await inBatches(1_000, 250, async (size) => {
      const deliveries = times(size, delivery);
      expect(await proven(harness, deliveries)).to.deep.equal(deliveries.map(() => true));
      expect(await proven(harness, deliveries.map(spoiled))).to.deep.equal(deliveries.map(() => false));
    });
  });

  it("TYP-44 computes the same however it is compiled", async () => {
    const deliveries = times(20, delivery);
    const odd = deliveries.map(spoiled);
    const points = [...times(20, () => multiple(scalar())), pointWithXFrom(N), { x: 1n, y: 1n }];
    const [a, b] = [times(22, scalar), times(22, scalar)];
    for (const [name, other] of harnesses) {
      await decryptsAsOpenSsl(other, [0, 1, 31, 32, 33, 63, 64, 65, 1_000, BLOCK - 1, BLOCK]);
      expect(await proven(other, [...deliveries, ...odd]), name).to.deep.equal([
        ...deliveries.map(() => true),
        ...odd.map(() => false),
      ]);
      const sums = await other.getFunction("combine").staticCall(points, a, b);
      expect([...sums], name).to.deep.equal([...(await harness.getFunction("combine").staticCall(points, a, b))]);
    }
  });

  it("TYP-45 decrypts a whole block for 370,000 gas and checks a proof for 16,000", async () => {
    const [key, ciphertext] = [randomBytes(32), randomBytes(BLOCK)];
    const decryption = await harness.getFunction("costOfDecryption").staticCall(key, 1, ciphertext);
    const { publicKey, ephemeral, context, proof } = delivery();
    const [check, ok] = await harness.getFunction("costOfProof").staticCall(proof, publicKey, ephemeral, context);
    expect(ok).to.equal(true);
    expect(Number(decryption)).to.be.at.most(370_000);
    expect(Number(check)).to.be.at.most(16_000);
  });
});

async function decryptsAsOpenSsl(harness: Contract, lengths: readonly number[]): Promise<void> {
  const cases = lengths.map((length) => {
    // Anywhere, but every fourth around the boundary between two nonces.
    const far = randomBytes(8).readBigUInt64BE() >> BigInt(upTo(63));
    const index = upTo(3) === 0 ? BLOCKS_PER_NONCE * BigInt(1 + upTo(9)) + BigInt(upTo(3)) - 2n : far;
    return { key: randomBytes(32), index, ciphertext: randomBytes(length) };
  });
  const plaintexts = await harness.getFunction("decrypt").staticCall(
    cases.map(({ key }) => key),
    cases.map(({ index }) => index),
    cases.map(({ ciphertext }) => ciphertext),
  );
  expect([...plaintexts]).to.deep.equal(cases.map(({ key, index, ciphertext }) => openSsl(key, index, ciphertext)));
}

/** Node's initialisation vector is the counter, little-endian, and the nonce. */
function openSsl(key: Buffer, index: bigint, ciphertext: Buffer): string {
  const iv = Buffer.alloc(16);
  iv.writeUInt32LE(Number((index % BLOCKS_PER_NONCE) * 64n));
  iv.writeBigUInt64BE(index / BLOCKS_PER_NONCE, 8);
  return `0x${createCipheriv("chacha20", key, iv).update(ciphertext).toString("hex")}`;
}

/** Every point is made by its logarithm, which takes one multiplication of the generator. */
function delivery(): Delivery {
  const [x, r, k] = [scalar(), scalar(), scalar()];
  const context = randomBytes(56);
  const [publicKey, ephemeral, s, a, b] = [x, r, x * r, k, k * r].map((log) => multiple(mod(log, N)));
  const points = [publicKey, ephemeral, s, a, b].flatMap((point) => [bytes(point!.x), bytes(point!.y)]);
  const hash = createHash("sha256").update(Buffer.concat([Buffer.from("cadastre/proof/v1"), context, ...points]));
  const e = mod(BigInt(`0x${hash.digest("hex")}`), N);
  const t = multiple(mod(e * x * r, N));
  const proof = { s: s!, a: a!, b: b!, t, z: mod(k + e * x, N), inverse: inverse(t.x - b!.x, P) };
  return { publicKey: publicKey!, ephemeral: ephemeral!, context, proof };
}

/** One bit of one number is another. */
function spoiled({ publicKey, ephemeral, context, proof }: Delivery): Delivery {
  const flip = 1n << BigInt(upTo(255));
  const flipped = (point: Point): Point =>
    upTo(1) === 0 ? { ...point, x: point.x ^ flip } : { ...point, y: point.y ^ flip };
  const parts = ["s", "a", "b", "t"] as const;
  const choice = upTo(7);
  const part = parts[choice];
  if (part !== undefined) {
    return { publicKey, ephemeral, context, proof: { ...proof, [part]: flipped(proof[part]) } };
  }
  if (choice === 4) return { publicKey, ephemeral, context, proof: { ...proof, z: proof.z ^ flip } };
  if (choice === 5) return { publicKey, ephemeral, context, proof: { ...proof, inverse: proof.inverse ^ flip } };
  if (choice === 6) return { publicKey: flipped(publicKey), ephemeral, context, proof };
  return { publicKey, ephemeral: flipped(ephemeral), context, proof };
}

/** noble-curves, as ethers has it. */
function multiple(log: bigint): Point {
  return pointOf(SigningKey.computePublicKey(hex(log), false));
}

/** Points whose sums are known by their logarithms. */
function knownPoints(): readonly (Point & { readonly log: bigint })[] {
  return times(300, scalar).map((log) => ({ ...multiple(log), log }));
}

function oneOf<T>(list: readonly T[]): T {
  return list[upTo(list.length - 1)]!;
}

function product(k: bigint, point: Point): Point {
  return pointOf(new SigningKey(hex(k)).computeSharedSecret(uncompressed(point)));
}

function sum(p: Point, q: Point): Point {
  return pointOf(SigningKey.addPoints(uncompressed(p), uncompressed(q), false));
}

function addressOf(point: Point): string {
  return computeAddress(uncompressed(point));
}

function uncompressed({ x, y }: Point): string {
  return `0x04${hex(x).slice(2)}${hex(y).slice(2)}`;
}

function pointOf(text: string): Point {
  return { x: BigInt(`0x${text.slice(4, 68)}`), y: BigInt(`0x${text.slice(68)}`) };
}

function pointWithXFrom(x: bigint): Point {
  const square = mod(x ** 3n + 7n, P);
  const y = power(square, (P + 1n) / 4n);
  return mod(y * y, P) === square ? { x, y } : pointWithXFrom(x + 1n);
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let [b, e] = [base, exponent]; e > 0n; b = mod(b * b, P), e >>= 1n) if (e & 1n) result = mod(result * b, P);
  return result;
}

/** By Euclid. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, u, v] = [mod(value, modulus), modulus, 1n, 0n];
  while (a !== 0n) [a, b, u, v] = [b % a, a, v - (b / a) * u, u];
  return mod(v, modulus);
}

function mod(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

function scalar(): bigint {
  return 1n + mod(BigInt(`0x${randomBytes(40).toString("hex")}`), N - 1n);
}

function upTo(greatest: number): number {
  return randomBytes(4).readUInt32BE() % (greatest + 1);
}

function hex(value: bigint): string {
  return toBeHex(value, 32);
}

function bytes(value: bigint): Buffer {
  return Buffer.from(hex(value).slice(2), "hex");
}

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

async function inBatches(count: number, size: number, run: (size: number) => Promise<void>): Promise<void> {
  for (let left = count; left > 0; left -= size) await run(Math.min(size, left));
}
