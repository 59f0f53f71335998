import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import canonicalize from "canonicalize";
import { DocumentError } from "./errors.ts";

export type JsonObject = { readonly [member: string]: unknown };

/** A document is a page, not a dataset. */
const MAX_CHARACTERS = 1_000_000;

/**
 * Reads JSON in which each member has one value only: where a member stands twice, one reader may see the first value and
 * another the second, and the signature would be over one of them alone.
 *
 * @throws DocumentError `document_unreadable`, `document_duplicate_member`
 */
export function parseDocument(text: string): unknown {
  if (text.length > MAX_CHARACTERS) throw new DocumentError("document_unreadable", "longer than a million characters");
  let members = 0;
  let document: unknown;
  try {
    document = JSON.parse(text, (_, value: unknown) => {
      if (isObject(value)) members += Object.keys(value).length;
      return value;
    });
  } catch {
    throw new DocumentError("document_unreadable");
  }
  // The text is JSON, so a string with a colon behind it is the name of a member.
  const named = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined);
  if (named.length !== members) throw new DocumentError("document_duplicate_member");
  return document;
}

/** @throws DocumentError as `parseDocument` does */
export function readDocument(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new DocumentError("document_unreadable", path);
  }
  return parseDocument(text);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Canonical JSON (RFC 8785).
 *
 * @throws DocumentError `document_invalid` where there is no such form
 */
export function canonical(value: unknown): string {
  try {
    return canonicalize(value) ?? "";
  } catch {
    throw new DocumentError("document_invalid", "it has no canonical form (RFC 8785)");
  }
}

/** SHA-256 of the canonical form. */
export function canonicalHash(value: unknown): Buffer {
  return hash("sha256", canonical(value), "buffer");
}

/** The document that a proof is about. */
export function withoutProof(document: JsonObject): JsonObject {
  const { proof: _, ...unsecured } = document;
  return unsecured;
}
