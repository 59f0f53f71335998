// Preloaded into a child process that has a channel to its parent: ends the child when the parent is gone, however it went.
process.once("disconnect", () => process.exit(0));
