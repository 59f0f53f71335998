export type { BlockSource } from "./authenticBlock.ts";
export { fromHex, type Hex, toHex } from "./bytes.ts";
export { keyCommitment, verifyKey } from "./commitments.ts";
export { SealedError, type SealedErrorOptions } from "./errors.ts";
export { type HttpSourceOptions, httpSource } from "./httpSource.ts";
export { type KeystreamPosition, keystreamPosition } from "./keystream.ts";
export {
  BLOCK_BYTES,
  type ByteRange,
  blockCount,
  MAX_LENGTH,
  plaintextRange,
  STORED_BLOCK_BYTES,
  storedLength,
  storedRange,
} from "./layout.ts";
export { checkManifest, type Description, type Manifest, type Sample, type SealFacts } from "./manifest.ts";
export { manifestBytes, manifestHash } from "./manifestHash.ts";
export { type OpenParameters, open } from "./open.ts";
export { type OpenBlockParameters, openBlock } from "./openBlock.ts";
export { type OpenRangeParameters, openRange } from "./openRange.ts";
export { openSample } from "./openSample.ts";
export { type OpenStreamParameters, openStream } from "./openStream.ts";
export type { Outline } from "./outline.ts";
export { outlineBytes } from "./outlineBytes.ts";
export { type OutlineOfParameters, outlineOf } from "./outlineOf.ts";
export { parseManifest } from "./parseManifest.ts";
export { parseOutline } from "./parseOutline.ts";
export { encryptionPublicKey } from "./points.ts";
export { type Primitives, PURE } from "./primitives.ts";
export { type BlockProof, type ProveBlockParameters, proveBlock } from "./proveBlock.ts";
export { type ProveWrapParameters, proveWrap } from "./proveWrap.ts";
export { explainReason, type Language, type Place, REASONS, type ReasonCode } from "./reasons.ts";
export { type Sealed, type SealOptions, seal } from "./seal.ts";
export type { SealBlockParameters } from "./sealBlock.ts";
export { type SealedFacts, type SealStream, type SealStreamOptions, sealStream } from "./sealStream.ts";
export { type Bytes, type StoredSource, sourceOf } from "./storedSource.ts";
export { leafHash, nodeHash, recordTree, type Tree, treeOfLeafHashes } from "./tree.ts";
export { type UnwrapKeyParameters, unwrapKey } from "./unwrapKey.ts";
export { type VerifyBlockParameters, verifyBlock } from "./verifyBlock.ts";
export { type VerifyInclusionParameters, verifyInclusion } from "./verifyInclusion.ts";
export { type VerifySampleParameters, verifySample } from "./verifySample.ts";
export { type StoredParameters, verifyStored } from "./verifyStored.ts";
export { type VerifyWrapProofParameters, verifyWrapProof, type WrapProof } from "./verifyWrapProof.ts";
export { type Delivery, type WrapKeyParameters, type WrappedKey, wrapKey } from "./wrapKey.ts";
