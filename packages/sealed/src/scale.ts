/** Blocks in a run, the unit of work: 1 MiB of plaintext. A power of two. */
export const RUN_BLOCKS = 2 ** 8;

/** The most hashes in an outline: 4 MiB of them. A power of two, no less than `RUN_BLOCKS`. */
export const MAX_HASHES = 2 ** 17;
