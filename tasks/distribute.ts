import { z } from "zod/v4";
import { send } from "../scripts/support/chain.ts";
import { Problem } from "../scripts/support/problem.ts";
import { accountNamed, action, amount, assetId, currencyAt, readAsset, text } from "./session.ts";

export default action(z.object({ asset: assetId, as: text, amount }), async ({ asset, as, amount: given }, session) => {
  const { chain, contracts } = session;
  const { assets } = contracts;
  const payer = accountNamed(chain, as);
  const currency = await currencyAt(session, (await readAsset(session, asset)).currency);
  const value = currency.parse(given);
  const owned = await chain.client.readContract({ ...currency.contract, functionName: "balanceOf", args: [payer] });
  if (owned < value)
    throw new Problem(`${as} has ${currency.show(owned)}, which is less than ${currency.show(value)}.`);
  await send(chain, payer, { ...currency.contract, functionName: "approve", args: [assets.address, value] });
  const { gasUsed } = await send(chain, payer, { ...assets, functionName: "distribute", args: [asset, value] });
  const { revenue } = await readAsset(session, asset);
  console.log(
    `Distributed ${currency.show(value)} (${gasUsed} gas); the asset's fractions have earned ${currency.show(revenue)} so far.`,
  );
});
