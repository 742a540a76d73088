import type { OfficeReply, OfficeRequest } from '../harness/model/office.ts';
import { after } from '../harness/model/time.ts';
import type { CallWorld } from './world.ts';

/** How often it is looked whether the line is quiet, ms. */
const LOOK_MS = 100;
/** A goodbye waits for hers this many times as long as for silence, at most. */
const LONGEST = 4;

/** Asks the office; `slow` is told when that takes longer than `officeMs`. */
export async function askPatiently(
  { clock, office, watch }: CallWorld,
  request: OfficeRequest,
  officeMs: number,
  slow: () => void,
): Promise<OfficeReply> {
  const answered = new AbortController();
  const askForPatience = async (): Promise<void> => {
    await clock.sleepUntil(after(clock.now(), officeMs), answered.signal);
    if (!answered.signal.aborted) slow();
  };
  watch(askForPatience());
  try {
    return await office.ask(request);
  } finally {
    answered.abort();
  }
}

/** Resolves when `quietMs` have passed in which nobody had the floor (`taken`), and after four times that at the latest. */
export async function untilQuiet({ clock, signal }: CallWorld, quietMs: number, taken: () => boolean): Promise<void> {
  const begun = clock.now();
  const latest = after(begun, LONGEST * quietMs);
  for (;;) {
    const now = clock.now();
    if (signal.aborted || now >= latest || (!taken() && now - begun >= quietMs)) return;
    await clock.sleepUntil(after(now, LOOK_MS), signal);
  }
}
