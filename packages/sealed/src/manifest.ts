import { z } from "zod";
import { SealedError } from "./errors.ts";
import { blockCount, MAX_LENGTH, plaintextRange } from "./layout.ts";

const HEX_DIGITS_OF_HASH = /^[0-9a-f]{64}$/;
const HEX_DIGITS = /^(?:[0-9a-f]{2})*$/;
const MEDIA_TYPE = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}(?:; ?[\w!#$&^.+-]+=(?:[\w!#$&^.+-]+|"[^"\\]*"))*$/;

const text = z.string().regex(/\S/, "must not be empty");
const hash = z.templateLiteral(["0x", z.string().regex(HEX_DIGITS_OF_HASH)], "must be 0x and 64 lower-case digits");
const bytes = z.templateLiteral(["0x", z.string().regex(HEX_DIGITS)], "must be bytes as 0x and lower-case digits");

/** What the data is about: a `dcat:Dataset` (W3C DCAT 3), with the local names of that vocabulary and of DCMI terms. */
const dataset = z.strictObject({
  title: text,
  description: text,
  publisher: text,
  issued: z.union([z.iso.date(), z.iso.datetime({ offset: true })], "must be an ISO 8601 date or date and time"),
  license: z.url(),
  keyword: z.array(text).exactOptional(),
  theme: z.array(z.url()).exactOptional(),
});

/** How the data is built: the standard it conforms to and, where that is a schema language, the schema itself. */
const schema = z.strictObject({ conformsTo: z.url(), document: z.json().exactOptional() });

/** A block opened to everybody: with the blind, its plaintext can be compared with its commitment. */
const sample = z.strictObject({ index: z.int().nonnegative(), blind: hash, plaintext: bytes });

const description = {
  mediaType: z.string().regex(MEDIA_TYPE, "must be a media type, such as text/csv"),
  schema: schema.exactOptional(),
  dataset,
};

const manifest = z
  .strictObject({
    version: z.literal(1),
    length: z.int().nonnegative().max(MAX_LENGTH),
    root: hash,
    keyCommitment: hash,
    ...description,
    samples: z.array(sample).min(1).exactOptional(),
  })
  .check((context) => {
    if (context.issues.length > 0) return;
    const { length, samples } = context.value;
    let previous = -1;
    for (const [i, { index, plaintext }] of (samples ?? []).entries()) {
      const refuse = (message: string) =>
        context.issues.push({ code: "custom", message, path: ["samples", i], input: undefined });
      if (index >= blockCount(length)) refuse("is not a block of the dataset");
      else if (plaintext.length / 2 - 1 !== bytesIn(index, length)) refuse("is not as long as its block");
      if (index <= previous) refuse("is out of order");
      previous = index;
    }
  });

/** The public description of a sealed dataset. Its hash goes on chain; the key is no part of it. */
export type Manifest = z.infer<typeof manifest>;

/** What the publisher says about the data; the rest of a manifest is computed. */
export type Description = Pick<Manifest, keyof typeof description>;

/** A block opened to everybody. */
export type Sample = z.infer<typeof sample>;

/** The facts of a manifest that bind the data: every check of stored bytes rests on them. */
export type SealFacts = Pick<Manifest, "length" | "root" | "keyCommitment">;

/**
 * Refuses a value that is not a manifest, unknown members included.
 *
 * @throws SealedError `manifest_invalid`; `details` names the members, never their values
 */
export function checkManifest(value: unknown): Manifest {
  return check(manifest, value);
}

/**
 * Refuses what cannot stand in a manifest, before anything is sealed.
 *
 * @throws SealedError `manifest_invalid`
 */
export function checkDescription(value: unknown): Description {
  return check(z.strictObject(description), value);
}

function bytesIn(index: number, length: number): number {
  const { start, end } = plaintextRange(index, length);
  return end - start;
}

function check<T>(type: z.ZodType<T>, value: unknown): T {
  let result: z.ZodSafeParseResult<T>;
  try {
    result = type.safeParse(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SealedError("manifest_invalid", { details: "nested too deeply" });
  }
  if (result.success) return result.data;
  const details = result.error.issues.map(({ path, message }) => `${path.join(".") || "manifest"}: ${message}`);
  throw new SealedError("manifest_invalid", { details: details.join("; ") });
}
