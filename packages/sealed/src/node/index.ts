export type { FileOptions, Progress } from "./fileOptions.ts";
export { type FileSource, fileSource } from "./fileSource.ts";
export type { Passphrase } from "./keyFile.ts";
export { type OpenFileOptions, openFile, type SealedFiles } from "./openFile.ts";
export { NODE_PRIMITIVES } from "./primitives.ts";
export { type ReadKeyFileOptions, readKeyFile } from "./readKeyFile.ts";
export { type SealedFile, type SealFileOptions, sealFile } from "./sealFile.ts";
export { type KeyProtection, writeKeyFile } from "./writeKeyFile.ts";
