import { SealedError } from "./errors.ts";
import type { StoredSource } from "./storedSource.ts";

/** How requests are made. */
export interface HttpSourceOptions {
  /** `fetch` by default. */
  readonly fetch?: typeof fetch;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * How many bytes there are, as `storedLength(manifest.length)` knows. Needed in a page of another origin, which sees the
   * header `Content-Range` only if the server sends `Access-Control-Expose-Headers: Content-Range`.
   */
  readonly size?: number;
}

/**
 * A source behind a URL, read by range requests.
 *
 * @throws SealedError `source_failed` where the server does not answer with ranges
 *
 * @example
 * ```ts
 * const size = storedLength(manifest.length);
 * const source = await httpSource("https://store.example/air-quality/stored.bin", { size });
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
  const read = async (start: number, end: number) => (await range(start, end)).body as ReadableStream<Uint8Array>;
  if (options.size !== undefined) return { size: options.size, read };
  const first = await range(0, 1);
  await first.body?.cancel();
  const found = first.headers.get("content-range");
  if (found === null) {
    throw new SealedError("source_failed", { details: "content-range is missing or not exposed: give the size" });
  }
  const size = Number(/^bytes 0-0\/(\d+)$/.exec(found)?.[1]);
  if (!Number.isSafeInteger(size)) throw new SealedError("source_failed", { details: "no length in content-range" });
  return { size, read };
}
