import { SealedError } from "./errors.ts";
import type { StoredSource } from "./storedSource.ts";

/** How requests are made. */
export interface HttpSourceOptions {
  /** `fetch` by default. */
  readonly fetch?: typeof fetch;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A source behind a URL, read by range requests.
 *
 * @throws SealedError `source_failed` where the server does not answer with ranges
 *
 * @example
 * ```ts
 * const source = await httpSource("https://store.example/air-quality/stored.bin");
 * ```
 */
export async function httpSource(url: string | URL, options: HttpSourceOptions = {}): Promise<StoredSource> {
  const { fetch: request = fetch, headers = {} } = options;
  const range = async (start: number, end: number): Promise<Response> => {
    const response = await request(url, { headers: { ...headers, range: `bytes=${start}-${end - 1}` } });
    if (response.status === 206 && response.body !== null) return response;
    await response.body?.cancel();
    throw new SealedError("source_failed", { details: `status ${response.status}, not 206` });
  };
  const first = await range(0, 1);
  await first.body?.cancel();
  const size = Number(/^bytes 0-0\/(\d+)$/.exec(first.headers.get("content-range") ?? "")?.[1]);
  if (!Number.isSafeInteger(size)) throw new SealedError("source_failed", { details: "no length in content-range" });
  return { size, read: async (start, end) => (await range(start, end)).body as ReadableStream<Uint8Array> };
}
