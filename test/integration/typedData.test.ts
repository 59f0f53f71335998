import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import {
  agreementTypedData,
  consentTypedData,
  issuanceTypedData,
  offerTypedData,
  orderTypedData,
  planTypedData,
  subscriptionTypedData,
} from "@cadastre/abi";
import { expect } from "chai";
import { type TypedDataDomain, TypedDataEncoder } from "ethers";
import { type Address, type Hex, hashTypedData } from "viem";
import { z } from "zod";
import type { AgreementStruct } from "../../typechain-types/contracts/licences/ILicenceRegistry.ts";
import type { SubscriptionStruct } from "../../typechain-types/contracts/licences/ISubscriptions.ts";
import type { OrderStruct } from "../../typechain-types/contracts/market/IMarketplace.ts";
import type { DelegatedIssuanceStruct } from "../../typechain-types/contracts/participants/ICredentialRegistry.ts";
import { CONSENT_TYPES, consentDomain, evidence } from "../assets/consents.ts";
import { deploy, ethers, KIND, networkHelpers, PROVINCE } from "../support/deploy.ts";
import {
  AGREEMENT_TYPES,
  licencesDomain,
  OFFER_TYPES,
  PLAN_TYPES,
  SUBSCRIPTION_TYPES,
  subscriptionsDomain,
} from "../support/licences.ts";
import { marketDomain, ORDER_TYPES } from "../support/orders.ts";

const { loadFixture } = networkHelpers;
const VECTORS = "@ethersproject/testcases/testcases/eip712.json.gz";
const CASES = 200;
const ISSUANCE_TYPES = {
  DelegatedIssuance: [
    { name: "issuer", type: "address" },
    { name: "subject", type: "address" },
    { name: "schema", type: "bytes32" },
    { name: "validUntil", type: "uint48" },
    { name: "claimHash", type: "bytes32" },
    { name: "nonce", type: "uint64" },
    { name: "deadline", type: "uint48" },
  ],
};

const Text = z.templateLiteral(["0x", z.string()]);
const Domain = z.strictObject({
  name: z.string().exactOptional(),
  version: z.string().exactOptional(),
  chainId: z.int().exactOptional(),
  verifyingContract: Text.exactOptional(),
  salt: Text.exactOptional(),
});
const Field = z.object({ name: z.string(), type: z.string() });
const Vector = z.object({
  name: z.string(),
  domain: Domain,
  primaryType: z.string(),
  types: z.record(z.string(), z.array(Field)),
  data: z.record(z.string(), z.unknown()),
  encoded: z.string(),
  digest: z.string(),
});
type Types = z.infer<typeof Vector>["types"];
type Value = string | bigint | boolean | Struct;
interface Struct {
  readonly [name: string]: Value;
}
type Message = Record<string, string | bigint>;

function vectors() {
  const file = readFileSync(createRequire(import.meta.url).resolve(VECTORS));
  return z.array(Vector).parse(JSON.parse(gunzipSync(file).toString("utf8")));
}

function hashWithViem(
  domain: z.infer<typeof Domain>,
  types: Types,
  primaryType: string,
  message: Record<string, unknown>,
): Hex {
  return hashTypedData({ domain, types, primaryType, message });
}

/** The value of a field in one of the cases, the same in every run: often the least or the greatest that the type has. */
function draw(name: string, type: string, number: number): string | bigint {
  const hash = ethers.id(`${name} ${number}`);
  const edge = Number(BigInt(hash) >> 253n);
  if (type === "bytes32") return edge === 0 ? ethers.ZeroHash : hash;
  if (type === "address") return edge === 0 ? ethers.ZeroAddress : ethers.getAddress(ethers.dataSlice(hash, 12));
  const bits = BigInt(type.slice("uint".length));
  if (edge <= 1) return edge === 0 ? 0n : (1n << bits) - 1n;
  return BigInt.asUintN(Number(bits), BigInt(hash));
}

function messageOf(types: Types, number: number): Message {
  const [fields] = Object.values(types);
  return Object.fromEntries(fields!.map(({ name, type }) => [name, draw(name, type, number)]));
}

/** The same for a type that has structs in it; numbers of enumerations stay within them. */
function structOf(types: Types, of: string, number: number): Struct {
  return Object.fromEntries(
    types[of]!.map(({ name, type }): [string, Value] => {
      if (types[type] !== undefined) return [name, structOf(types, type, number)];
      if (type === "bool") return [name, number % 2 === 0];
      return [name, name === "tier" ? BigInt(number % 2) : draw(name, type, number)];
    }),
  );
}

/** A neighbour of a value, of the same type. */
function otherThan(value: string | bigint, type: string): string | bigint {
  const other = BigInt(value) ^ 1n;
  return type === "address" ? ethers.getAddress(ethers.toBeHex(other, 20)) : other;
}

/** What both libraries hash; they must not differ. */
function hashOf(domain: TypedDataDomain, types: Types, message: Struct): string {
  const [primaryType] = Object.keys(types);
  const { name, version, chainId, verifyingContract } = domain;
  const hash = TypedDataEncoder.hash(domain, types, message);
  const viemDomain = {
    name: name!,
    version: version!,
    chainId: Number(chainId),
    verifyingContract: verifyingContract as Address,
  };
  expect(hashWithViem(viemDomain, types, primaryType!, message)).to.equal(hash);
  return hash;
}

/** A contract that answers every call with this address: a register whose assets all have one operator. */
async function registerWithOperator(operator: string): Promise<string> {
  const answer = `0x73${operator.slice(2)}5f5260205ff3`;
  const size = ethers.dataLength(answer).toString(16).padStart(2, "0");
  const creation = ethers.concat([`0x60${size}600a5f3960${size}5ff3`, answer]);
  const [deployer] = await ethers.getSigners();
  const sent = await deployer!.sendTransaction({ data: creation });
  return (await sent.wait())!.contractAddress!;
}

describe("typed data", () => {
  it("TD-05 is what the package has, with the names of the domains", async () => {
    const system = await loadFixture(deploy);
    for (const [{ domain, types, primaryType }, expected, { name, version }] of [
      [orderTypedData, ORDER_TYPES, await marketDomain(system)],
      [issuanceTypedData, ISSUANCE_TYPES, { name: "Cadastre Credentials", version: "1" }],
      [consentTypedData, CONSENT_TYPES, await consentDomain(system)],
      [offerTypedData, OFFER_TYPES, await licencesDomain(system)],
      [agreementTypedData, AGREEMENT_TYPES, await licencesDomain(system)],
      [planTypedData, PLAN_TYPES, await subscriptionsDomain(system)],
      [subscriptionTypedData, SUBSCRIPTION_TYPES, await subscriptionsDomain(system)],
    ] as const) {
      expect(types).to.deep.equal(expected);
      expect(primaryType).to.equal(Object.keys(expected)[0]);
      expect(domain).to.deep.equal({ name, version });
    }
  });

  it("TD-01 hashes all published vectors as published, in ethers and viem", () => {
    const all = vectors();
    expect(all).to.have.length(1_025);
    for (const { name, domain, types, primaryType, data, encoded, digest } of all) {
      const encoder = new TypedDataEncoder(types);
      expect(encoder.primaryType, name).to.equal(primaryType);
      expect(encoder.encode(data), name).to.equal(encoded);
      expect(TypedDataEncoder.hash(domain, types, data), name).to.equal(digest);
      expect(hashWithViem(domain, types, primaryType, data), name).to.equal(digest);
    }
  });

  it("TD-02 hashes an order of any fields in the market as ethers and viem do", async () => {
    const system = await loadFixture(deploy);
    const domain = await marketDomain(system);
    for (let number = 0; number < CASES; number += 1) {
      const message = { ...messageOf(ORDER_TYPES, number), side: BigInt(number % 2) };
      const hash = await system.market.hashOrder(message as unknown as OrderStruct);
      expect(hash, `order ${number}`).to.equal(hashOf(domain, ORDER_TYPES, message));
    }
  });

  it("TD-03 hashes a delegated issuance of any fields in the registry as ethers and viem do", async () => {
    const { credentials } = await loadFixture(deploy);
    const { chainId } = await ethers.provider.getNetwork();
    const verifyingContract = await credentials.getAddress();
    const domain = { name: "Cadastre Credentials", version: "1", chainId, verifyingContract };
    for (let number = 0; number < CASES; number += 1) {
      const message = messageOf(ISSUANCE_TYPES, number);
      const hash = await credentials.hashIssuance(message as unknown as DelegatedIssuanceStruct);
      expect(hash, `issuance ${number}`).to.equal(hashOf(domain, ISSUANCE_TYPES, message));
    }
  });

  it("TD-06 hashes offers and agreements, plans and subscriptions of any fields as ethers and viem do", async () => {
    const system = await loadFixture(deploy);
    const { licences, subscriptions } = system;
    const [atLicences, atSubscriptions] = [await licencesDomain(system), await subscriptionsDomain(system)];
    for (let number = 0; number < CASES; number += 1) {
      const agreement = structOf(AGREEMENT_TYPES, "Agreement", number);
      const taken = agreement as unknown as AgreementStruct;
      expect(await licences.hashOffer(taken.offer)).to.equal(
        hashOf(atLicences, OFFER_TYPES, agreement.offer as Struct),
      );
      expect(await licences.hashAgreement(taken)).to.equal(hashOf(atLicences, AGREEMENT_TYPES, agreement));
      const subscription = structOf(SUBSCRIPTION_TYPES, "Subscription", number);
      const subscribed = subscription as unknown as SubscriptionStruct;
      expect(await subscriptions.hashPlan(subscribed.plan)).to.equal(
        hashOf(atSubscriptions, PLAN_TYPES, subscription.plan as Struct),
      );
      expect(await subscriptions.hashSubscription(subscribed)).to.equal(
        hashOf(atSubscriptions, SUBSCRIPTION_TYPES, subscription),
      );
    }
  });

  it("TD-04 takes a consent of any fields that is signed as ethers and viem hash it, and no other", async () => {
    const system = await loadFixture(deploy);
    const domain = await consentDomain(system);
    const key = new ethers.SigningKey(ethers.id("operator"));
    const operator = ethers.computeAddress(key);
    await system.participants.connect(system.registrar).admit(operator, PROVINCE, KIND.organisation, ethers.ZeroHash);
    const from = await registerWithOperator(operator);
    const now = BigInt(await networkHelpers.time.latest());
    // Without an account of its own, a call may come from anywhere.
    const gate = system.gate.connect(ethers.provider);
    const check = ({ child, holder, parent, shareBps, deadline }: Message, signature: string) =>
      gate.checkDerivation.staticCall(
        child!,
        holder as string,
        [{ id: parent!, shareBps: shareBps! }],
        evidence([{ deadline: deadline as bigint, signature }]),
        { from },
      );
    const fields = CONSENT_TYPES.DerivationConsent;
    for (let number = 0; number < CASES; number += 1) {
      const drawn = messageOf(CONSENT_TYPES, number);
      // A consent that is over is refused before its signature is looked at.
      const message: Message = { ...drawn, deadline: (drawn.deadline as bigint) | (now << 1n) };
      const signature = key.sign(hashOf(domain, CONSENT_TYPES, message)).serialized;
      await check(message, signature);
      const { name, type } = fields[number % fields.length]!;
      const other = { ...message, [name]: otherThan(message[name]!, type) };
      await expect(check(other, signature), `consent ${number}`).to.be.revertedWithCustomError(
        gate,
        "Consents_BadSignature",
      );
    }
  });
});
