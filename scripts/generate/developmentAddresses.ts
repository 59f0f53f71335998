import { network } from "hardhat";
import Cadastre from "../../ignition/modules/Cadastre.ts";
import Demo from "../../ignition/modules/Demo.ts";

// Addresses follow from account and nonce alone, so any parameters do.
const { ethers, ignition } = await network.create("node");
const anyone = (await ethers.getSigners())[0]!.address;
const roles = ["admin", "authority", "steward", "supervisor", "guardian"];
const second = { duration: 1, blocks: 1 };
const parameters = {
  Participants: { successionWindow: second },
  Assets: { policyNotice: second, moveWindow: second, voteWindow: second, freezeTerm: 1 },
  Market: { feeBps: 0, feeReceiver: anyone },
  Cadastre: {
    ...Object.fromEntries(
      roles.map((role) => [role, role === "admin" ? ethers.Wallet.createRandom().address : anyone]),
    ),
    ...{ adminDelay: 1, stewardDelay: 1 },
  },
};
const deployed = await ignition.deploy(Cadastre, { parameters });
const { currency } = await ignition.deploy(Demo);
const named = {
  AccessManager: deployed.manager,
  ParticipantRegistry: deployed.participants,
  CredentialRegistry: deployed.credentials,
  CurrencyRegistry: deployed.currencies,
  ConsentGate: deployed.gate,
  PolicyBook: deployed.policies,
  Notice: deployed.notice,
  Supervision: deployed.supervision,
  OperatorVote: deployed.votes,
  DataAsset: deployed.assets,
  Certificates: deployed.certificates,
  JurisdictionPolicy: deployed.jurisdiction,
  ProvenanceRegistry: deployed.provenance,
  Marketplace: deployed.market,
  DemoCurrency: currency,
};
const found: Record<string, string> = {};
for (const [name, contract] of Object.entries(named)) found[name] = await contract.getAddress();
console.log(`addresses ${JSON.stringify(found)}`);
