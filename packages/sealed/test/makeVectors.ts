// Writes the test vectors: `npm run vectors`. Everything in them follows from fixed texts.
import { writeFileSync } from "node:fs";
import { sealedVectors } from "./sealedVectors.ts";
import { wrapVectors } from "./wrapVectors.ts";

for (const [name, vectors] of Object.entries({ sealed: sealedVectors(), wrap: wrapVectors() })) {
  writeFileSync(new URL(`../vectors/${name}.json`, import.meta.url), JSON.stringify(vectors, null, 2));
}
