import { certificatesAbi, dataAssetAbi } from "@cadastre/abi";
import { expect } from "chai";
import { id as hashText } from "ethers";
import { getAddress, type PublicClient, toHex } from "viem";
import { checkCertificate, issueCertificate } from "../../scripts/documents/certificate.ts";
import { openCertificates } from "../../scripts/documents/registries.ts";
import type { Chain } from "../../scripts/support/chain.ts";
import type { Contracts } from "../../scripts/support/contracts.ts";
import { deploy, networkHelpers, PROVINCE, register, release, type System, viem } from "../support/deploy.ts";
import { REGISTRAR, refusal } from "./stage.ts";

const TERM = 1_000n;

async function bookOf({ assets, certificates }: System) {
  const client = (await viem.getPublicClient()) as PublicClient;
  const contracts = {
    assets: { address: getAddress(await assets.getAddress()), abi: dataAssetAbi },
    certificates: { address: getAddress(await certificates.getAddress()), abi: certificatesAbi },
  } as Contracts;
  return openCertificates({ id: await client.getChainId(), client } as Chain, contracts);
}

describe("Certificates of the register", () => {
  it("VC-45 follow the register: issued, renewed, expired, suspended, withdrawn", async () => {
    const system = await networkHelpers.loadFixture(deploy);
    const { certificates, registrar, supervision, supervisor, assets, operator } = system;
    const asset = await register(system);
    await refusal(async () => issueCertificate(await bookOf(system), asset, REGISTRAR), "certificate_unknown");
    await certificates.connect(registrar).getFunction("issue")(asset, TERM);
    await refusal(async () => issueCertificate(await bookOf(system), asset, REGISTRAR), "key_unset");
    await certificates.connect(registrar).setSigningKey(PROVINCE, toHex(REGISTRAR.publicKey));

    const first = await issueCertificate(await bookOf(system), asset, REGISTRAR);
    const check = async (document: unknown) => checkCertificate(document, await bookOf(system));
    expect(await check(first)).to.deep.equal(await (await bookOf(system)).certificate(asset));
    expect(first.credentialSubject).to.include({ number: "1", registrationDomain: 330_000, fractions: "1000" });
    expect(first.credentialSubject.holder).to.equal(`did:pkh:eip155:31337:${system.owner.address}`);

    await assets.connect(operator).publish(asset, release("second"));
    const behind = await refusal(() => check(first), "value_differs");
    expect(behind.details).to.match(/latestRelease is 1, on chain 2; .*releaseHash is /);
    const second = await issueCertificate(await bookOf(system), asset, REGISTRAR);
    await check(second);

    await supervision.connect(supervisor).suspend(asset, hashText("reason"));
    await refusal(() => check(second), "certificate_suspended");
    await supervision.connect(supervisor).reinstate(asset, hashText("reason"));
    await check(second);

    await networkHelpers.time.increase(TERM);
    await refusal(() => check(second), "certificate_expired");
    await certificates.connect(registrar).renew(asset, TERM);
    expect((await refusal(() => check(second), "value_differs")).details).to.match(/^validUntil is /);
    const third = await issueCertificate(await bookOf(system), asset, REGISTRAR);
    await check(third);
    await certificates.connect(registrar).withdraw(asset, hashText("reason"));
    await refusal(() => check(third), "certificate_withdrawn");
  });
});
