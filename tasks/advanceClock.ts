import { z } from "zod/v4";
import { advanceClock } from "../scripts/support/clock.ts";
import { action, whole } from "./session.ts";

export default action(z.object({ seconds: whole }), async ({ seconds }, { chain }) => {
  const time = await advanceClock(chain, seconds);
  console.log(`Block time is ${time} (${new Date(time * 1_000).toISOString()}).`);
});
