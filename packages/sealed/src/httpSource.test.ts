import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DESCRIPTION } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { collected, manyBytes, refusalOf } from "../test/streams.ts";
import { httpSource } from "./httpSource.ts";
import { storedLength } from "./layout.ts";
import { openStream } from "./openStream.ts";
import { seal } from "./seal.ts";

const random = randomFrom(28);
const plaintext = manyBytes(random, 3 * 2 ** 18 + 1000);
const { stored, manifest, key } = seal(plaintext, DESCRIPTION);
const damaged = flipped(stored, 17 * 4128 * 8);
let address: string;

const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  "/stored.bin": (request, response) => sendRange(stored, request, response),
  "/damaged.bin": (request, response) => sendRange(damaged, request, response),
  "/whole.bin": (_, response) => response.end(stored),
  "/hidden.bin": (request, response) => sendRange(stored, request, response, {}),
  "/unknown.bin": (_, response) => response.writeHead(206, { "content-range": "bytes 0-0/*" }).end("x"),
};
const server = createServer((request, response) => {
  const answer = answers[request.url ?? ""];
  if (answer === undefined) response.writeHead(404).end();
  else answer(request, response);
});

function sendRange(bytes: Uint8Array, request: IncomingMessage, response: ServerResponse, headers?: object): void {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
  const [start, end] = [Number(first), Number(last) + 1];
  response.writeHead(206, { ...(headers ?? { "content-range": `bytes ${start}-${end - 1}/${bytes.length}` }) });
  response.write(bytes.subarray(start, start + 10));
  response.end(bytes.subarray(start + 10, end));
}

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("a dataset is opened from a server, range by range", async () => {
  const source = await httpSource(`${address}/stored.bin`);
  expect(source.size).toBe(stored.length);
  expect(Buffer.compare(await collected(openStream({ manifest, key, source })), plaintext)).toBe(0);
});

test("what a server has damaged is refused", async () => {
  const source = await httpSource(new URL("/damaged.bin", address));
  await refusalOf(collected(openStream({ manifest, key, source })), "root_mismatch");
});

test.each([
  ["whole.bin", "status 200, not 206"],
  ["none.bin", "status 404, not 206"],
  ["unknown.bin", "no length in content-range"],
])("a server that does not serve ranges is refused: %s", async (name, details) => {
  const error = await refusalOf(httpSource(`${address}/${name}`), "source_failed");
  expect(error.details).toBe(details);
});

test("SEA-10 with a known size, a server whose content-range is not to be seen is read, and nothing is asked first", async () => {
  const error = await refusalOf(httpSource(`${address}/hidden.bin`), "source_failed");
  expect(error.details).toBe("content-range is missing or not exposed: give the size");
  let requests = 0;
  const request: typeof fetch = (url, init) => {
    requests += 1;
    return fetch(url, init);
  };
  const size = storedLength(manifest.length);
  const source = await httpSource(`${address}/hidden.bin`, { size, fetch: request });
  expect(requests).toBe(0);
  expect(Buffer.compare(await collected(openStream({ manifest, key, source })), plaintext)).toBe(0);
});

test("headers and fetch are the caller's", async () => {
  const seen: RequestInit[] = [];
  const request: typeof fetch = (url, init) => {
    seen.push(init ?? {});
    return fetch(url, init);
  };
  const source = await httpSource(`${address}/stored.bin`, { fetch: request, headers: { authorization: "Bearer x" } });
  await collected((await source.read(32, 42, new Uint8Array(10))) as ReadableStream<Uint8Array>);
  expect(seen.map(({ headers }) => headers)).toEqual([
    { authorization: "Bearer x", range: "bytes=0-0" },
    { authorization: "Bearer x", range: "bytes=32-41" },
  ]);
});
