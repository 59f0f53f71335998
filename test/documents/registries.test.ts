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
  pad,
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

interface Asked {
  readonly method: string;
  readonly params: readonly unknown[];
}

interface Filter {
  readonly fromBlock: Hex;
  readonly toBlock: Hex;
  readonly topics: readonly (Hex | null)[];
}

/** A node that answers these calls and nothing else, at block 128 or the one given. */
function chainThatSays(
  answer: (call: { to: string; data: Hex }) => Hex,
  logs: (filter: Filter) => readonly object[] = () => [],
  block = 128,
) {
  const asked: Asked[] = [];
  const request = async ({ method, params = [] }: { method: string; params?: readonly unknown[] }) => {
    asked.push({ method, params });
    if (method === "eth_getBlockByNumber") return { number: toHex(block), timestamp: toHex(NOW), transactions: [] };
    if (method === "eth_blockNumber") return toHex(block);
    if (method === "eth_getLogs") return logs(params[0] as Filter);
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

  it("VC-43 finds schemas by the URI with which they were opened, and whether a credential is valid", async () => {
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
    const { chain } = chainThatSays(
      ({ to, data }) => {
        expect(to.toLowerCase()).to.equal(CREDENTIALS.toLowerCase());
        const { functionName, args } = decodeFunctionData({ abi: credentialRegistryAbi, data });
        expect(args).to.deep.equal([ALICE, SCHEMA]);
        if (functionName !== "isValid") throw new Error(`not expected: ${functionName}`);
        return encodeFunctionResult({ abi: credentialRegistryAbi, functionName, result: true });
      },
      () => logs,
    );
    const book = await openCredentials(chain, contracts);
    expect(book).to.include({ chainId: CHAIN_ID, now: NOW });
    expect(await book.schemasAt("https://a.example")).to.deep.equal([SCHEMA]);
    expect(await book.schemasAt("https://c.example")).to.deep.equal([]);
    expect(await book.isValid(ALICE, SCHEMA)).to.equal(true);
  });

  it("VC-43 reads what was issued and revoked in its order, 5,000 blocks at a time", async () => {
    const about = { schema: SCHEMA, subject: ALICE, issuer: ALICE };
    const hash = (byte: string) => `0x${byte.repeat(32)}` as const;
    const place = (block: number, index: number) => ({
      ...{ address: CREDENTIALS, blockHash: SCHEMA, blockNumber: toHex(block), logIndex: toHex(index) },
      ...{ transactionHash: SCHEMA, transactionIndex: "0x0" },
    });
    const issued = (claimHash: Hex, block: number, index: number) => ({
      topics: encodeEventTopics({ abi: credentialRegistryAbi, eventName: "CredentialIssued", args: about }),
      data: encodeAbiParameters(
        [{ type: "uint40" }, { type: "uint48" }, { type: "bytes32" }],
        [NOW - 10, NOW + 10, claimHash],
      ),
      ...place(block, index),
    });
    const revoked = (block: number, index: number) => ({
      topics: encodeEventTopics({ abi: credentialRegistryAbi, eventName: "CredentialRevoked", args: about }),
      data: hash("ee"),
      ...place(block, index),
    });
    const logs = [
      ...[issued(hash("aa"), 1, 0), issued(hash("bb"), 4_999, 9), issued(hash("cc"), 12_000, 4)],
      ...[revoked(4_999, 2), revoked(5_000, 0)],
    ];
    const asked: [number, number][] = [];
    const { chain } = chainThatSays(
      () => "0x",
      ({ fromBlock, toBlock, topics }) => {
        const [event, schema, subject] = topics;
        expect([schema, subject]).to.deep.equal([SCHEMA, pad(ALICE).toLowerCase()]);
        asked.push([Number(fromBlock), Number(toBlock)]);
        return logs.filter(
          (log) =>
            log.topics[0] === event &&
            BigInt(log.blockNumber) >= BigInt(fromBlock) &&
            BigInt(log.blockNumber) <= BigInt(toBlock),
        );
      },
      12_345,
    );
    const book = await openCredentials(chain, contracts);
    expect(await book.historyOf(ALICE, SCHEMA)).to.deep.equal([
      { kind: "issued", claimHash: hash("aa") },
      { kind: "revoked" },
      { kind: "issued", claimHash: hash("bb") },
      { kind: "revoked" },
      { kind: "issued", claimHash: hash("cc") },
    ]);
    for (const eventsOf of [0, 1]) {
      const ranges = asked.filter((_, i) => i % 2 === eventsOf);
      expect(ranges).to.deep.equal([
        [0, 4_999],
        [5_000, 9_999],
        [10_000, 12_345],
      ]);
    }
  });
});
