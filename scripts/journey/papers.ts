import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { manifestBytes, toHex } from "@cadastre/sealed";
import type { Hex } from "viem";
import { deploymentIdOf, privateFolderOf } from "../support/deployment.ts";
import type { SealedRelease } from "../support/sealing.ts";
import { type OfferedUse, termsDocument, termsHashOf } from "../support/terms.ts";
import type { Journey } from "./journey.ts";

const SHOWN_DIGITS = 16;

/** Keeps the manifest of a release, which is public, where whoever makes evidence of a licence finds it. */
export async function keepManifest(journey: Journey, { sealed }: SealedRelease): Promise<void> {
  write(await manifestPath(journey, sealed), manifestBytes(sealed.manifest));
}

/** Writes an offer's terms document and gives its hash. */
export async function keepTerms(journey: Journey, offered: OfferedUse): Promise<Hex> {
  const { chain, contracts } = journey;
  const document = termsDocument({ chainId: chain.id, assets: contracts.assets.address }, offered);
  const hash = termsHashOf(document);
  write(await termsPath(journey, hash), document);
  return hash;
}

/** The command that makes the evidence of the journey's licence, to be typed as it is. */
export async function evidenceCommand(journey: Journey): Promise<string> {
  const { deal, chain } = journey;
  if (deal === undefined) throw new Error("the journey has settled no licence");
  const typed = (path: string) => {
    const short = relative(process.cwd(), path);
    return short.includes(" ") ? `"${short}"` : short;
  };
  const endpoint = process.env.CADASTRE_RPC_URL;
  return [
    ...(endpoint === undefined || chain.name !== "localhost" ? [] : [`CADASTRE_RPC_URL=${endpoint}`]),
    `npm run evidence -- ${deal.id}`,
    ...(chain.name === "localhost" ? [] : [`--network ${chain.name}`]),
    `--manifest ${typed(await manifestPath(journey, deal.release.sealed))}`,
    `--terms ${typed(await termsPath(journey, deal.agreement.offer.termsHash))}`,
  ].join(" ");
}

function manifestPath(journey: Journey, { root }: SealedRelease["sealed"]): Promise<string> {
  return pathOf(journey, "manifests", toHex(root));
}

function termsPath(journey: Journey, hash: Hex): Promise<string> {
  return pathOf(journey, "terms", hash);
}

async function pathOf({ chain }: Journey, kind: string, hash: Hex): Promise<string> {
  const folder = join(privateFolderOf(await deploymentIdOf(chain)), kind);
  return join(folder, `${hash.slice(2, 2 + SHOWN_DIGITS)}.json`);
}

function write(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}
