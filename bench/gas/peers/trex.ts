import type { Contract } from "ethers";
import { type Account, alice, as, at, bob, deployer, ethers, put, transaction } from "../lib/chain.ts";
import { published } from "../lib/code.ts";
import type { Operation } from "../lib/operation.ts";

const TREX = "@tokenysolutions/t-rex/artifacts";
const own = (path: string) => published(`${TREX}/contracts/${path}.json`);
const identity = (name: string) => published(`${TREX}/@onchain-id/solidity/contracts/${name}.sol/${name}.json`);

const TOPIC = 1n;
const COUNTRY = 156n;
const CLAIM_PURPOSE = 3n;
const KEY_TYPE = 1n;
const SCHEME = 1n;
const PARTS = {
  token: "token/Token.sol/Token",
  claims: "registry/implementation/ClaimTopicsRegistry.sol/ClaimTopicsRegistry",
  registry: "registry/implementation/IdentityRegistry.sol/IdentityRegistry",
  storage: "registry/implementation/IdentityRegistryStorage.sol/IdentityRegistryStorage",
  issuers: "registry/implementation/TrustedIssuersRegistry.sol/TrustedIssuersRegistry",
  compliance: "compliance/modular/ModularCompliance.sol/ModularCompliance",
} as const;

/**
 * ERC-3643: the proxies that its factory makes, one required claim from one trusted issuer, no compliance module, identities
 * without a proxy of their own. Each of these is the cheapest that it offers. The code is what Tokeny compiled and published.
 */
export async function trex(): Promise<Operation[]> {
  const authority = await implementations();
  const behind = async (part: keyof typeof PARTS, proxy: string, ...args: unknown[]) => {
    const { target } = await put(own(`proxy/${proxy}.sol/${proxy}`), authority, ...args);
    return at({ name: proxy, abi: own(PARTS[part]).abi }, target as string);
  };
  const claims = await behind("claims", "ClaimTopicsRegistryProxy");
  const issuers = await behind("issuers", "TrustedIssuersRegistryProxy");
  const storage = await behind("storage", "IdentityRegistryStorageProxy");
  const registry = await behind("registry", "IdentityRegistryProxy", issuers, claims, storage);
  const compliance = await behind("compliance", "ModularComplianceProxy");
  const token = await behind(
    ...(["token", "TokenProxy", registry, compliance, "Fractions", "FRACTION", 0, ethers.ZeroAddress] as const),
  );
  await as(deployer, storage, "bindIdentityRegistry")(registry);
  await as(deployer, claims, "addClaimTopic")(TOPIC);
  const issuer = await put(identity("ClaimIssuer"), deployer.address);
  await as(deployer, issuer, "addKey")(keyOf(deployer), CLAIM_PURPOSE, KEY_TYPE);
  await as(deployer, issuers, "addTrustedIssuer")(issuer, [TOPIC]);
  for (const contract of [registry, token]) await as(deployer, contract, "addAgent")(deployer.address);
  for (const holder of [alice, bob]) {
    await as(deployer, registry, "registerIdentity")(holder.address, await certified(holder, issuer), COUNTRY);
    await as(deployer, token, "mint")(holder.address, 1_000n);
  }
  await as(deployer, token, "unpause")();
  return [
    {
      ...{ key: "transfer", peer: "trex", name: "T-REX 4.1.6 (ERC-3643)" },
      does: "checks a signed claim on the receiver alone: no revenue",
      transaction: () => transaction(alice, token, "transfer", [bob.address, 10n]),
    },
  ];
}

/** What the proxies ask for the code that they run. */
async function implementations(): Promise<Contract> {
  const authority = await put(
    own("proxy/authority/TREXImplementationAuthority.sol/TREXImplementationAuthority"),
    ...[true, ethers.ZeroAddress, ethers.ZeroAddress],
  );
  const address = async (part: keyof typeof PARTS) => (await put(own(PARTS[part]))).target;
  await as(
    deployer,
    authority,
    "addAndUseTREXVersion",
  )(
    { major: 4, minor: 1, patch: 6 },
    {
      tokenImplementation: await address("token"),
      ctrImplementation: await address("claims"),
      irImplementation: await address("registry"),
      irsImplementation: await address("storage"),
      tirImplementation: await address("issuers"),
      mcImplementation: await address("compliance"),
    },
  );
  return authority;
}

const keyOf = (account: Account) =>
  ethers.keccak256(ethers.AbiCoder.defaultAbiCoder().encode(["address"], [account.address]));

/** An identity of this account with the issuer's claim on it. */
async function certified(account: Account, issuer: Contract): Promise<Contract> {
  const contract = await put(identity("Identity"), account.address, false);
  const data = ethers.hexlify(ethers.toUtf8Bytes("admitted"));
  const claim = ethers.AbiCoder.defaultAbiCoder().encode(
    ["address", "uint256", "bytes"],
    [await contract.getAddress(), TOPIC, data],
  );
  const signature = await deployer.signMessage(ethers.getBytes(ethers.keccak256(claim)));
  await as(account, contract, "addClaim")(TOPIC, SCHEME, issuer, signature, data, "");
  return contract;
}
