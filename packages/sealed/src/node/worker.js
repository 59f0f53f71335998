// Made of worker.ts by `npm run threads`; not to be edited.

// src/node/worker.ts
import { parentPort } from "node:worker_threads";

// src/reasons.ts
var REASONS = {
  key_invalid: { en: "a key is 32 bytes", zh: "密钥必须是 32 字节" },
  key_mismatch: { en: "the key does not match the key commitment", zh: "密钥与密钥承诺不符" },
  stored_length: { en: "not as long as the manifest says", zh: "长度与清单所述不符" },
  block_length: { en: "not as long as a block in this place", zh: "长度与该位置的数据块不符" },
  root_mismatch: { en: "not under the root", zh: "不在该根之下" },
  commitment_mismatch: { en: "not what its commitment says", zh: "内容与其承诺不符" },
  path_invalid: { en: "the path is not the one that index and size demand", zh: "路径与序号和树的大小不符" },
  index_out_of_range: { en: "there is no such index", zh: "序号超出范围" },
  size_invalid: { en: "not a size that a tree can have", zh: "树的大小无效" },
  length_invalid: { en: "a length is a whole number of bytes, at most 2^52", zh: "长度必须是不超过 2^52 的整数字节数" },
  hash_invalid: { en: "a hash is 32 bytes", zh: "哈希必须是 32 字节" },
  hex_invalid: { en: "not hexadecimal digits after 0x", zh: "不是以 0x 开头的十六进制数字" },
  manifest_invalid: { en: "the manifest is not valid", zh: "清单无效" },
  manifest_not_canonical: {
    en: "the manifest is not in canonical form (RFC 8785)",
    zh: "清单不是规范形式（RFC 8785）"
  },
  manifest_hash: { en: "the manifest does not have the expected hash", zh: "清单的哈希与预期不符" },
  secret_invalid: {
    en: "a secret is 32 bytes, a number from 1 to N - 1",
    zh: "私钥必须是 32 字节，数值在 1 与 N - 1 之间"
  },
  point_invalid: {
    en: "a point is 64 bytes, on the curve secp256k1, with x below N",
    zh: "点必须是 64 字节，位于曲线 secp256k1 上，且 x 小于 N"
  },
  wrapped_invalid: { en: "a wrapped key is 32 bytes", zh: "封装后的密钥必须是 32 字节" },
  delivery_invalid: {
    en: "a delivery has a licence of 32 bytes, a release below 2^32 and a custodian of 20 bytes",
    zh: "交付须有 32 字节的许可、小于 2^32 的发布序号和 20 字节的保管方地址"
  },
  proof_invalid: { en: "the proof does not show what was delivered", zh: "证明未能表明所交付的内容" },
  proof_impossible: {
    en: "the shared point has an x that is not below N: no contract can check its proof",
    zh: "共享点的 x 不小于 N：任何合约都无法验证其证明"
  },
  range_invalid: { en: "a range begins and ends within the plaintext", zh: "范围的起止必须在明文之内" },
  outline_invalid: { en: "not an outline of this dataset", zh: "不是该数据集的概要" },
  source_failed: { en: "the source does not serve ranges of bytes", zh: "数据源不能按字节范围提供内容" },
  stream_unfinished: { en: "the stream has not been read to its end", zh: "数据流尚未读到末尾" },
  file_exists: { en: "there is such a file already", zh: "该文件已存在" },
  file_in_use: { en: "another call is at work on this file", zh: "另一个调用正在处理该文件" },
  file_changed: { en: "the file changed while it was being sealed", zh: "文件在封装过程中发生了变化" },
  key_file_missing: { en: "there is no such key file, or it cannot be read", zh: "密钥文件不存在或无法读取" },
  key_file_exposed: {
    en: "others than its owner can read the key file, so it is not used: change its mode to 0600",
    zh: "密钥文件可被所有者以外的人读取，故不予使用：请将其权限改为 0600"
  },
  key_file_invalid: { en: "not a key file", zh: "不是密钥文件" },
  passphrase_needed: {
    en: "a key file is under a passphrase, unless it is asked for without one",
    zh: "密钥文件须受口令保护，除非明确要求不设口令"
  },
  passphrase_wrong: { en: "the passphrase is wrong, or the key file is damaged", zh: "口令错误，或密钥文件已损坏" }
};
function explainReason(code, language, at) {
  const sentence = REASONS[code][language];
  if (at === void 0) return sentence;
  return language === "en" ? `${inEnglish(at)}: ${sentence}` : `${inChinese(at)}：${sentence}`;
}
function inEnglish(at) {
  if (at === "stored") return "the stored bytes";
  if (at === "outline") return "the outline";
  if ("blocks" in at) return `blocks ${at.blocks[0]} to ${at.blocks[1]}`;
  return "block" in at ? `block ${at.block}` : `entry ${at.entry}`;
}
function inChinese(at) {
  if (at === "stored") return "存储的字节";
  if (at === "outline") return "概要";
  if ("blocks" in at) return `数据块 ${at.blocks[0]} 至 ${at.blocks[1]}`;
  return "block" in at ? `数据块 ${at.block}` : `条目 ${at.entry}`;
}

// src/errors.ts
var SealedError = class extends Error {
  name = "SealedError";
  code;
  at;
  shortMessage;
  details;
  constructor(code, options = {}) {
    const shortMessage = explainReason(code, "en", options.at);
    const message = options.details === void 0 ? shortMessage : `${shortMessage} (${options.details})`;
    super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
    this.code = code;
    this.at = options.at;
    this.shortMessage = shortMessage;
    this.details = options.details;
  }
};

// src/node/fileRun.ts
import { writeSync } from "node:fs";

// src/bytes.ts
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
var HASH_BYTES = 32;

// src/layout.ts
var BLOCK_BYTES = 4096;
var STORED_BLOCK_BYTES = HASH_BYTES + BLOCK_BYTES;
var MAX_LENGTH = 2 ** 52;
var MAX_BLOCKS = MAX_LENGTH / BLOCK_BYTES;
function blockCount(length) {
  if (!Number.isSafeInteger(length) || length < 0 || length > MAX_LENGTH) {
    throw new SealedError("length_invalid", { details: `length ${length}` });
  }
  return Math.max(1, Math.ceil(length / BLOCK_BYTES));
}
function plaintextRange(index, length) {
  const count = blockCount(length);
  if (!Number.isSafeInteger(index) || index < 0 || index >= count) {
    throw new SealedError("index_out_of_range", { at: { block: index }, details: `${count} blocks` });
  }
  const start = index * BLOCK_BYTES;
  return { start, end: Math.min(start + BLOCK_BYTES, length) };
}
function storedRange(index, length) {
  const plain = plaintextRange(index, length);
  const start = index * STORED_BLOCK_BYTES;
  return { start, end: start + HASH_BYTES + (plain.end - plain.start) };
}

// src/scale.ts
var RUN_BLOCKS = 2 ** 8;
var MAX_HASHES = 2 ** 17;

// src/blocks.ts
function* runsOf({ first, blocks }, size = RUN_BLOCKS) {
  const end = first + blocks;
  for (let from = first; from < end; ) {
    const to = Math.min(end, (Math.floor(from / size) + 1) * size);
    yield { first: from, blocks: to - from };
    from = to;
  }
}
function plaintextOf({ first, blocks }, length) {
  return { start: plaintextRange(first, length).start, end: plaintextRange(first + blocks - 1, length).end };
}
function storedOf({ first, blocks }, length) {
  return { start: storedRange(first, length).start, end: storedRange(first + blocks - 1, length).end };
}

// src/tree.ts
var LEAF_PREFIX = Uint8Array.of(0);
var NODE_PREFIX = Uint8Array.of(1);

// src/treeStack.ts
function foldHashes(primitives, hashes, group) {
  const { message, hashMessage } = parentMessage(primitives);
  let level = hashes;
  for (let size = 1; size < group && level.length > HASH_BYTES; size *= 2) {
    const parents = new Uint8Array(Math.ceil(level.length / (2 * HASH_BYTES)) * HASH_BYTES);
    for (let at = 0; at < parents.length; at += HASH_BYTES) {
      const children = level.subarray(2 * at, 2 * at + 2 * HASH_BYTES);
      if (children.length === HASH_BYTES) {
        parents.set(children, at);
      } else {
        message.set(children, NODE_PREFIX.length);
        hashMessage(parents, at);
      }
    }
    level = parents;
  }
  return level;
}
function parentMessage({ hash: hash2 }) {
  const message = new Uint8Array(NODE_PREFIX.length + 2 * HASH_BYTES);
  message.set(NODE_PREFIX);
  return { message, hashMessage: (output, at) => hash2(message, output, at) };
}

// src/openRuns.ts
function checkGroups({ first, blocks }, unit, hashes, expected) {
  let byte = 0;
  while (byte < hashes.length && hashes[byte] === expected[byte]) byte += 1;
  if (byte === hashes.length) return;
  const group = first + Math.floor(byte / HASH_BYTES) * unit;
  const last = Math.min(group + unit, first + blocks) - 1;
  const at = last === group ? { block: group } : { blocks: [group, last] };
  throw new SealedError("root_mismatch", { at });
}

// src/commitments.ts
import { utf8ToBytes } from "@noble/hashes/utils.js";
var KEY_BYTES = 32;
var KEY_TAG = utf8ToBytes("cadastre/key/v1");
var BLIND_TAG = utf8ToBytes("cadastre/blind/v1");
var BLOCK_TAG = utf8ToBytes("cadastre/block/v1");

// src/runs.ts
var PIECE_BLOCKS = 16;
function runCipher(primitives, key) {
  const commitments = commitmentsUnder(primitives, key);
  const hashLeaf = leafHasher(primitives);
  const ciphertext = new Uint8Array(PIECE_BLOCKS * BLOCK_BYTES);
  const commitment = new Uint8Array(HASH_BYTES);
  let reached;
  function keystreamFrom(first) {
    const xor = reached?.block === first ? reached.xor : primitives.cipher(key, first);
    reached = void 0;
    return xor;
  }
  return {
    seal({ first, plaintext, stored }) {
      const blocks = blocksIn(stored);
      const hashes = new Uint8Array(blocks * HASH_BYTES);
      const xor = keystreamFrom(first);
      for (let i = 0; i < blocks; i += PIECE_BLOCKS) {
        const piece = plaintext.subarray(i * BLOCK_BYTES, (i + PIECE_BLOCKS) * BLOCK_BYTES);
        xor(piece, upTo(piece.length, ciphertext));
        for (let j = 0; j < PIECE_BLOCKS && i + j < blocks; j++) {
          const part = blockAt(piece, j);
          const block = storedAt(stored, i + j);
          commitments.write(first + i + j, part, block);
          block.set(upTo(part.length, blockAt(ciphertext, j)), HASH_BYTES);
          hashLeaf(block, hashes, (i + j) * HASH_BYTES);
        }
      }
      reached = { block: first + blocks, xor };
      return hashes;
    },
    open({ first, plaintext, stored }) {
      const blocks = blocksIn(stored);
      const xor = keystreamFrom(first);
      for (let i = 0; i < blocks; i += PIECE_BLOCKS) {
        const piece = plaintext.subarray(i * BLOCK_BYTES, (i + PIECE_BLOCKS) * BLOCK_BYTES);
        for (let j = 0; j < PIECE_BLOCKS && i + j < blocks; j++) {
          ciphertext.set(storedAt(stored, i + j).subarray(HASH_BYTES), j * BLOCK_BYTES);
        }
        xor(upTo(piece.length, ciphertext), piece);
        for (let j = 0; j < PIECE_BLOCKS && i + j < blocks; j++) {
          const index = first + i + j;
          commitments.write(index, blockAt(piece, j), commitment);
          if (!beginsWith(storedAt(stored, i + j), commitment)) {
            throw new SealedError("commitment_mismatch", { at: { block: index } });
          }
        }
      }
      reached = { block: first + blocks, xor };
    },
    erase: commitments.erase
  };
}
function leafHashes(primitives, stored) {
  const blocks = blocksIn(stored);
  const hashes = new Uint8Array(blocks * HASH_BYTES);
  const hashLeaf = leafHasher(primitives);
  for (let i = 0; i < blocks; i++) hashLeaf(storedAt(stored, i), hashes, i * HASH_BYTES);
  return hashes;
}
function leafHasher({ hash: hash2 }) {
  const message = new Uint8Array(LEAF_PREFIX.length + STORED_BLOCK_BYTES);
  message.set(LEAF_PREFIX);
  return (block, output, at) => {
    message.set(block, LEAF_PREFIX.length);
    hash2(upTo(LEAF_PREFIX.length + block.length, message), output, at);
  };
}
function commitmentsUnder({ hash: hash2 }, key) {
  const blindMessage = new Uint8Array(BLIND_TAG.length + KEY_BYTES + 8);
  blindMessage.set(BLIND_TAG);
  blindMessage.set(key, BLIND_TAG.length);
  const position = new DataView(blindMessage.buffer, BLIND_TAG.length + KEY_BYTES);
  const message = new Uint8Array(BLOCK_TAG.length + HASH_BYTES + BLOCK_BYTES);
  message.set(BLOCK_TAG);
  return {
    /** Writes the commitment to a block to the beginning of `output`. */
    write(index, plaintext, output) {
      position.setUint32(0, Math.floor(index / 2 ** 32));
      position.setUint32(4, index % 2 ** 32);
      hash2(blindMessage, message, BLOCK_TAG.length);
      message.set(plaintext, BLOCK_TAG.length + HASH_BYTES);
      hash2(upTo(BLOCK_TAG.length + HASH_BYTES + plaintext.length, message), output, 0);
    },
    erase() {
      blindMessage.fill(0);
      message.fill(0);
    }
  };
}
function beginsWith(bytes, beginning) {
  for (let i = 0; i < beginning.length; i++) if (bytes[i] !== beginning[i]) return false;
  return true;
}
function blocksIn(stored) {
  return Math.ceil(stored.length / STORED_BLOCK_BYTES);
}
function blockAt(plaintext, i) {
  return plaintext.subarray(i * BLOCK_BYTES, (i + 1) * BLOCK_BYTES);
}
function storedAt(stored, i) {
  return stored.subarray(i * STORED_BLOCK_BYTES, (i + 1) * STORED_BLOCK_BYTES);
}
function upTo(length, bytes) {
  return length === bytes.length ? bytes : bytes.subarray(0, length);
}

// src/node/primitives.ts
import { createCipheriv, hash } from "node:crypto";

// src/keystream.ts
import { chacha20 } from "@noble/ciphers/chacha.js";
var BLOCKS_PER_NONCE = 2 ** 26;
var CHACHA_BYTES = 64;
var LAST_COUNTER = 2 ** 32 - 1;
function keystreamPosition(index) {
  if (!Number.isSafeInteger(index) || index < 0 || index >= MAX_BLOCKS) {
    throw new SealedError("index_out_of_range", { at: { block: index } });
  }
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(4, BigInt(Math.floor(index / BLOCKS_PER_NONCE)));
  return { nonce, counter: index % BLOCKS_PER_NONCE * (BLOCK_BYTES / CHACHA_BYTES) };
}

// src/node/primitives.ts
var NODE_PRIMITIVES = {
  hash(message, output, at) {
    const digest = hash("sha256", message, "binary");
    for (let i = 0; i < HASH_BYTES; i++) output[at + i] = digest.charCodeAt(i);
  },
  cipher(key, index) {
    let block = index;
    let cipher;
    return function xor(data, output) {
      const left = (BLOCKS_PER_NONCE - block % BLOCKS_PER_NONCE) * BLOCK_BYTES;
      cipher ??= cipherAt(key, block);
      const made = cipher.update(data.subarray(0, left));
      output.set(made);
      free(made);
      block += Math.min(data.length, left) / BLOCK_BYTES;
      if (data.length >= left) cipher = void 0;
      if (data.length > left) xor(data.subarray(left), output.subarray(left));
    };
  }
};
function free({ buffer }) {
  buffer.transfer(0);
}
function cipherAt(key, index) {
  const { nonce, counter } = keystreamPosition(index);
  const vector = new Uint8Array(16);
  new DataView(vector.buffer).setUint32(0, counter, true);
  vector.set(nonce, 4);
  return createCipheriv("chacha20", key, vector);
}

// src/node/readWhole.ts
import { readSync } from "node:fs";
function readWholeSync(file, bytes, start) {
  let done = 0;
  while (done < bytes.length) {
    const bytesRead = readSync(file, bytes, done, bytes.length - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

// src/node/fileRun.ts
var PART_BLOCKS = 32;
function fileRunner() {
  const plaintextBuffer = new Uint8Array(RUN_BLOCKS * BLOCK_BYTES);
  const storedBuffer = new Uint8Array(RUN_BLOCKS * STORED_BLOCK_BYTES);
  function* partsOf({ run, unit, length }) {
    for (const part of runsOf(run, Math.max(PART_BLOCKS, unit))) {
      const [inPlaintext, inStored] = [plaintextOf(part, length), storedOf(part, length)];
      const plaintext = plaintextBuffer.subarray(0, inPlaintext.end - inPlaintext.start);
      const stored = storedBuffer.subarray(0, inStored.end - inStored.start);
      yield { ...part, inPlaintext, inStored, plaintext, stored };
    }
  }
  return (work2) => {
    const hashes = new Uint8Array(work2.operation === "open" ? 0 : Math.ceil(work2.run.blocks / work2.unit) * HASH_BYTES);
    if (work2.operation === "hash") {
      for (const part of partsOf(work2)) hashes.set(readStored(work2, part), hashesAt(work2, part));
      return hashes;
    }
    const cipher = runCipher(NODE_PRIMITIVES, work2.key);
    try {
      for (const part of partsOf(work2)) {
        if (work2.operation === "seal") hashes.set(sealPart(work2, part, cipher), hashesAt(work2, part));
        else openPart(work2, part, cipher);
      }
    } finally {
      cipher.erase();
    }
    return hashes;
  };
}
function hashesAt({ run, unit }, { first }) {
  return (first - run.first) / unit * HASH_BYTES;
}
function readStored({ from, unit }, { stored, inStored }) {
  if (readWholeSync(from, stored, inStored.start) < stored.length) {
    throw new SealedError("stored_length", { at: "stored", details: `ends before byte ${inStored.end}` });
  }
  return foldHashes(NODE_PRIMITIVES, leafHashes(NODE_PRIMITIVES, stored), unit);
}
function sealPart({ from, to, unit }, part, cipher) {
  const read = readWholeSync(from, part.plaintext, part.inPlaintext.start);
  if (read < part.plaintext.length) throw new SealedError("file_changed");
  const hashes = cipher.seal(part);
  writeWhole(to, part.stored, part.inStored);
  return foldHashes(NODE_PRIMITIVES, hashes, unit);
}
function openPart(work2, part, cipher) {
  const hashes = readStored(work2, part);
  const at = hashesAt(work2, part);
  checkGroups(part, work2.unit, hashes, work2.expected.subarray(at, at + hashes.length));
  cipher.open(part);
  writeWhole(work2.to, part.plaintext, part.inPlaintext);
}
function writeWhole(file, bytes, { start }) {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, start + done);
  }
}

// src/node/worker.ts
var work = fileRunner();
parentPort?.on("message", (run) => parentPort?.postMessage(answerTo(run)));
function answerTo(run) {
  try {
    return { hashes: work(run) };
  } catch (error) {
    if (!(error instanceof SealedError)) return { failure: error };
    const { code, at, details } = error;
    return { refusal: { code, ...at === void 0 ? {} : { at }, ...details === void 0 ? {} : { details } } };
  }
}
