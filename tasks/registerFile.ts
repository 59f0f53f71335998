import { existsSync, readFileSync, statSync } from "node:fs";
import { SealedError, seal } from "@cadastre/sealed";
import { keccak256, toBytes } from "viem";
import { z } from "zod/v4";
import { nameOf } from "../scripts/support/accounts.ts";
import { send } from "../scripts/support/chain.ts";
import { blockTime } from "../scripts/support/clock.ts";
import { deploymentIdOf, privateFolderOf } from "../scripts/support/deployment.ts";
import { Problem } from "../scripts/support/problem.ts";
import { releaseOf, storeSealed } from "../scripts/support/sealing.ts";
import { keyProtection } from "./keyProtection.ts";
import { accountNamed, action, hexId, text, wholeUnits, wholeUpTo } from "./session.ts";

/** As the register has it. */
const MAX_ROYALTY_BPS = 1_000;

const schema = z.object({
  file: text,
  as: text,
  title: text,
  description: text.optional(),
  mediaType: text,
  license: text,
  fractions: wholeUnits,
  royaltyBps: wholeUpTo(MAX_ROYALTY_BPS, "which are 10 %"),
  unprotectedKey: z.boolean(),
});

export default action(schema, async (args, session) => {
  const { chain, contracts } = session;
  if (!existsSync(args.file) || !statSync(args.file).isFile()) throw new Problem(`There is no file ${args.file}.`);
  if (contracts.demo === undefined)
    throw new Problem("This network has no demonstration currency; register by a program of your own.");
  const holder = accountNamed(chain, args.as);
  const issued = new Date((await blockTime(chain)) * 1_000).toISOString().slice(0, 10);
  const description = args.description ?? args.title;
  const dataset = {
    title: args.title,
    description,
    publisher: nameOf(chain.accounts, holder),
    issued,
    license: args.license,
  };
  const protection = await keyProtection(args.unprotectedKey, session);
  const sealed = sealOrExplain(readFileSync(args.file), { mediaType: args.mediaType, dataset });
  const folder = await storeSealed(privateFolderOf(await deploymentIdOf(chain)), sealed, protection);
  sealed.key.fill(0);
  const release = releaseOf(sealed);
  const registration = {
    ...{ holder, operator: holder, termsHash: keccak256(toBytes(args.license)), fractions: args.fractions },
    ...{
      currency: contracts.demo.address,
      royaltyBps: args.royaltyBps,
      policy: 0n,
      release,
      parents: [],
      evidence: "0x" as const,
    },
  };
  const { gasUsed } = await send(chain, holder, {
    ...contracts.assets,
    functionName: "register",
    args: [registration],
  });
  const id = await chain.client.readContract({
    ...contracts.assets,
    functionName: "assetIdOf",
    args: [holder, release.root],
  });
  console.log(`Registered ${args.file} with ${args.fractions} fractions (${gasUsed} gas).`);
  const kept = args.unprotectedKey ? "protected by nothing but its mode" : "under its passphrase";
  console.log(`Ciphertext, manifest and the key's file, ${kept}, lie in ${folder}; docs/keys.md says how to keep it.`);
  console.log(`asset ${hexId(id)}`);
});

function sealOrExplain(data: Uint8Array, options: Parameters<typeof seal>[1]) {
  try {
    return seal(data, options);
  } catch (error) {
    if (error instanceof SealedError) throw new Problem(error.message);
    throw error;
  }
}
