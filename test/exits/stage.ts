import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import {
  asSteward,
  deploy,
  ethers,
  KIND,
  PROVINCE,
  passWindow,
  register,
  type System,
  WINDOWS,
} from "../support/deploy.ts";

export const REASON = ethers.id("statement of reasons");
/** What alice holds of 1,000. */
export const UNITS = 400n;
export const NOTICE = { duration: 500, blocks: 2 };
export const DECISION = { duration: 700, blocks: 2 };
export const DEPOSIT = 5_000_000n;
const REVENUE = 10_000n;

/** An asset of `owner`, of which alice holds a part with revenue to claim. */
export async function deployWithHoldings() {
  const system = await deploy();
  const { assets, owner, alice, bob } = system;
  const id = await register(system);
  await assets.connect(owner).safeTransferFrom(owner, alice, id, UNITS, "0x");
  await assets.connect(bob).distribute(id, REVENUE);
  return { system, id, revenue: (REVENUE * UNITS) / 1_000n };
}

/** An asset under notice, with bob ready to pay a deposit. */
export async function deployUnderNotice() {
  const system = await deploy();
  const { notice, currency, alice, bob } = system;
  await asSteward(system, notice, "setTerms", [PROVINCE, { notice: NOTICE, decision: DECISION, deposit: 5n }]);
  for (const person of [alice, bob]) await currency.connect(person).approve(notice, ethers.MaxUint256);
  return { system, id: await register(system) };
}

export async function admit({ participants, registrar }: System, account: HardhatEthersSigner): Promise<void> {
  await participants.connect(registrar).admit(account, PROVINCE, KIND.person, ethers.ZeroHash);
}

/** Records a successor, after the window. */
export async function succeed({ participants, registrar }: System, account: string, successor: string): Promise<void> {
  await participants.connect(registrar).proposeSuccessor(account, successor, REASON);
  await passWindow(WINDOWS.successionWindow);
  await participants.recordSuccessor(account);
}

/** Claims, and sees that exactly this arrived. */
export async function claimAll(
  system: System,
  id: bigint,
  account: HardhatEthersSigner,
  expected: bigint,
): Promise<void> {
  const { assets, currency } = system;
  await expect(assets.connect(account).claim([id], account)).to.changeTokenBalance(ethers, currency, account, expected);
}
