import { consentTypedData, derivationEvidence, type LicenceAgreement } from "@cadastre/abi";
import { expect } from "chai";
import type { RegistrationStruct } from "../../typechain-types/contracts/assets/IDataAsset.ts";
import { deployWithParent, derived, SIGNERS } from "../assets/consents.ts";
import { asSteward, ethers, networkHelpers, STATUS } from "../support/deploy.ts";

const { loadFixture } = networkHelpers;

const ACCOUNTS = [1, 2, 3].map((number) => ethers.zeroPadValue(ethers.toBeHex(number), 20));

/** An agreement in which no two fields of one type are the same. */
const AGREEMENT = {
  offer: {
    ...{ operator: ACCOUNTS[0]!, asset: 2n ** 255n, release: 3, termsHash: ethers.id("terms"), price: 2n ** 95n },
    ...{ duration: 2 ** 47, quota: 6n, credential: ethers.id("schema"), tier: 1, derivation: true },
    ...{ custodian: ACCOUNTS[1]!, bond: 8n, answerFee: 9n, deliverySeconds: 10, deliveryBlocks: 11 },
    ...{ disputeSeconds: 12, disputeBlocks: 13, policyVersion: 14, maxFeeBps: 15, expiry: 16, nonce: 17n },
  },
  ...{ licensee: ACCOUNTS[2]!, keyX: 18n, keyY: 19n, nonce: 20n },
} satisfies LicenceAgreement;

async function withGate() {
  const stage = await deployWithParent();
  const { assets, participants } = stage.system;
  // Consents ask no registry of licences.
  const gate = await ethers.deployContract("DerivationGate", [participants, participants]);
  await asSteward(stage.system, assets, "setDerivationGate", [await gate.getAddress()]);
  return { ...stage, gate };
}

describe("evidence of a derivation", () => {
  it("DER-20 says in the gate what the package put into it, as viem and as ethers have it", async () => {
    const { gate } = await loadFixture(withGate);
    const licence = derivationEvidence([{ kind: "licence", agreement: AGREEMENT }]);
    const [[, data]] = await gate.getFunction("readEvidence")(licence);
    const agreement = await gate.getFunction("readAgreement")(data);
    const { offer, ...rest } = agreement.toObject(false);
    expect({ ...rest, offer: offer.toObject() }).to.deep.equal(widened(AGREEMENT));
    expect(derivationEvidence([{ kind: "licence", agreement }])).to.equal(licence);

    const consent = { kind: "consent", deadline: 2n ** 48n - 1n, signature: "0x1234" } as const;
    const entries = await gate.getFunction("readEvidence")(derivationEvidence([{ kind: "none" }, consent]));
    expect(entries[0].toArray()).to.deep.equal([0n, "0x"]);
    expect(entries[1].kind).to.equal(1n);
    const read = await gate.getFunction("readConsent")(entries[1].data);
    expect(read.toArray()).to.deep.equal([consent.deadline, consent.signature]);
  });

  for (const [library, sign] of Object.entries(SIGNERS)) {
    it(`DER-21 takes a consent to this gate as ${library} signs it, and none to another`, async () => {
      const { system, operator, parent, child, message, domain, gate } = await loadFixture(withGate);
      const { assets, alice } = system;
      const { deadline } = message;
      const request = async (verifyingContract: string): Promise<RegistrationStruct> => {
        const here = { ...consentTypedData.domain, chainId: domain.chainId!, verifyingContract };
        const signature = await sign(operator.key, here, message);
        const evidence = derivationEvidence([{ kind: "consent", deadline, signature }]);
        return derived(system, [{ id: parent, shareBps: message.shareBps }], evidence);
      };
      await expect(assets.connect(alice).register(await request(domain.verifyingContract!)))
        .to.be.revertedWithCustomError(gate, "Consents_BadSignature")
        .withArgs(parent, operator.address);
      await assets.connect(alice).register(await request(await gate.getAddress()));
      expect(await assets.statusOf(child)).to.equal(STATUS.registered);
    });
  }
});

/** Every number as ethers gives it. */
function widened({ offer, ...rest }: typeof AGREEMENT) {
  const numbers = Object.entries(offer).map(([name, value]) => [
    name,
    typeof value === "number" ? BigInt(value) : value,
  ]);
  return { ...rest, offer: Object.fromEntries(numbers) };
}
