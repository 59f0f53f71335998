import { runVerify } from "./verify.ts";

await runVerify();
