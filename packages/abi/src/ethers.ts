/** Contract types and factories for ethers 6. */
export * from "../../../typechain-types/index.ts";
