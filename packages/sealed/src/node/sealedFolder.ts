import { join } from "node:path";

/** Where the parts of a sealed dataset lie in its folder. */
export function sealedFolder(folder: string) {
  return {
    manifest: join(folder, "manifest.json"),
    stored: join(folder, "stored.bin"),
    outline: join(folder, "outline.bin"),
  };
}
