import { credentialRegistryAbi } from "@cadastre/abi";
import { expect } from "chai";
import { id as hashText } from "ethers";
import { getAddress, type PublicClient } from "viem";
import { checkClaim, issueClaim } from "../../scripts/documents/claim.ts";
import { DEMONSTRATION_DID, EXAMPLE_SCHEMA, exampleCredential } from "../../scripts/documents/demonstration.ts";
import { openCredentials } from "../../scripts/documents/registries.ts";
import type { Chain } from "../../scripts/support/chain.ts";
import type { Contracts } from "../../scripts/support/contracts.ts";
import { explainFailure } from "../../scripts/support/explain.ts";
import { deploy, networkHelpers, type System, viem } from "../support/deploy.ts";
import { CHAIN_ID, refusal } from "./stage.ts";

const trusted = { trusted: [{ did: DEMONSTRATION_DID }] };

async function bookOf({ credentials, operator }: System) {
  const address = getAddress(await credentials.getAddress());
  const contracts = { credentials: { address, abi: credentialRegistryAbi } } as Contracts;
  const client = (await viem.getPublicClient()) as PublicClient;
  const accounts = [getAddress(operator.address)];
  const chain = { id: CHAIN_ID, client, accounts, connection: { viem } } as unknown as Chain;
  return openCredentials(chain, contracts);
}

describe("Claims in the registry of credentials", () => {
  it("VC-46 become credentials that an accredited issuer's account issues, once, and not again after it was revoked or replaced", async () => {
    const system = await networkHelpers.loadFixture(deploy);
    const { credentials, authority, operator, alice, bob } = system;
    const issuer = getAddress(operator.address);
    const subject = getAddress(alice.address);
    const document = exampleCredential(CHAIN_ID, subject);
    const check = async () => checkClaim(document, await bookOf(system), trusted);
    await refusal(check, "schema_unknown");
    const { name, uri } = EXAMPLE_SCHEMA;
    await credentials.connect(authority).openSchema(name, uri);
    const claim = await check();
    expect(claim.schema).to.equal(await credentials.schemaIdOf(name, uri));

    const issue = async () => issueClaim(claim, await bookOf(system), issuer);
    const refused = await issue().then(
      () => undefined,
      (error: unknown) => explainFailure(error),
    );
    expect(refused?.signature).to.equal(`Credentials_NotAccredited(${claim.schema}, ${issuer})`);
    await credentials.connect(authority).accredit(claim.schema, issuer);
    await issue();
    expect(await credentials.isValid(subject, claim.schema)).to.equal(true);
    const held = await credentials.credentialOf(subject, claim.schema);
    expect([held.issuer, held.validUntil, held.revoked, held.claimHash]).to.deep.equal([
      ...[issuer, BigInt(claim.validUntil), false, claim.claimHash],
    ]);
    await refusal(issue, "already_issued");
    const put = (claimHash: string) =>
      credentials
        .connect(operator)
        .issue({ subject, schema: claim.schema, validUntil: BigInt(claim.validUntil), claimHash });
    await put(hashText("another file"));
    expect((await refusal(issue, "already_replaced")).details).to.equal(claim.claimHash);
    await put(claim.claimHash);
    await credentials.connect(operator).revoke(subject, claim.schema, hashText("reason"));
    await refusal(issue, "already_revoked");
    await put(hashText("another file"));
    expect((await refusal(issue, "already_revoked")).details).to.equal(claim.claimHash);
    const another = exampleCredential(CHAIN_ID, getAddress(bob.address));
    await issueClaim(await checkClaim(another, await bookOf(system), trusted), await bookOf(system), issuer);

    // Another name under the same URI makes it unclear which schema is meant.
    await credentials.connect(authority).openSchema(`${name} 2`, uri);
    expect((await refusal(check, "schema_ambiguous")).details).to.equal(uri);
  });
});
