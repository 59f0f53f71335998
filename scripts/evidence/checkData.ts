import { dataAssetAbi } from "@cadastre/abi";
import { fromHex, parseManifest } from "@cadastre/sealed";
import { encodeAbiParameters, hexToBigInt, isAddressEqual, keccak256, type PublicClient, sha256 } from "viem";
import { callsIn } from "./calls.ts";
import type { Report } from "./report.ts";
import { checkMadeBy } from "./signer.ts";
import { type Ancestor, idText, releaseHash, type Story, same } from "./story.ts";

/** Public documents of which the chain has a hash. */
export const PAPERS = ["manifest", "terms"] as const;
export type Paper = (typeof PAPERS)[number];

/** As far as somebody gave them. */
export type Papers = { readonly [paper in Paper]?: Uint8Array | undefined };

/** What was sold, and where it came from. */
export async function checkData(
  report: Report,
  story: Story,
  { manifest, terms }: Papers,
  client: PublicClient | undefined,
): Promise<void> {
  const [sold, ...ancestors] = story.lineage();
  await checkAsset(report, story, sold!, client);
  await checkManifest(report, sold!, manifest);
  await checkTerms(report, story, terms);
  for (const ancestor of ancestors) await checkAsset(report, story, ancestor, client);
  await report.check(
    {
      en:
        ancestors.length === 0
          ? "the asset was derived from no other"
          : `every asset that it descends from is here, down to those without parents: ${ancestors.length}`,
      zh:
        ancestors.length === 0
          ? "该数据资产没有上游资产"
          : `其全部上游资产都已列出，直至没有上游者：${ancestors.length} 项`,
    },
    () => ancestors.length > 0 || sold!.registered.args.parents.length === 0,
  );
}

async function checkAsset(
  report: Report,
  story: Story,
  { asset, number, registered, first, published }: Ancestor,
  client: PublicClient | undefined,
): Promise<void> {
  const { chainId, contracts } = story.record.subject;
  const name = `${idText(asset).slice(0, 10)}…`;
  const { holder, parents } = registered.args;
  await report.check(
    {
      en: `asset ${name}: its id is the hash of chain, register, holder and first root`,
      zh: `数据资产 ${name}：其编号是链、登记簿、持有人与首版根值的哈希`,
    },
    () => {
      const types = [{ type: "uint256" }, { type: "address" }, { type: "address" }, { type: "bytes32" }] as const;
      const values = [chainId, contracts.assets, holder, first.args.release.root] as const;
      return hexToBigInt(keccak256(encodeAbiParameters(types, values))) === asset;
    },
  );
  const registration = { en: `the registration of asset ${name}`, zh: `数据资产 ${name} 的登记` };
  const { transaction } = registered;
  await checkMadeBy(report, holder, { transaction, to: contracts.assets }, client, registration);
  await report.check(
    { en: `asset ${name}: it was registered with these parents`, zh: `数据资产 ${name}：登记时的上游资产与此一致` },
    () => {
      const call = callsIn(registered.transaction.raw, dataAssetAbi, ["register"]).find(
        ({ args }) => same(args[0].release, first.args.release) && isAddressEqual(args[0].holder, holder),
      );
      return call === undefined ? null : same(call.args[0].parents, parents);
    },
  );
  await report.check(
    {
      en: `asset ${name}, release ${number}: it hashes to what the register keeps, and the call that published it says the same`,
      zh: `数据资产 ${name} 第 ${number} 版：与登记簿所存哈希一致，发布它的调用内容相同`,
    },
    () => {
      const { hash, release } = published.args;
      if (releaseHash(release) !== hash) return releaseHash(release);
      const said = [
        ...callsIn(published.transaction.raw, dataAssetAbi, ["register"]).map(({ args }) => args[0].release),
        ...callsIn(published.transaction.raw, dataAssetAbi, ["publish"])
          .filter(({ args }) => args[0] === asset)
          .map(({ args }) => args[1]),
      ];
      return said.length === 0 ? null : said.some((other) => same(other, release));
    },
  );
  await report.check(
    {
      en: `asset ${name}, release ${number}: the register knows it, and the parents`,
      zh: `数据资产 ${name} 第 ${number} 版：登记簿上有此版本与上游资产`,
    },
    async () => {
      if (client === undefined) return undefined;
      const assets = { address: contracts.assets, abi: dataAssetAbi };
      const args = [asset, number, published.args.release] as const;
      const known = await client.readContract({ ...assets, functionName: "isRelease", args });
      const there = await client.readContract({ ...assets, functionName: "parentsOf", args: [asset] });
      return known && same(there, parents);
    },
  );
}

async function checkManifest(report: Report, { published }: Ancestor, file: Uint8Array | undefined): Promise<void> {
  const { release } = published.args;
  if (file === undefined) {
    const manifest = {
      en: `the manifest of the release: it is public, should be found at ${release.manifestUri}, and belongs here as manifest.json`,
      zh: `版本清单：清单是公开的，应可从 ${release.manifestUri} 取得，请存为 manifest.json`,
    };
    return void (await report.check(manifest, () => null));
  }
  await report.check(
    {
      en: "the manifest has the release's hash, and the same root, key commitment and length",
      zh: "清单的哈希与版本所载一致，根值、密钥承诺与长度相同",
    },
    () => {
      const manifest = parseManifest(file, fromHex(release.manifestHash));
      return (
        manifest.root === release.root &&
        manifest.keyCommitment === release.keyCommitment &&
        BigInt(manifest.length) === release.length
      );
    },
  );
}

async function checkTerms(report: Report, story: Story, file: Uint8Array | undefined): Promise<void> {
  const { termsHash } = story.agreement.offer;
  if (file === undefined) {
    const terms = {
      en: `the terms document of the offer: whoever agreed to it has it, its SHA-256 is ${termsHash}, and it belongs here as terms.json`,
      zh: `要约的条款文件：缔约双方都有，其 SHA-256 为 ${termsHash}，请存为 terms.json`,
    };
    return void (await report.check(terms, () => null));
  }
  await report.check(
    { en: "the terms document has the hash that was agreed", zh: "条款文件的哈希与约定一致" },
    () => sha256(file) === termsHash || sha256(file),
  );
}
