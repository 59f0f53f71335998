import { network } from "hardhat";
import Cadastre from "../../ignition/modules/Cadastre.ts";
import Demo from "../../ignition/modules/Demo.ts";

// Addresses follow from account and nonce alone, so any parameters do.
const { ethers, ignition } = await network.create("node");
const anyone = (await ethers.getSigners())[0]!.address;
const roles = ["admin", "authority", "steward", "supervisor", "enforcer", "guardian"];
const parameters = {
  Assets: { policyNotice: 1 },
  Market: { feeBps: 0, feeReceiver: anyone },
  Cadastre: {
    ...Object.fromEntries(
      roles.map((role) => [role, role === "admin" ? ethers.Wallet.createRandom().address : anyone]),
    ),
    ...{ adminDelay: 1, stewardDelay: 1, enforcerDelay: 1 },
  },
};
const { manager, participants, currencies, gate, assets, provenance, market } = await ignition.deploy(Cadastre, {
  parameters,
});
const { currency } = await ignition.deploy(Demo);
const named = {
  AccessManager: manager,
  ParticipantRegistry: participants,
  CurrencyRegistry: currencies,
  ConsentGate: gate,
  DataAsset: assets,
  ProvenanceRegistry: provenance,
  Marketplace: market,
  DemoCurrency: currency,
};
const found: Record<string, string> = {};
for (const [name, contract] of Object.entries(named)) found[name] = await contract.getAddress();
console.log(`addresses ${JSON.stringify(found)}`);
