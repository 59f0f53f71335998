import { deploy, ethers, networkHelpers, register } from "../support/deploy.ts";
import { order, sign } from "../support/orders.ts";
import { network } from "hardhat";
describe("trace", () => {
  it("buy", async () => {
    const s = await networkHelpers.loadFixture(deploy);
    const id = await register(s, "gas");
    await s.assets.connect(s.owner).safeTransferFrom(s.owner, s.alice, id, 300n, "0x");
    await s.assets.connect(s.owner).safeTransferFrom(s.owner, s.bob, id, 100n, "0x");
    await s.assets.connect(s.bob).distribute(id, 1_000_000n);
    await s.currency.mint(s.treasury, 1n);
    const o = order(s.alice.address, id, { nonce: 7n });
    const signature = await sign(s, s.alice, o);
    const f = { order: o, signature, units: 10n, limit: 10n ** 12n };
    await s.market.connect(s.bob).fill(f);
    const tx = process.env.OP === "transfer" ? await s.assets.connect(s.alice).safeTransferFrom(s.alice, s.bob, id, 10n, "0x") : process.env.OP === "claim" ? await s.assets.connect(s.bob).claim([id], s.bob) : await s.market.connect(s.bob).fill(f);
    const r = await ethers.provider.send("debug_traceTransaction", [tx.hash, { disableMemory: true, disableStack: false }]);
    const by: Record<string, [number, number]> = {};
    let other = 0;
    let prev: any;
    for (const l of r.structLogs) {
      const cost = l.gasCost;
      if (cost >= 100 && !/CALL$/.test(l.op)) { console.log("  ".repeat(l.depth), l.op, cost, l.op.startsWith("S") || l.op.startsWith("T") ? l.stack?.at(-1)?.slice(0, 14) : ""); }
      else if (/CALL$/.test(l.op)) console.log("  ".repeat(l.depth), l.op, "call", l.stack?.at(-2));
      if (!/CALL$/.test(l.op)) { (by[l.op] ??= [0, 0])[0]++; by[l.op]![1] += cost; if (cost < 100) other += cost; }
    }
    const frames: string[] = ["top"]; const cost: Record<string, number> = {}; let d0 = r.structLogs[0].depth; let lastCall = "";
    for (const l of r.structLogs) { while (frames.length > l.depth - d0 + 1) frames.pop(); if (frames.length < l.depth - d0 + 1) frames.push(lastCall);
      if (/CALL$/.test(l.op)) { lastCall = l.stack.at(-2).slice(0, 8) + "#" + l.pc; } else if (l.gasCost < 100) { const k = frames.join(">"); cost[k] = (cost[k] ?? 0) + l.gasCost; } }
    console.log(cost);
    const ops: Record<string, [number, number]> = {}; for (const l of r.structLogs) if (l.depth === d0 && l.gasCost < 100) { (ops[l.op] ??= [0,0])[0]++; ops[l.op]![1] += l.gasCost; }
    console.log(Object.entries(ops).sort((a, b) => b[1][1] - a[1][1]).slice(0, 16).map(([k, v]) => `${k} ${v[0]}x ${v[1]}`).join(", "));
    console.log("gas", r.gas, "small ops", other, "calldata", (tx.data.length - 2) / 2, "nonzero", tx.data.slice(2).match(/../g)!.filter((b: string) => b !== "00").length);
  });
});
