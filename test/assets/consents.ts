import { derivationEvidence } from "@cadastre/abi";
import type { BaseContract, TypedDataDomain } from "ethers";
import type { Address, Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import type { RegistrationStruct } from "../../typechain-types/contracts/assets/IDataAsset.ts";
import {
  deploy,
  ethers,
  KIND,
  PROVINCE,
  register,
  registration,
  release,
  type System,
  ZeroHash,
} from "../support/deploy.ts";

export const CONSENT_TYPES = {
  DerivationConsent: [
    { name: "child", type: "uint256" },
    { name: "holder", type: "address" },
    { name: "parent", type: "uint256" },
    { name: "shareBps", type: "uint16" },
    { name: "deadline", type: "uint48" },
  ],
};

export interface ConsentMessage {
  readonly child: bigint;
  readonly holder: string;
  readonly parent: bigint;
  readonly shareBps: bigint;
  readonly deadline: bigint;
}

export type Sign = (key: string, domain: TypedDataDomain, message: ConsentMessage) => Promise<string>;

/** The same signature by two libraries. */
export const SIGNERS: Readonly<Record<"ethers" | "viem", Sign>> = {
  ethers: (key, domain, message) => new ethers.Wallet(key).signTypedData(domain, CONSENT_TYPES, message),
  viem: (key, domain, message) =>
    privateKeyToAccount(key as Hex).signTypedData({
      domain: {
        name: domain.name!,
        version: domain.version!,
        chainId: BigInt(domain.chainId!),
        verifyingContract: domain.verifyingContract as Address,
      },
      types: CONSENT_TYPES,
      primaryType: "DerivationConsent",
      message: { ...message },
    }),
};

export const NO_CONSENT = { deadline: 0n, signature: "0x" };

/** As ConsentGate wants it. */
export function consentList(consents: readonly { deadline: bigint; signature: string }[]): string {
  const rows = consents.map(({ deadline, signature }) => [deadline, signature]);
  return ethers.AbiCoder.defaultAbiCoder().encode(["tuple(uint48,bytes)[]"], [rows]);
}

/** As DerivationGate wants it. */
export function evidence(consents: readonly { deadline: bigint; signature: string }[]): string {
  return derivationEvidence(consents.map((consent) => ({ kind: "consent", ...consent })));
}

export async function consentDomain(system: { readonly gate: BaseContract }): Promise<TypedDataDomain> {
  const { chainId } = await ethers.provider.getNetwork();
  return { name: "Cadastre Consents", version: "1", chainId, verifyingContract: await system.gate.getAddress() };
}

/** Admits an account whose key the test knows. */
export async function admitKey(system: System) {
  const { privateKey, address } = ethers.Wallet.createRandom();
  await system.participants.connect(system.registrar).admit(address, PROVINCE, KIND.organisation, ZeroHash);
  return { key: privateKey, address };
}

/** A parent of `owner` whose operator signs with a known key, and what `alice` needs to derive an asset from it. */
export async function deployWithParent() {
  const system = await deploy();
  const operator = await admitKey(system);
  const parent = await register(system, "parent", { operator: operator.address });
  const child = await system.assets.assetIdOf(system.alice, release("child").root);
  const message: ConsentMessage = {
    child,
    holder: system.alice.address,
    parent,
    shareBps: 1_000n,
    deadline: 4_102_444_800n,
  };
  return { system, operator, parent, child, message, domain: await consentDomain(system) };
}

/** The registration of the child by `alice` with this evidence. */
export async function derived(
  system: System,
  parents: readonly { id: bigint; shareBps: bigint }[],
  proof: string,
  changes: Partial<RegistrationStruct> = {},
) {
  const parentReleases = parents.map(() => 1n);
  return registration(system, "child", {
    holder: system.alice.address,
    operator: system.alice.address,
    release: release("child", parentReleases),
    parents: [...parents],
    evidence: proof,
    ...changes,
  });
}
