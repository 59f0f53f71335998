import { createPublicClient, http, type PublicClient } from "viem";

const TIMEOUT_MS = 20_000;

export function endpointAt(url: string): PublicClient {
  return createPublicClient({ transport: http(url, { timeout: TIMEOUT_MS, retryCount: 1 }) });
}
