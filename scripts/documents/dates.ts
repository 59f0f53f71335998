import { z } from "zod/v4";
import { DocumentError } from "./errors.ts";

const MS = 1_000;
/** Dates of four-digit years only have one way to be written. */
const LAST_SECOND = 253_402_300_799;

/** `xsd:dateTimeStamp`: seconds and zone are part of it. */
export const dateTime = z.iso.datetime({ offset: true }).regex(/T\d\d:\d\d:\d\d/, "must have seconds");

/** Seconds since 1970, possibly with a fraction. */
export function secondsOf(text: string): number {
  return Date.parse(text) / MS;
}

/** @throws DocumentError `date_out_of_range` */
export function dateTimeOf(seconds: number): string {
  if (seconds > LAST_SECOND) throw new DocumentError("date_out_of_range", `${seconds} s`);
  return new Date(seconds * MS).toISOString().replace(".000Z", "Z");
}
