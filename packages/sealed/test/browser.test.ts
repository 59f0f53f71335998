import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { answeredCalls, readVectors, refusedCalls } from "./vectorCalls.ts";

const ENTRY = fileURLToPath(new URL("inBrowser.ts", import.meta.url));

/** Of the web, and of nothing else; the language's own globals are the context's. */
const WEB = { Blob, crypto, fetch, Headers, ReadableStream, Response, TextDecoder, TextEncoder, URL };
const OF_NODE = ["process", "Buffer", "require", "module", "global", "setImmediate"];

/** The package and its tests in one script, as bundlers make it for browsers: an import of Node would end it here. */
const { outputFiles } = await build({
  entryPoints: [ENTRY],
  bundle: true,
  format: "iife",
  globalName: "sealed",
  platform: "browser",
  target: "es2022",
  write: false,
  logLevel: "silent",
});
const context = createContext(WEB);
runInContext(outputFiles[0]?.text ?? "", context);
const { answers, roundTrips } = runInContext("sealed", context) as typeof import("./inBrowser.ts");

test("SEA-09 there is nothing of Node where the bundle runs", () => {
  expect(runInContext(`${JSON.stringify(OF_NODE)}.filter((name) => name in globalThis)`, context)).toHaveLength(0);
  expect(runInContext("sealed.answers.constructor === Function", context)).toBe(true);
});

test("SEA-09 all vectors are answered and refused with web globals alone", { timeout: 60_000 }, () => {
  const vectors = readVectors();
  const [answered, refused] = [answeredCalls(vectors), refusedCalls(vectors)];
  const calls = [...answered, ...refused].map(({ call, input }) => ({ call, input }));
  expect(JSON.parse(answers(JSON.stringify(calls)))).toMatchObject([
    ...answered.map(({ result }) => ({ result })),
    ...refused.map(({ reason }) => ({ reason })),
  ]);
  expect(answered.length).toBeGreaterThan(50);
  expect(refused.length).toBeGreaterThan(50);
});

test("SEA-09 what is exported seals, proves, opens and delivers with web globals alone", async () => {
  const text = "Suzhou,31 苏州\n".repeat(1000);
  const { keys, whole, block, streams } = JSON.parse(await roundTrips(text));
  expect(keys[0]).toMatch(/^0x[0-9a-f]{64}$/);
  expect(keys[1]).toBe(keys[0]);
  expect(whole).toBe(text);
  expect(block).toBe(new TextDecoder().decode(new TextEncoder().encode(text).subarray(4096, 8192)));
  expect(streams).toEqual([text, text, text, text]);
});
