// The storage layouts of the deployed contracts are the committed ones.
import { command, readOptions } from "../lib/command.ts";
import { DEPLOYED, DEPLOYED_NAMES } from "../lib/deployed.ts";
import { close } from "../lib/report.ts";
import { compare, UPDATE } from "../lib/snapshot.ts";
import { compile, type SolcContract, type StorageItem } from "../lib/solc.ts";

function layoutOf({ storageLayout: { storage, types } }: SolcContract): string[] {
  const describe = ({ label, slot, offset, type }: StorageItem, prefix = ""): string[] => {
    const { label: name, members, numberOfBytes } = types![type]!;
    const own = `${prefix}${label}: ${name}, slot ${slot}, offset ${offset}, ${numberOfBytes} bytes`;
    return [own, ...(members ?? []).flatMap((member) => describe(member, `${prefix}${label}.`))];
  };
  const variables = storage.flatMap((item) => describe(item));
  // Structs that only mappings and arrays reach have members too.
  const structs = Object.values(types ?? {}).filter(({ members }) => members !== undefined);
  const members = structs.flatMap((struct) =>
    struct.members!.flatMap((member) => describe(member, `${struct.label}.`)),
  );
  return [...variables, ...members];
}

const options = readOptions("npm run check:storage [-- --update]  storage layouts are the committed ones", UPDATE);
await command(async () => {
  const output = compile(["contracts/**/*.sol"], ["storageLayout"], [DEPLOYED.AccessManager]);
  const layouts = Object.fromEntries(
    DEPLOYED_NAMES.map((name) => [name, layoutOf(output.contracts[DEPLOYED[name]]![name]!)]),
  );
  const variables = Object.values(layouts).flat().length;
  close(
    "storage",
    `${DEPLOYED_NAMES.length} contracts, ${variables} variables`,
    await compare("storage", layouts, options),
  );
});
