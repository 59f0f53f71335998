import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { deliveryFrom } from "../test/delivery.ts";
import { DESCRIPTION, refusal } from "../test/fixtures.ts";
import { temporaryFolder } from "../test/folders.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { H } from "../test/reference.ts";
import { refusalOf } from "../test/streams.ts";
import * as bytes from "./bytes.ts";
import { keyCommitment } from "./commitments.ts";
import { sealFile } from "./node/sealFile.ts";
import * as points from "./points.ts";
import { encryptionPublicKey, pointFromBytes, secretToScalar } from "./points.ts";
import { seal } from "./seal.ts";
import { unwrapKey } from "./unwrapKey.ts";
import { contextOf, wrapKey } from "./wrapKey.ts";

vi.mock("./bytes.ts", { spy: true });
vi.mock("./points.ts", { spy: true });

const random = randomFrom(37);
const key = random.bytes(32);
const secret = random.bytes(32);
const delivery = deliveryFrom(random);

beforeEach(() => void vi.clearAllMocks());

/** Everything that hashes and numbers were written to, as it is now. */
const inMemory = () =>
  [vi.mocked(bytes.hashOf), vi.mocked(points.numberToBytes)].flatMap(({ mock }) =>
    mock.results.map(({ value }) => bytes.toHex(value as Uint8Array)),
  );

function secretsOf(R: Uint8Array): string[] {
  const { x } = pointFromBytes(R, "R").multiply(secretToScalar(secret));
  const shared = points.numberToBytes(x);
  const mask = H("cadastre/wrap/v1", shared, contextOf(delivery));
  vi.clearAllMocks();
  return [bytes.toHex(shared), bytes.toHex(mask)];
}

test("SEA-07 wrapping and unwrapping leave neither the mask nor the shared point's bytes in memory", () => {
  const wrapping = wrapKey({ key, to: encryptionPublicKey(secret), ...delivery });
  const afterWrapping = inMemory();
  const secrets = secretsOf(wrapping.R);
  expect(afterWrapping).toContain(bytes.toHex(wrapping.wrapped));
  expect(unwrapKey({ secret, ...wrapping, ...delivery })).toEqual(key);
  const afterUnwrapping = inMemory();
  expect(afterUnwrapping).toContain(bytes.toHex(key));
  for (const text of secrets) {
    expect(afterWrapping).not.toContain(text);
    expect(afterUnwrapping).not.toContain(text);
  }
});

test("SEA-07 a key that is not the one that was committed to is erased", () => {
  const wrapping = wrapKey({ key, to: encryptionPublicKey(secret), ...delivery });
  vi.clearAllMocks();
  const commitment = bytes.toHex(keyCommitment(flipped(key, 5)));
  refusal(() => unwrapKey({ secret, ...wrapping, ...delivery, keyCommitment: commitment }), "key_mismatch");
  const left = inMemory();
  expect(left).toContain(bytes.toHex(new Uint8Array(32)));
  expect(left).not.toContain(bytes.toHex(key));
});

test("SEA-08 the key that was drawn for a seal that fails is erased", async () => {
  const path = join(temporaryFolder(), "data");
  writeFileSync(path, random.bytes(10));
  const drawn: Uint8Array[] = [];
  const draw = crypto.getRandomValues.bind(crypto);
  const spy = vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
    drawn.push(array as Uint8Array);
    return draw(array);
  });
  refusal(() => seal(random.bytes(10), { ...DESCRIPTION, samples: [1] }), "index_out_of_range");
  await refusalOf(sealFile(path, `${path}.sealed`, { ...DESCRIPTION, samples: [1] }), "index_out_of_range");
  spy.mockRestore();
  expect(drawn).toHaveLength(2);
  for (const array of drawn) expect(array).toEqual(new Uint8Array(array.length));
});
