import { alice, as, bob, currency, put, transaction } from "../lib/chain.ts";
import { published } from "../lib/code.ts";
import type { Operation } from "../lib/operation.ts";

const AMOUNT = 1_000_000n;

/** OpenZeppelin's splitter of 4.9, its last: a fixed list of payees, whose shares cannot be traded. The code is what it published. */
export async function splitter(): Promise<Operation[]> {
  const contract = await put(
    published("openzeppelin-contracts-4/build/contracts/PaymentSplitter.json"),
    ...[
      [alice.address, bob.address],
      [300n, 700n],
    ],
  );
  const money = await currency.getAddress();
  const release = as(bob, contract, "release(address,address)");
  await currency.connect(bob).transfer(contract, AMOUNT);
  await release(money, bob.address);
  await as(alice, contract, "release(address,address)")(money, alice.address);
  await currency.connect(bob).transfer(contract, AMOUNT);
  const name = "OpenZeppelin PaymentSplitter 4.9";
  return [
    {
      ...{
        key: "distribute",
        peer: "splitter",
        name,
        does: "a plain ERC-20 transfer to it; shares are fixed for good",
      },
      transaction: async () => transaction(bob, currency, "transfer", [await contract.getAddress(), AMOUNT]),
    },
    {
      ...{ key: "claim", peer: "splitter", name, does: "release to a payee; shares are fixed for good, no compliance" },
      transaction: () => transaction(bob, contract, "release(address,address)", [money, bob.address]),
    },
  ];
}
