import { z } from "zod/v4";
import { send } from "../scripts/support/chain.ts";
import { accountNamed, action, assetId, currencyAt, readAsset, text } from "./session.ts";

export default action(z.object({ asset: assetId, as: text }), async ({ asset, as }, session) => {
  const { chain, contracts } = session;
  const { assets } = contracts;
  const account = accountNamed(chain, as);
  const currency = await currencyAt(session, (await readAsset(session, asset)).currency);
  const claimable = await chain.client.readContract({ ...assets, functionName: "claimable", args: [asset, account] });
  const { gasUsed } = await send(chain, account, { ...assets, functionName: "claim", args: [[asset], account] });
  console.log(`Claimed ${currency.show(claimable)} (${gasUsed} gas).`);
});
