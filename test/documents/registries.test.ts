import { certificatesAbi, credentialRegistryAbi } from "@cadastre/abi";
import { expect } from "chai";
import {
  createPublicClient,
  custom,
  decodeFunctionData,
  encodeAbiParameters,
  encodeEventTopics,
  encodeFunctionResult,
  type Hex,
  type PublicClient,
  toHex,
} from "viem";
import { openCertificates, openCredentials } from "../../scripts/documents/registries.ts";
import type { Chain } from "../../scripts/support/chain.ts";
import type { Contracts } from "../../scripts/support/contracts.ts";
import { ALICE, ASSET, CERTIFICATE, CHAIN_ID, NOW, REGISTRAR, SCHEMA } from "./stage.ts";

const CERTIFICATES = "0x959922bE3CAee4b8Cd9a407cc3ac1C251C2007B1";
const CREDENTIALS = "0x322813Fd9A801c5507c9de605d63CEA4f2CE6c44";
const ASSETS = "0xc5a5C42992dECbae36851359345FE25997F5C42d";
const contracts = {
  assets: { address: ASSETS },
  certificates: { address: CERTIFICATES, abi: certificatesAbi },
  credentials: { address: CREDENTIALS, abi: credentialRegistryAbi },
} as unknown as Contracts;
const known = { issuer: ALICE, issuedAt: NOW - 10, validUntil: NOW + 10, revoked: true, claimHash: SCHEMA } as const;

interface Asked {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** A node that answers these calls and nothing else, at block 128. */
function chainThatSays(answer: (call: { to: string; data: Hex }) => Hex, logs: readonly object[] = []) {
  const asked: Asked[] = [];
  const request = async ({ method, params = [] }: { method: string; params?: readonly unknown[] }) => {
    asked.push({ method, params });
    if (method === "eth_getBlockByNumber") return { number: toHex(128), timestamp: toHex(NOW), transactions: [] };
    if (method === "eth_blockNumber") return toHex(128);
    if (method === "eth_getLogs") return logs;
    if (method === "eth_call") return answer(params[0] as { to: string; data: Hex });
    throw new Error(`not expected: ${method}`);
  };
  const client = createPublicClient({ transport: custom({ request }, { retryCount: 0 }) }) as PublicClient;
  return { chain: { id: CHAIN_ID, client } as Chain, asked };
}

describe("Documents read from the chain", () => {
  it("VC-42 reads certificate and key at one block, whose time counts", async () => {
    const key = toHex(REGISTRAR.publicKey);
    const { chain, asked } = chainThatSays(({ to, data }) => {
      expect(to.toLowerCase()).to.equal(CERTIFICATES.toLowerCase());
      const { functionName, args } = decodeFunctionData({ abi: certificatesAbi, data });
      if (functionName === "certificate") {
        expect(args).to.deep.equal([ASSET]);
        return encodeFunctionResult({ abi: certificatesAbi, functionName, result: CERTIFICATE });
      }
      expect(args).to.deep.equal([330_000]);
      return encodeFunctionResult({ abi: certificatesAbi, functionName, result: key });
    });
    const book = await openCertificates(chain, contracts);
    expect(book).to.include({ chainId: CHAIN_ID, block: 128n, now: NOW, contract: CERTIFICATES, register: ASSETS });
    expect(await book.certificate(ASSET)).to.deep.equal(CERTIFICATE);
    expect(await book.signingKeyOf(330_000)).to.equal(key);
    const blocks = asked.filter(({ method }) => method === "eth_call").map(({ params }) => params[1]);
    expect(blocks).to.deep.equal([toHex(128), toHex(128)]);
  });

  it("VC-43 finds schemas by the URI with which they were opened, and reads credentials", async () => {
    const opened = (schema: Hex, uri: string) => ({
      address: CREDENTIALS,
      topics: encodeEventTopics({ abi: credentialRegistryAbi, eventName: "SchemaOpened", args: { schema } }),
      data: encodeAbiParameters([{ type: "string" }, { type: "string" }], ["Buyer", uri]),
      ...{ blockNumber: "0x1", transactionHash: SCHEMA, transactionIndex: "0x0", blockHash: SCHEMA, logIndex: "0x0" },
    });
    const other = `0x${"5d".repeat(32)}` as const;
    const logs = [
      opened(SCHEMA, "https://a.example"),
      opened(other, "https://a.example/"),
      opened(other, "https://b.example"),
    ];
    const { chain } = chainThatSays(({ to, data }) => {
      expect(to.toLowerCase()).to.equal(CREDENTIALS.toLowerCase());
      const { functionName, args } = decodeFunctionData({ abi: credentialRegistryAbi, data });
      expect(args).to.deep.equal([ALICE, SCHEMA]);
      if (functionName === "isValid")
        return encodeFunctionResult({ abi: credentialRegistryAbi, functionName, result: true });
      if (functionName !== "credentialOf") throw new Error(`not expected: ${functionName}`);
      return encodeFunctionResult({ abi: credentialRegistryAbi, functionName, result: known });
    }, logs);
    const book = await openCredentials(chain, contracts);
    expect(book).to.include({ chainId: CHAIN_ID, now: NOW });
    expect(await book.schemasAt("https://a.example")).to.deep.equal([SCHEMA]);
    expect(await book.schemasAt("https://c.example")).to.deep.equal([]);
    expect(await book.credentialOf(ALICE, SCHEMA)).to.deep.equal(known);
    expect(await book.isValid(ALICE, SCHEMA)).to.equal(true);
  });
});
