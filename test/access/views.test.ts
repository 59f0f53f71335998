import { expect } from "chai";
import type { FunctionFragment } from "ethers";
import { deploy, networkHelpers, register } from "../support/deploy.ts";
import { answer, argument, contractsOf } from "./everyFunction.ts";

const isView = ({ stateMutability }: FunctionFragment) => stateMutability === "view" || stateMutability === "pure";

describe("views", () => {
  it("ACC-15 give the same answer to whoever asks", async () => {
    const system = await networkHelpers.loadFixture(deploy);
    const { mallory, registrar, supervisor, admin, owner } = system;
    const ids = { account: owner.address, asset: await register(system) };
    let asked = 0;
    let answered = 0;
    for (const [name, contract] of contractsOf(system)) {
      for (const fragment of contract.interface.fragments.filter((f) => f.type === "function") as FunctionFragment[]) {
        if (!isView(fragment)) continue;
        const what = `${name}.${fragment.format("sighash")}`;
        const values = fragment.inputs.map((input) => argument(input, ids));
        const data = contract.interface.encodeFunctionData(fragment, values);
        const toStranger = await answer(mallory.address, contract, data);
        for (const caller of [registrar, supervisor, admin]) {
          expect(await answer(caller.address, contract, data), `${what} asked by ${caller.address}`).to.deep.equal(
            toStranger,
          );
        }
        asked++;
        if (toStranger.ok) answered++;
      }
    }
    expect(asked).to.be.greaterThan(120);
    expect(answered).to.be.greaterThan(asked / 2);
  });
});
