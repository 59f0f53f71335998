// Writes the script of threads: `npm run threads`.
import { writeFileSync } from "node:fs";
import { THREAD_SCRIPT, threadScript } from "./threadScript.ts";

writeFileSync(THREAD_SCRIPT, await threadScript());
