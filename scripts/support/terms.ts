import { hash } from "node:crypto";
import { type Address, type Hex, toHex } from "viem";
import { assetUri, didOfAccount } from "../documents/accounts.ts";
import { canonical } from "../documents/json.ts";

/** What of an offer a policy has to say. */
export interface OfferedUse {
  readonly operator: Address;
  readonly asset: bigint;
  readonly duration: bigint | number;
  readonly quota: bigint | number;
  readonly derivation: boolean;
}

/** Where an asset is registered. */
export interface Register {
  readonly chainId: number;
  readonly assets: Address;
}

/** Whoever takes the offer may use the data, for so long and so often: an ODRL 2.2 policy in JSON-LD. Which release, the offer says. */
function policyOf({ chainId, assets }: Register, offer: OfferedUse) {
  const { operator, asset, duration, quota, derivation } = offer;
  const assigner = didOfAccount(chainId, operator);
  const target = assetUri(chainId, assets, asset);
  const atMost = (leftOperand: string, value: string, type: string) => ({
    ...{ leftOperand, operator: "lteq", rightOperand: { "@value": value, "@type": `xsd:${type}` } },
  });
  const counted = quota.toString() === "0" ? [] : [atMost("count", quota.toString(), "integer")];
  const use = { target, action: "use", constraint: [atMost("elapsedTime", `PT${duration}S`, "duration"), ...counted] };
  const derive = { target, action: "derive" };
  const path = [toHex(asset, { size: 32 }), duration, quota, derivation ? "derive" : "use"].join("/");
  return {
    "@context": "http://www.w3.org/ns/odrl.jsonld",
    "@type": "Offer",
    uid: `${assigner}/${path}`,
    // To derive is one way to use: where it is prohibited, that goes before.
    ...{ conflict: "prohibit", assigner },
    ...(derivation ? { permission: [use, derive] } : { permission: [use], prohibition: [derive] }),
  };
}

/** The terms document of an offer: canonical JSON (RFC 8785), in UTF-8. */
export function termsDocument(register: Register, offer: OfferedUse): Uint8Array {
  return new TextEncoder().encode(canonical(policyOf(register, offer)));
}

/** What an offer has of its terms document. */
export function termsHashOf(document: Uint8Array): Hex {
  return toHex(hash("sha256", document, "buffer"));
}
