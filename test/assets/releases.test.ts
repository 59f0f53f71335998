import { expect } from "chai";
import {
  type Address,
  BaseError,
  ContractFunctionRevertedError,
  encodeAbiParameters,
  getContract,
  type Hex,
  keccak256,
  parseEventLogs,
  stringToHex,
  zeroHash,
} from "viem";
import { DataAsset__factory } from "../../typechain-types/index.ts";
import { deploy, ethers, networkHelpers, register, release, type System, viem } from "../support/deploy.ts";

const { loadFixture } = networkHelpers;
const { abi } = DataAsset__factory;

function nextRelease(label: string) {
  return {
    root: keccak256(stringToHex(`root ${label}`)),
    keyCommitment: keccak256(stringToHex(`key ${label}`)),
    length: 4_096n,
    manifestHash: keccak256(stringToHex(`manifest ${label}`)),
    manifestUri: `https://data.example/${label}.json`,
    parentReleases: [] as number[],
  };
}

type ReleaseInput = ReturnType<typeof nextRelease>;

function hashOf(value: ReleaseInput): Hex {
  const { inputs } = abi.find((item) => item.type === "function" && item.name === "isRelease")!;
  return keccak256(encodeAbiParameters([inputs[2]!], [value]));
}

async function deployWithAsset() {
  const system = await deploy();
  return { system, id: await register(system, "first") };
}

/** The register as viem sees it, with one wallet for each account. */
async function clients(system: System) {
  const reader = await viem.getPublicClient();
  const address = (await system.assets.getAddress()) as Address;
  const of = async (account: { address: string }) =>
    getContract({
      abi,
      address,
      client: { public: reader, wallet: await viem.getWalletClient(account.address as Address) },
    });
  const assets = getContract({ abi, address, client: { public: reader } });
  return { reader, of, assets };
}

const by = (account: { address: string }) => ({ account: account.address as Address });

/** Name and values of the custom error that a simulated call reverts with. */
async function refusal(call: Promise<unknown>) {
  try {
    await call;
  } catch (error) {
    const reverted =
      error instanceof BaseError ? error.walk((e) => e instanceof ContractFunctionRevertedError) : undefined;
    if (reverted instanceof ContractFunctionRevertedError)
      return [reverted.data?.errorName, ...(reverted.data?.args ?? [])];
    throw error;
  }
  throw new Error("was not refused");
}

describe("releases", () => {
  it("AST-37 are published by the operator alone", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    const { assets } = await clients(system);
    for (const stranger of [system.owner, system.alice, system.mallory, system.admin]) {
      expect(await refusal(assets.simulate.publish([id, nextRelease("second")], by(stranger)))).to.deep.equal([
        "Assets_NotOperator",
        id,
        stranger.address,
      ]);
    }
    expect((await assets.simulate.publish([id, nextRelease("second")], by(system.operator))).result).to.equal(2);
    expect(await refusal(assets.simulate.publish([7n, nextRelease("second")], by(system.operator)))).to.deep.equal([
      "Assets_Unknown",
      7n,
    ]);
  });

  it("AST-38 are not published by an operator who is suspended", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    const { participants, registrar, operator } = system;
    const { assets } = await clients(system);
    await participants.connect(registrar).suspend(operator, ethers.id("reason"));
    expect(await refusal(assets.simulate.publish([id, nextRelease("second")], by(operator)))).to.deep.equal([
      "Assets_Inactive",
      operator.address,
    ]);
    await participants.connect(registrar).reinstate(operator, ethers.id("reason"));
    expect((await assets.simulate.publish([id, nextRelease("second")], by(operator))).result).to.equal(2);
  });

  it("AST-39 are numbered from 1, kept as their hash, and announced whole", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    const { reader, of } = await clients(system);
    const assets = await of(system.operator);
    const first = hashOf(nextRelease("first"));
    expect(await assets.read.latest([id])).to.deep.equal([1, first]);

    const second = nextRelease("second");
    const hash = await assets.write.publish([id, second]);
    const { logs } = await reader.getTransactionReceipt({ hash });
    const [published] = parseEventLogs({ abi, logs, eventName: "ReleasePublished" });
    expect(published!.args).to.deep.equal({ id, number: 2, hash: hashOf(second), release: second });

    expect(await assets.read.latest([id])).to.deep.equal([2, hashOf(second)]);
    expect(await assets.read.releaseOf([id, 1])).to.equal(first);
    expect(await assets.read.releaseOf([id, 2])).to.equal(hashOf(second));
    expect(await assets.read.releaseOf([id, 0])).to.equal(zeroHash);
    expect(await assets.read.releaseOf([id, 3])).to.equal(zeroHash);
    expect((await assets.read.assetOf([id])).latest).to.equal(2);
    expect(await refusal(assets.read.latest([7n]))).to.deep.equal(["Assets_Unknown", 7n]);
  });

  it("AST-40 are recognised under their number and only whole", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    const assets = await (await clients(system)).of(system.operator);
    const [first, second] = [nextRelease("first"), nextRelease("second")];
    await assets.write.publish([id, second]);
    expect(await assets.read.isRelease([id, 1, first])).to.equal(true);
    expect(await assets.read.isRelease([id, 2, second])).to.equal(true);
    expect(await assets.read.isRelease([id, 2, first])).to.equal(false);
    expect(await assets.read.isRelease([id, 0, first])).to.equal(false);
    expect(await assets.read.isRelease([id, 3, second])).to.equal(false);
    expect(await assets.read.isRelease([7n, 1, first])).to.equal(false);
    const changes: Partial<ReleaseInput>[] = [
      { root: second.root },
      { keyCommitment: second.keyCommitment },
      { length: 4_097n },
      { manifestHash: second.manifestHash },
      { manifestUri: second.manifestUri },
      { parentReleases: [1] },
    ];
    for (const change of changes) {
      expect(await assets.read.isRelease([id, 1, { ...first, ...change }]), Object.keys(change)[0]).to.equal(false);
    }
  });

  it("AST-41 give the asset its URI, which each new one changes and announces", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    const { reader, of } = await clients(system);
    const assets = await of(system.operator);
    expect(await assets.read.uri([id])).to.equal(release("first").manifestUri);
    const hash = await assets.write.publish([id, nextRelease("second")]);
    const { logs } = await reader.getTransactionReceipt({ hash });
    const [announced] = parseEventLogs({ abi, logs, eventName: "URI" });
    expect(announced!.args).to.deep.equal({ value: "https://data.example/second.json", id });
    expect(await assets.read.uri([id])).to.equal("https://data.example/second.json");
    expect(await assets.read.uri([7n])).to.equal("");
  });

  it("AST-42 each have a root and a key commitment", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    const { assets } = await clients(system);
    for (const empty of [{ root: zeroHash }, { keyCommitment: zeroHash }]) {
      const call = assets.simulate.publish([id, { ...nextRelease("second"), ...empty }], by(system.operator));
      expect(await refusal(call)).to.deep.equal(["Assets_EmptyRelease"]);
    }
  });
});
