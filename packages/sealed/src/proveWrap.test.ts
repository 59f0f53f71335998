import { expect, test } from "vitest";
import { BAD_POINTS, deliveryFrom, drawing, N, P, UNRECOVERABLE } from "../test/delivery.ts";
import { refusal } from "../test/fixtures.ts";
import { randomFrom } from "../test/random.ts";
import { H } from "../test/reference.ts";
import { encryptionPublicKey, Fn, G, numberFromBytes, numberToBytes, pointFromBytes, pointToBytes } from "./points.ts";
import { proveWrap, proveWrapBy } from "./proveWrap.ts";
import { verifyWrapProof } from "./verifyWrapProof.ts";
import { contextOf, wrapKey } from "./wrapKey.ts";

const random = randomFrom(23);
const secret = random.bytes(32);
const X = encryptionPublicKey(secret);
const delivery = deliveryFrom(random);
const { R } = wrapKey({ key: random.bytes(32), to: X, ...delivery });
const parameters = { secret, R, ...delivery };

test("a proof is as the definition says", () => {
  const [x, k] = [numberFromBytes(secret), numberFromBytes(random.bytes(32))];
  const proof = proveWrapBy(drawing(k), parameters);
  const point = (bytes: Uint8Array) => pointFromBytes(bytes, "");
  const e = numberFromBytes(H("cadastre/proof/v1", contextOf(delivery), X, R, proof.S, proof.A, proof.B)) % N;
  expect(proof.S).toEqual(pointToBytes(point(R).multiply(x)));
  expect(proof.A).toEqual(pointToBytes(G.multiply(k)));
  expect(proof.B).toEqual(pointToBytes(point(R).multiply(k)));
  expect(proof.T).toEqual(pointToBytes(point(proof.S).multiply(e)));
  expect(proof.z).toEqual(numberToBytes((k + e * x) % N));
  const difference = point(proof.T).x - point(proof.B).x + P;
  expect((numberFromBytes(proof.inverse) * difference) % P).toBe(1n);
});

test("each proof is another and is accepted", () => {
  const [one, two] = [proveWrap(parameters), proveWrap(parameters)];
  expect(one.S).toEqual(two.S);
  expect(one.A).not.toEqual(two.A);
  for (const proof of [one, two]) verifyWrapProof({ X, R, ...delivery, proof });
});

test("a number that leads to an unusable point is drawn again", () => {
  const k = numberFromBytes(random.bytes(32));
  const fatal = pointToBytes(UNRECOVERABLE.multiply(Fn.inv(k)));
  const proof = proveWrapBy(drawing(k, 2n), { ...parameters, R: fatal });
  expect(proof.A).toEqual(pointToBytes(G.multiply(2n)));
  verifyWrapProof({ X, R: fatal, ...delivery, proof });
});

test("a shared point with x of N or more cannot be proved", () => {
  const fatal = pointToBytes(UNRECOVERABLE.multiply(Fn.inv(numberFromBytes(secret))));
  refusal(() => proveWrap({ ...parameters, R: fatal }), "proof_impossible");
});

test.each(BAD_POINTS)("R that is %s is refused", (_, bytes) => {
  refusal(() => proveWrap({ ...parameters, R: bytes }), "point_invalid");
});

test("a secret or a delivery that is none is refused", () => {
  refusal(() => proveWrap({ ...parameters, secret: numberToBytes(N) }), "secret_invalid");
  refusal(() => proveWrap({ ...parameters, release: 2 ** 32 }), "delivery_invalid");
});

test("the secret is in no proof", () => {
  const proof = proveWrap(parameters);
  for (const bytes of Object.values(proof)) expect(Buffer.from(bytes).includes(Buffer.from(secret))).toBe(false);
});
