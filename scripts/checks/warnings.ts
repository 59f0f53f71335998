// Warnings of the compiler are errors.
import { readOptions } from "../lib/command.ts";
import { DEPLOYED } from "../lib/deployed.ts";
import { close } from "../lib/report.ts";
import { compile } from "../lib/solc.ts";

readOptions("npm run check:warnings  the compiler has no warning", {});

/** Warnings that are not errors: by code, and by the place where alone they are excused. */
const EXCUSED = [
  // OpenZeppelin's use of transient storage for its reentrancy guard, which clears it.
  { errorCode: "2394", place: /^@openzeppelin\/contracts\/utils\/TransientSlot\.sol$/ },
  // Sizes of the build for tests. Test contracts carry the whole system in their code and are never deployed to a chain; the
  // sizes of what is deployed, which is compiled otherwise, are held by `check:sizes`.
  { errorCode: "5574", place: /^(?:test|contracts)\// },
  { errorCode: "3860", place: /^(?:test|contracts)\// },
];

const libraries = Object.values(DEPLOYED).filter((path) => path.startsWith("@"));
// Some warnings, such as those on sizes, come only with the bytecode.
const output = compile(["contracts/**/*.sol", "test/**/*.sol"], ["evm.deployedBytecode.object"], libraries);
const warnings = (output.errors ?? []).filter(
  ({ errorCode, sourceLocation }) =>
    !EXCUSED.some((excuse) => excuse.errorCode === errorCode && excuse.place.test(sourceLocation?.file ?? "")),
);
const ours = Object.keys(output.sources).filter((path) => !path.startsWith("@")).length;
close(
  "warnings",
  `${ours} sources compiled`,
  warnings.map(({ formattedMessage }) => formattedMessage),
);
