// A journey through the whole system on real datasets, on any network where it is deployed.
import { parseArgs } from "node:util";
import { demoCurrencyAbi } from "@cadastre/abi";
import { type Address, isAddress } from "viem";
import { bid } from "./journey/bid.ts";
import { cancellation } from "./journey/cancellation.ts";
import { certificate } from "./journey/certificate.ts";
import { credentials } from "./journey/credentials.ts";
import { derivation } from "./journey/derivation.ts";
import { journal } from "./journey/journal.ts";
import { Journey, type Step } from "./journey/journey.ts";
import { licence } from "./journey/licence.ts";
import { lostKey } from "./journey/lostKey.ts";
import { missedDeadline } from "./journey/missedDeadline.ts";
import { notice } from "./journey/notice.ts";
import { evidenceCommand } from "./journey/papers.ts";
import { participants } from "./journey/participants.ts";
import { refusal } from "./journey/refusal.ts";
import { registration } from "./journey/registration.ts";
import { revenue } from "./journey/revenue.ts";
import { revocation } from "./journey/revocation.ts";
import { sale } from "./journey/sale.ts";
import { secondRelease } from "./journey/secondRelease.ts";
import { subscription } from "./journey/subscription.ts";
import { summary } from "./journey/summary.ts";
import { supervision } from "./journey/supervision.ts";
import { vote } from "./journey/vote.ts";
import { wrongContent } from "./journey/wrongContent.ts";
import { wrongKey } from "./journey/wrongKey.ts";
import { buildForDeployment, useProductionBuild } from "./support/build.ts";
import { type Chain, openChain } from "./support/chain.ts";
import type { Contracts } from "./support/contracts.ts";
import { deployedContracts } from "./support/deployment.ts";
import { main, Problem } from "./support/problem.ts";

const STEPS: readonly Step[] = [
  ...[participants, registration, sale, bid, cancellation, refusal],
  ...[
    revenue,
    secondRelease,
    derivation,
    journal,
    credentials,
    licence,
    wrongKey,
    wrongContent,
    missedDeadline,
    subscription,
    revocation,
    notice,
    certificate,
    supervision,
    vote,
    lostKey,
    summary,
  ],
];

const HELP = `npm run journey [-- OPTIONS]

  --network NAME      a network of hardhat.config.ts on which everything is deployed (default: localhost)
  --currency ADDRESS  an admitted currency, where there is no demonstration currency
  --help
`;

/**
 * Runs all steps; throws at the first that fails, and at the end if a figure is off.
 *
 * @returns the command that makes the evidence of a licence of this journey
 */
export async function runJourney(
  chain: Chain,
  contracts: Contracts,
  {
    currency = contracts.demo?.address,
    print = console.log,
  }: { currency?: Address | undefined; print?: (text: string) => void } = {},
): Promise<string> {
  if (currency === undefined)
    throw new Problem("There is no demonstration currency here: name an admitted one with --currency.");
  const journey = new Journey({ chain, contracts, currency: { address: currency, abi: demoCurrencyAbi }, print });
  for (const [i, { title, run }] of STEPS.entries()) {
    print(`\n${i + 1}. ${title}\n`);
    await run(journey);
  }
  return evidenceCommand(journey);
}

if (import.meta.main) {
  await main(async () => {
    const { values } = parseArgs({
      options: {
        network: { type: "string", default: "localhost" },
        currency: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return console.log(HELP);
    const { currency } = values;
    if (currency !== undefined && !isAddress(currency)) throw new Problem(`--currency: ${currency} is not an address.`);
    useProductionBuild();
    await buildForDeployment();
    const chain = await openChain(values.network);
    const evidence = await runJourney(chain, await deployedContracts(chain), { currency });
    console.log(
      `\nThe evidence of alice's licence, for somebody who trusts nobody:\n\n  ${evidence}\n\njourney passed`,
    );
  });
}
