import { describe, expect, test } from "vitest";
import { DESCRIPTION, refusal } from "../test/fixtures.ts";
import { flipped } from "../test/random.ts";
import { H } from "../test/reference.ts";
import { manifestBytes, manifestHash } from "./manifestHash.ts";
import { parseManifest } from "./parseManifest.ts";
import { seal } from "./seal.ts";

const { manifest } = seal(new Uint8Array(5000), { ...DESCRIPTION, samples: [1] });
const file = manifestBytes(manifest);
const json = new TextDecoder().decode(file);
const encode = (text: string) => new TextEncoder().encode(text);

test("a manifest comes back from its file, under its hash", () => {
  expect(manifestHash(manifest)).toEqual(H(file));
  expect(parseManifest(file)).toEqual(manifest);
  expect(parseManifest(file, manifestHash(manifest))).toEqual(manifest);
});

test("the file is RFC 8785: members by name, no blanks, UTF-8", () => {
  expect(
    json.startsWith('{"dataset":{"description":"Daily means by city","issued":"2026-01-01","keyword":["air"],'),
  ).toBe(true);
  expect(Object.keys(JSON.parse(json))).toEqual([
    "dataset",
    "keyCommitment",
    "length",
    "mediaType",
    "root",
    "samples",
    "schema",
    "version",
  ]);
  expect(json).toContain('"title":"Air quality 空气质量"');
});

test("the order in which members were written does not matter to the hash", () => {
  const reversed = Object.fromEntries(Object.entries(manifest).reverse()) as typeof manifest;
  expect(manifestHash(reversed)).toEqual(manifestHash(manifest));
});

test("another hash is refused, whatever the file holds", () => {
  refusal(() => parseManifest(file, flipped(manifestHash(manifest), 9)), "manifest_hash");
  refusal(() => parseManifest(flipped(file, 9), manifestHash(manifest)), "manifest_hash");
  refusal(() => parseManifest(new Uint8Array(), manifestHash(manifest)), "manifest_hash");
});

describe("what is not canonical is refused", () => {
  test.each([
    ["indented", JSON.stringify(manifest, null, 2)],
    ["in another order", JSON.stringify(manifest)],
    ["with a line at the end", `${json}\n`],
    ["with a member twice", json.replace('"length":5000', '"length":1,"length":5000')],
    ["with a number written otherwise", json.replace('"length":5000', '"length":5e3')],
    ["with an escape", json.replace("空", "\\u7a7a")],
    ["with a member that no object has", json.replace('"columns":', '"__proto__":{},"columns":')],
  ])("%s", (_, text) => {
    expect(text).not.toBe(json);
    refusal(() => parseManifest(encode(text)), "manifest_not_canonical");
  });
});

test("what is not JSON is refused and not quoted", () => {
  const secret = "5ec4e75ec4e7";
  const files = ["", secret, `{"key":${secret}`, `\ufeff${json}`].map(encode);
  const title = json.indexOf("Air quality");
  files.push(Uint8Array.of(...encode(json.slice(0, title)), 0xff, ...encode(json.slice(title))));
  for (const bytes of files) {
    const error = refusal(() => parseManifest(bytes), "manifest_invalid");
    expect(error.message).toBe("the manifest is not valid (not JSON in UTF-8)");
    expect(error.cause).toBeUndefined();
  }
});
