import { describe, expect, test } from "vitest";
import { DESCRIPTION, refusal } from "../test/fixtures.ts";
import { checkManifest, type Manifest } from "./manifest.ts";

const HASH = `0x${"ab".repeat(32)}` as const;
const MANIFEST: Manifest = {
  version: 1,
  length: 4098,
  root: HASH,
  keyCommitment: HASH,
  ...DESCRIPTION,
  samples: [{ index: 1, blind: HASH, plaintext: "0x0102" }],
};
const SAMPLE = { index: 1, blind: HASH, plaintext: "0x0102" };

test("a manifest is accepted, with all members or only those it needs", () => {
  expect(checkManifest(MANIFEST)).toEqual(MANIFEST);
  const { schema: _, samples: __, dataset, ...rest } = MANIFEST;
  const { keyword: ___, theme: ____, ...needed } = dataset;
  expect(checkManifest({ ...rest, dataset: needed })).toEqual({ ...rest, dataset: needed });
});

test.each(["text/csv", "application/vnd.apache.parquet", "text/csv; charset=utf-8", 'text/csv;header="present"'])(
  "%s is a media type",
  (mediaType) => {
    expect(checkManifest({ ...MANIFEST, mediaType }).mediaType).toBe(mediaType);
  },
);

describe("what is not a manifest is refused, by the name of the member", () => {
  test.each([
    ["version", { version: 2 }],
    ["length", { length: -1 }],
    ["length", { length: 1.5 }],
    ["length", { length: 2 ** 52 + 1 }],
    ["length", { length: "4098" }],
    ["root", { root: HASH.toUpperCase() }],
    ["root", { root: HASH.slice(0, -2) }],
    ["root", { root: HASH.slice(2) }],
    ["keyCommitment", { keyCommitment: undefined }],
    ["mediaType", { mediaType: "csv" }],
    ["mediaType", { mediaType: "text/csv\n" }],
    ["schema.conformsTo", { schema: { conformsTo: "not a URI" } }],
    ["schema", { schema: { conformsTo: "urn:x:y", note: "" } }],
    ["samples.0", { samples: [{ ...SAMPLE, note: "" }] }],
    ["schema.document", { schema: { conformsTo: "urn:x:y", document: { at: new Date() } } }],
    ["dataset.title", { dataset: { ...DESCRIPTION.dataset, title: " " } }],
    ["dataset.issued", { dataset: { ...DESCRIPTION.dataset, issued: "yesterday" } }],
    ["dataset.license", { dataset: { ...DESCRIPTION.dataset, license: "CC BY" } }],
    ["dataset.theme.0", { dataset: { ...DESCRIPTION.dataset, theme: ["energy"] } }],
    ["dataset", { dataset: { ...DESCRIPTION.dataset, price: 1 } }],
    ["samples", { samples: [] }],
    ["samples.0", { samples: [{ ...SAMPLE, index: 2 }] }],
    ["samples.0", { samples: [{ ...SAMPLE, plaintext: "0x010203" }] }],
    ["samples.0.plaintext", { samples: [{ ...SAMPLE, plaintext: "0x010" }] }],
    ["samples.0.blind", { samples: [{ ...SAMPLE, blind: "0x00" }] }],
    ["samples.1", { samples: [SAMPLE, SAMPLE] }],
    ["manifest", { comment: "" }],
  ])("%s: %j", (name, change) => {
    const error = refusal(() => checkManifest({ ...MANIFEST, ...change }), "manifest_invalid");
    expect(error.shortMessage).toBe("the manifest is not valid");
    expect(error.details).toContain(`${name}: `);
    expect(error.details).not.toContain("deeply");
  });

  test.each([undefined, null, 1, "{}", [], {}])("%j", (value) => {
    refusal(() => checkManifest(value), "manifest_invalid");
  });
});

test("a key that was put into a manifest is refused and not repeated", () => {
  const key = "0x5ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4";
  for (const change of [{ key }, { keyCommitment: `${key}!` }, { dataset: key }, { samples: [{ key }] }]) {
    const error = refusal(() => checkManifest({ ...MANIFEST, ...change }), "manifest_invalid");
    expect(JSON.stringify(error) + error.message + String(error.cause)).not.toContain("5ec4e7");
  }
});

test("a schema nested without end is refused as any other", () => {
  const document: unknown = JSON.parse("[".repeat(50_000) + "]".repeat(50_000));
  const error = refusal(
    () => checkManifest({ ...MANIFEST, schema: { conformsTo: "urn:x:y", document } }),
    "manifest_invalid",
  );
  expect(error.details).toBe("nested too deeply");
});
