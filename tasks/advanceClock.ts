import { z } from "zod/v4";
import { advanceClock } from "../scripts/support/clock.ts";
import { action, wholeUpTo } from "./session.ts";

const CENTURY = 3_155_760_000;

export default action(z.object({ seconds: wholeUpTo(CENTURY, "a century") }), async ({ seconds }, { chain }) => {
  const time = await advanceClock(chain, seconds);
  console.log(`Block time is ${time} (${new Date(time * 1_000).toISOString()}).`);
});
