import { network } from "hardhat";
import Cadastre from "../../ignition/modules/Cadastre.ts";
import Demo from "../../ignition/modules/Demo.ts";
import { SYSTEM, SYSTEM_NAMES } from "../lib/deployed.ts";

// Addresses follow from account and nonce alone, so any parameters do.
const { ethers, ignition } = await network.create("node");
const anyone = (await ethers.getSigners())[0]!.address;
const roles = ["admin", "authority", "steward", "supervisor", "guardian"];
const second = { duration: 1, blocks: 1 };
const parameters = {
  Participants: { successionWindow: second },
  Assets: { policyNotice: second, moveWindow: second, voteWindow: second, freezeTerm: 1 },
  Licences: { leastWindow: second, feeBps: 0, feeReceiver: anyone },
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
const found: Record<string, string> = {};
for (const name of SYSTEM_NAMES) found[SYSTEM[name].contract] = await deployed[name].getAddress();
found.DemoCurrency = await currency.getAddress();
console.log(`addresses ${JSON.stringify(found)}`);
