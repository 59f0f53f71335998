// Warnings of the compiler are errors.
import { DEPLOYED } from "../lib/deployed.ts";
import { close } from "../lib/report.ts";
import { compile } from "../lib/solc.ts";

/** OpenZeppelin's use of transient storage for its reentrancy guard, which clears it. */
const ALLOWED = { errorCode: "2394", file: "@openzeppelin/contracts/utils/TransientSlot.sol" };

const libraries = Object.values(DEPLOYED).filter((path) => path.startsWith("@"));
// Some warnings, such as those on sizes, come only with the bytecode.
const output = compile(["contracts/**/*.sol", "test/**/*.sol"], ["evm.deployedBytecode.object"], libraries);
const warnings = (output.errors ?? []).filter(
  ({ errorCode, sourceLocation }) => errorCode !== ALLOWED.errorCode || sourceLocation?.file !== ALLOWED.file,
);
const ours = Object.keys(output.sources).filter((path) => !path.startsWith("@")).length;
close("warnings", `${ours} sources compiled`, warnings.map(({ formattedMessage }) => formattedMessage));
