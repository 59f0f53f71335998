import { randomBytes } from "node:crypto";
import { keccak256, toBytes, toHex } from "viem";
import { checkCertificate, issueCertificate } from "../documents/certificate.ts";
import { DocumentError } from "../documents/errors.ts";
import { keyOfSeed } from "../documents/keys.ts";
import { openCertificates } from "../documents/registries.ts";
import type { Journey, Step } from "./journey.ts";
import { CLIMATE } from "./participants.ts";

const TERM = 3 * 365 * 86_400;

export const certificate: Step = {
  title: "A registration certificate: issued, signed as a document, checked against the chain",
  async run(journey) {
    const { certificates, supervision } = journey.contracts;
    const { id } = journey.asset("weather");
    const key = keyOfSeed(randomBytes(32));
    await journey.act("climate", "publishes its key for documents", {
      ...certificates,
      functionName: "setSigningKey",
      args: [CLIMATE, toHex(key.publicKey)],
    });
    await journey.act("climate", "certifies the registration of weather for three years", {
      ...certificates,
      functionName: "issue",
      args: [id, TERM],
    });
    const open = () => openCertificates(journey.chain, journey.contracts);
    const document = await issueCertificate(await open(), id, key);
    journey.note(
      `Certificate ${document.credentialSubject.number}, a W3C Verifiable Credential 2.0, signed off chain.`,
    );
    journey.check("the certificate is valid and says what the chain says", "valid", await verdict(journey, document));

    const reason = keccak256(toBytes("inspection 2026/3"));
    await journey.act("supervisor", "suspends weather", {
      ...supervision,
      functionName: "suspend",
      args: [id, reason],
    });
    const suspended = "certificate_suspended";
    journey.check("the certificate of a suspended asset", suspended, await verdict(journey, document));
    await journey.act("supervisor", "reinstates it", { ...supervision, functionName: "reinstate", args: [id, reason] });
    journey.check("the certificate after that", "valid", await verdict(journey, document));
    journey.showGas();
  },
};

/** What anybody finds who checks the document now. */
async function verdict(journey: Journey, document: object): Promise<string> {
  try {
    await checkCertificate(document, await openCertificates(journey.chain, journey.contracts));
    return "valid";
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    journey.note(error.message.split("\n").slice(0, 2).join("\n  "));
    return error.code;
  }
}
