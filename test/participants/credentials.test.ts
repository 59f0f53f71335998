import { credentialRegistryAbi, issuanceTypedData } from "@cadastre/abi";
import { expect } from "chai";
import { TypedDataEncoder } from "ethers";
import { type ContractFunctionArgs, getAddress, getContract, type Hex, isAddressEqual } from "viem";
import { SCHEMAS, schemaIdOf } from "../../ignition/schemas.ts";
import { CredentialRegistry__factory } from "../../typechain-types/index.ts";
import { deploy, ethers, networkHelpers, type System, viem } from "../support/deploy.ts";

const { loadFixture } = networkHelpers;
const END = 4_102_444_800n;
const CLAIM = ethers.id("claim");
const REASON = ethers.id("reason");

type Signed = ContractFunctionArgs<typeof credentialRegistryAbi, "view", "hashIssuance">[0];

/** Two schemas; the operator may issue of both, Bob of the venue's alone. */
async function accredited() {
  const system = await deploy();
  const { credentials, authority, operator, bob } = system;
  const asAuthority = credentials.connect(authority);
  for (const { name, uri } of Object.values(SCHEMAS)) await asAuthority.openSchema(name, uri);
  const [sandbox, venue] = [schemaIdOf(SCHEMAS.sandbox), schemaIdOf(SCHEMAS.venue)];
  await asAuthority.accredit(sandbox, operator);
  await asAuthority.accredit(venue, operator);
  await asAuthority.accredit(venue, bob);
  return { ...system, sandbox, venue };
}

async function domainOf({ credentials }: System, chainId?: bigint) {
  const { chainId: here } = await ethers.provider.getNetwork();
  return {
    ...issuanceTypedData.domain,
    chainId: chainId ?? here,
    verifyingContract: await credentials.getAddress(),
  };
}

function issuance({ operator, alice }: System, schema: string, nonce = 0n) {
  const [issuer, subject] = [operator.address, alice.address];
  return { issuer, subject, schema, validUntil: END, claimHash: CLAIM, nonce, deadline: END };
}

const types = { DelegatedIssuance: [...issuanceTypedData.types.DelegatedIssuance] };

describe("credentials", () => {
  it("CRD-31 are issued by what an issuer signed with ethers", async () => {
    const system = await loadFixture(accredited);
    const { credentials, operator, alice, mallory, sandbox } = system;
    const signed = issuance(system, sandbox);
    const domain = await domainOf(system);
    const signature = await operator.signTypedData(domain, types, signed);
    expect(await credentials.hashIssuance(signed)).to.equal(TypedDataEncoder.hash(domain, types, signed));
    expect(await credentials.isValid(alice, sandbox)).to.equal(false);
    await credentials.connect(mallory).issueBySignature(signed, signature);
    expect(await credentials.isValid(alice, sandbox)).to.equal(true);
    const { issuer, validUntil, revoked, claimHash } = await credentials.credentialOf(alice, sandbox);
    expect([issuer, validUntil, revoked, claimHash]).to.deep.equal([operator.address, END, false, CLAIM]);
    await expect(credentials.issueBySignature(signed, signature))
      .to.be.revertedWithCustomError(credentials, "Credentials_NonceSpent")
      .withArgs(operator.address, 0n);
  });

  it("CRD-31 are issued by what an issuer signed with viem, and read the same", async () => {
    const system = await loadFixture(accredited);
    const { credentials, operator, alice, sandbox } = system;
    const wallets = await viem.getWalletClients();
    const issuer = wallets.find(({ account }) => isAddressEqual(account.address, getAddress(operator.address)))!;
    const chain = await viem.getPublicClient();
    const address = getAddress(await credentials.getAddress());
    const registry = getContract({
      address,
      abi: credentialRegistryAbi,
      client: { public: chain, wallet: wallets.at(-1)! },
    });
    const message: Signed = {
      issuer: issuer.account.address,
      subject: getAddress(alice.address),
      schema: sandbox as Hex,
      validUntil: Number(END),
      claimHash: CLAIM as Hex,
      nonce: 2n ** 64n - 1n,
      deadline: Number(END),
    };
    const domain = { ...(await domainOf(system)), verifyingContract: address };
    const signature = await issuer.signTypedData({ ...issuanceTypedData, domain, message });
    await registry.write.issueBySignature([message, signature]);
    const issuedAt = await networkHelpers.time.latest();
    expect(await registry.read.credentialOf([message.subject, message.schema])).to.deep.equal({
      issuer: message.issuer,
      issuedAt,
      validUntil: Number(END),
      revoked: false,
      claimHash: CLAIM,
    });
    expect(await registry.read.explain([message.subject, message.schema])).to.deep.equal([true, "0x00000000"]);
    expect(await registry.read.isNonceSpent([message.issuer, message.nonce])).to.equal(true);
  });

  it("CRD-32 refuses a signature for another chain, another registry, or by another account", async () => {
    const system = await loadFixture(accredited);
    const { credentials, operator, mallory, sandbox } = system;
    const signed = issuance(system, sandbox);
    const domain = await domainOf(system);
    const foreign = [
      await operator.signTypedData({ ...domain, chainId: domain.chainId + 1n }, types, signed),
      await operator.signTypedData({ ...domain, verifyingContract: mallory.address }, types, signed),
      await operator.signTypedData({ ...domain, name: "Cadastre Market" }, types, signed),
      await operator.signTypedData({ ...domain, version: "2" }, types, signed),
      await mallory.signTypedData(domain, types, signed),
      "0x",
    ];
    const hash = await credentials.hashIssuance(signed);
    for (const signature of foreign) {
      await expect(credentials.connect(mallory).issueBySignature(signed, signature))
        .to.be.revertedWithCustomError(credentials, "Credentials_BadSignature")
        .withArgs(hash, operator.address);
    }
  });

  it("CRD-33 have ids that are known before their schemas are opened", async () => {
    const { credentials, sandbox, venue, jurisdiction } = await loadFixture(accredited);
    const { name, uri } = SCHEMAS.sandbox;
    expect(await credentials.schemaIdOf(name, uri)).to.equal(sandbox);
    expect(await credentials.schemaOf(sandbox)).to.deep.equal([name, uri]);
    expect(await jurisdiction.needed()).to.deep.equal([sandbox, venue]);
  });

  it("CRD-34 are rebuilt from events alone", async () => {
    const system = await loadFixture(accredited);
    const { credentials, authority, operator, alice, bob, carol, sandbox, venue } = system;
    const asOperator = credentials.connect(operator);
    const credentialFor = (subject: string, schema: string) => ({ subject, schema, validUntil: END, claimHash: CLAIM });
    await asOperator.issue(credentialFor(alice.address, sandbox));
    await asOperator.issue(credentialFor(carol.address, venue));
    await credentials.connect(bob).issue({ ...credentialFor(bob.address, venue), claimHash: REASON });
    await asOperator.renew(carol, venue, END + 1n);
    await asOperator.revoke(alice, sandbox, REASON);
    const signed = { ...issuance(system, venue, 300n), subject: alice.address };
    await asOperator.issueBySignature(signed, await operator.signTypedData(await domainOf(system), types, signed));
    await asOperator.cancelNonce(44n);
    await credentials.connect(authority).withdrawAccreditation(sandbox, operator, REASON);
    await credentials.connect(authority).withdrawAccreditation(venue, bob, REASON);
    await credentials.connect(authority).accredit(venue, bob);

    const model = rebuild(await ethers.provider.getLogs({ address: await credentials.getAddress(), fromBlock: 0 }));
    const accounts = [alice, bob, carol, operator, authority].map(({ address }) => address);
    for (const schema of [sandbox, venue]) {
      expect([...(await credentials.schemaOf(schema))]).to.deep.equal(model.schemas.get(schema));
      for (const account of accounts) {
        const key = `${schema} ${account}`;
        expect(await credentials.isAccredited(schema, account)).to.equal(model.accredited.has(key));
        const known = model.credentials.get(key) ?? NONE;
        const { issuer, issuedAt, validUntil, revoked, claimHash } = await credentials.credentialOf(account, schema);
        expect({ issuer, issuedAt, validUntil, revoked, claimHash }).to.deep.equal(known);
      }
    }
    expect([...model.credentials.keys()]).to.have.length(4);
    expect([...model.spent]).to.deep.equal([`${operator.address} 300`, `${operator.address} 44`]);
    for (const nonce of [0n, 43n, 44n, 300n]) {
      const spent = model.spent.has(`${operator.address} ${nonce}`);
      expect(await credentials.isNonceSpent(operator, nonce)).to.equal(spent);
    }
  });
});

const NONE = { issuer: ethers.ZeroAddress, issuedAt: 0n, validUntil: 0n, revoked: false, claimHash: ethers.ZeroHash };

/** The registry's state as its events tell it. */
function rebuild(logs: readonly { readonly topics: readonly string[]; readonly data: string }[]) {
  const model = {
    schemas: new Map<string, [string, string]>(),
    accredited: new Set<string>(),
    credentials: new Map<string, typeof NONE>(),
    spent: new Set<string>(),
  };
  const events = CredentialRegistry__factory.createInterface();
  for (const log of logs) {
    const event = events.parseLog(log)!;
    const args = event.args.toObject() as Record<string, never>;
    const key = `${args.schema} ${args.subject ?? args.issuer}`;
    const { issuer, issuedAt, validUntil, claimHash } = args;
    if (event.name === "SchemaOpened") model.schemas.set(args.schema!, [args.name!, args.uri!]);
    if (event.name === "IssuerAccredited") model.accredited.add(key);
    if (event.name === "AccreditationWithdrawn") model.accredited.delete(key);
    if (event.name === "CredentialIssued")
      model.credentials.set(key, {
        issuer: issuer!,
        issuedAt: issuedAt!,
        validUntil: validUntil!,
        revoked: false,
        claimHash: claimHash!,
      });
    if (event.name === "CredentialRenewed")
      model.credentials.set(key, { ...model.credentials.get(key)!, validUntil: validUntil! });
    if (event.name === "CredentialRevoked")
      model.credentials.set(key, { ...model.credentials.get(key)!, revoked: true });
    if (event.name === "IssueNonceSpent") model.spent.add(`${issuer} ${args.nonce}`);
  }
  return model;
}
