import { randomInt } from "node:crypto";
import { credentialPolicyAbi, issuanceTypedData } from "@cadastre/abi";
import { type Address, type Hex, keccak256, toBytes } from "viem";
import { isDevelopment } from "../../ignition/parameters/index.ts";
import { schemaIdOf } from "../../ignition/schemas.ts";
import { checkClaim, issueClaim } from "../documents/claim.ts";
import { DEMONSTRATION_DID, EXAMPLE_SCHEMA, exampleCredential } from "../documents/demonstration.ts";
import { openCredentials } from "../documents/registries.ts";
import { walletOf } from "../support/chain.ts";
import { blockTime, reach } from "../support/clock.ts";
import { explainRevert } from "../support/explain.ts";
import type { Journey, Step } from "./journey.ts";
import { approveMoney, fill, fillOf, type SignedOrder, sign } from "./trading.ts";

const YEAR = 365 * 86_400;
const HOUR = 3_600;
const UNIT_PRICE = 1_000_000n;
const SCHEMA = schemaIdOf(EXAMPLE_SCHEMA) as Hex;

export const credentials: Step = {
  title: "Credentials: issued, delegated, revoked; an asset that only their holders may receive",
  async run(journey) {
    await openSchema(journey);
    await fromDocument(journey, "alice");
    await requireCredential(journey, "employment");
    const signed = await sign(journey, "station", "employment", { side: "sell", units: 60n, unitPrice: UNIT_PRICE });
    await fill(journey, signed, "alice", 20n);
    await refusedWithout(journey, signed, "has no credential");
    await delegated(journey, "bob");
    await fill(journey, signed, "bob", 20n);
    await journey.act("academy", "revokes the credential of bob", {
      ...journey.contracts.credentials,
      functionName: "revoke",
      args: [journey.address("bob"), SCHEMA, keccak256(toBytes("left the trade"))],
    });
    await refusedWithout(journey, signed, "has a revoked credential");
    journey.showGas();
    await journey.showBalances("employment", ["station", "alice", "bob"]);
  },
};

/** Once on a chain: the authority opens the schema and accredits an issuer of it. */
async function openSchema(journey: Journey): Promise<void> {
  const { credentials } = journey.contracts;
  const academy = journey.address("academy");
  const { client } = journey.chain;
  const accredited = await client.readContract({
    ...credentials,
    functionName: "isAccredited",
    args: [SCHEMA, academy],
  });
  if (accredited) return journey.note(`academy is accredited for "${EXAMPLE_SCHEMA.name}" already.`);
  await journey.act("authority", `opens the schema "${EXAMPLE_SCHEMA.name}"`, {
    ...credentials,
    functionName: "openSchema",
    args: [EXAMPLE_SCHEMA.name, EXAMPLE_SCHEMA.uri],
  });
  await journey.act("authority", "accredits academy to issue it", {
    ...credentials,
    functionName: "accredit",
    args: [SCHEMA, academy],
  });
}

/** The academy's service turns a W3C Verifiable Credential into one on chain. */
async function fromDocument(journey: Journey, who: "alice"): Promise<void> {
  const { chain, contracts } = journey;
  const book = await openCredentials(chain, contracts);
  const subject = journey.address(who);
  if (await book.isValid(subject, SCHEMA)) return journey.note(`${who} has a valid credential already.`);
  if (!isDevelopment(chain.id)) {
    journey.note("The example document is signed by a key that everybody knows: here, academy issues without it.");
    await journey.act("academy", `issues a credential to ${who}`, {
      ...contracts.credentials,
      functionName: "issue",
      args: [{ subject, schema: SCHEMA, validUntil: (await blockTime(chain)) + YEAR, claimHash: keccak256("0x") }],
    });
    return;
  }
  const document = exampleCredential(chain.id, subject);
  const claim = await checkClaim(document, book, { trusted: [{ did: DEMONSTRATION_DID }] });
  await issueClaim(claim, book, journey.address("academy"));
  const valid = await book.isValid(subject, SCHEMA);
  journey.check(`credential of ${who}, from a W3C Verifiable Credential 2.0, is valid on chain`, "true", String(valid));
  journey.note(
    `academy checks a W3C Verifiable Credential about ${who} (${document.proof.cryptosuite}) and issues it on chain.`,
  );
}

/** The academy signs off chain; the subject sends it. A signature does not undo what an earlier journey revoked. */
async function delegated(journey: Journey, who: "bob"): Promise<void> {
  const { chain, contracts } = journey;
  const [issuer, subject] = [journey.address("academy"), journey.address(who)];
  const now = await blockTime(chain);
  const content = { subject, schema: SCHEMA, validUntil: now + YEAR, claimHash: keccak256(toBytes(`file of ${who}`)) };
  const { revoked } = await chain.client.readContract({
    ...contracts.credentials,
    functionName: "credentialOf",
    args: [subject, SCHEMA],
  });
  if (revoked) {
    const issue = { ...contracts.credentials, functionName: "issue", args: [content] } as const;
    await journey.act("academy", `issues a credential to ${who} anew, after the revocation`, issue);
    return;
  }
  const issuance = { issuer, ...content, nonce: BigInt(randomInt(2 ** 40)), deadline: now + HOUR };
  const signature = await (await walletOf(chain, issuer)).signTypedData({
    account: issuer,
    ...issuanceTypedData,
    domain: { ...issuanceTypedData.domain, chainId: chain.id, verifyingContract: contracts.credentials.address },
    message: issuance,
  });
  journey.note(`academy signs a credential for ${who}, off chain.`);
  await journey.act(who, "puts its credential on chain", {
    ...contracts.credentials,
    functionName: "issueBySignature",
    args: [issuance, signature],
  });
}

/** A policy for the asset, announced, and in force after its notice. */
async function requireCredential(journey: Journey, label: string): Promise<void> {
  const { policies, credentials, assets } = journey.contracts;
  const { client } = journey.chain;
  const { id } = journey.asset(label);
  const plugin = await deployPolicy(journey, credentials.address);
  const receipt = await journey.actAsSteward("admits a policy that asks for the credential", {
    ...policies,
    functionName: "admit",
    args: [plugin],
  });
  const [admitted] = await client.getContractEvents({
    ...{ ...policies, eventName: "PolicyAdmitted", strict: true },
    ...{ fromBlock: receipt.blockNumber, toBlock: receipt.blockNumber },
  } as const);
  const { policy } = admitted!.args;
  await journey.act("station", `announces it for ${label}`, {
    ...policies,
    functionName: "propose",
    args: [id, policy],
  });
  const [, effectiveAt] = await client.readContract({
    ...policies,
    functionName: "proposalOf",
    args: [id, journey.address("station")],
  });
  await reach(journey.chain, effectiveAt);
  await journey.act("carol", "puts it into force, after the notice", {
    ...policies,
    functionName: "enact",
    args: [id, journey.address("station"), []],
  });
  const { policyVersion } = await client.readContract({ ...assets, functionName: "assetOf", args: [id] });
  journey.check(`policy version of ${label}`, 2n, BigInt(policyVersion));
}

async function deployPolicy(journey: Journey, registry: Address): Promise<Address> {
  const client = await walletOf(journey.chain, journey.address("station"));
  const { address } = await journey.chain.connection.viem.deployContract(
    "CredentialPolicy",
    [registry, [SCHEMA], true],
    {
      client: { wallet: client as never },
    },
  );
  const counts = await journey.chain.client.readContract({
    address,
    abi: credentialPolicyAbi,
    functionName: "countsHolders",
  });
  journey.note(`station deploys a CredentialPolicy (counts holders: ${counts}).`);
  return address;
}

async function refusedWithout(journey: Journey, signed: SignedOrder, state: string): Promise<void> {
  const { market, policies } = journey.contracts;
  await approveMoney(journey, "bob", 10n * UNIT_PRICE);
  const wanted = await fillOf(journey, signed, "bob", 10n);
  await journey.refused("bob", `${state} and tries to buy`, "Assets_PolicyRefused", {
    ...market,
    functionName: "fill",
    args: [wanted],
  });
  const reason = await journey.chain.client.readContract({
    ...policies,
    functionName: "check",
    args: [
      ...([await policyOf(journey, signed.label), market.address, journey.address("station")] as const),
      ...([journey.address("bob"), journey.asset(signed.label).id, 10n] as const),
    ],
  });
  const refusal = explainRevert(reason);
  journey.check(`reason of the policy: bob ${state}`, "CredentialPolicy_Missing", refusal?.name ?? "none");
  journey.note(`  ${refusal?.en}`);
  journey.note(`  ${refusal?.zh}`);
}

async function policyOf(journey: Journey, label: string): Promise<bigint> {
  const args = [journey.asset(label).id] as const;
  const asset = await journey.chain.client.readContract({ ...journey.contracts.assets, functionName: "assetOf", args });
  return asset.policy;
}
