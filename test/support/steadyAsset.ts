import { register, type System } from "./deploy.ts";

const REVENUE = 1_000_000n;

/** An asset of which both traders hold units, have claimed revenue before, and have revenue to settle now. */
export async function steadyAsset(system: System, label: string): Promise<bigint> {
  const { assets, owner, alice, bob } = system;
  const id = await register(system, label);
  await assets.connect(owner).safeTransferFrom(owner, alice, id, 300n, "0x");
  await assets.connect(owner).safeTransferFrom(owner, bob, id, 100n, "0x");
  await assets.connect(bob).distribute(id, REVENUE);
  for (const holder of [alice, bob]) await assets.connect(holder).claim([id], holder);
  await assets.connect(alice).safeTransferFrom(alice, bob, id, 1n, "0x");
  await assets.connect(bob).distribute(id, REVENUE);
  return id;
}
