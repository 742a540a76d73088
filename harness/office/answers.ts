import type { Line } from '../model/line.ts';
import { after } from '../model/time.ts';
import type { Clock, Ms } from '../model/time.ts';

/** Levels by which a desk tells that a caller speaks and is done, dB and ms. */
const LOUD_DB = -42;
const DONE_MS = 900;

/** A desk's ear: it only tells when somebody has answered. */
export interface Answers {
  /** Resolves when the caller has spoken and is quiet again, after `patienceMs` of nothing, or when the line is over. */
  next(patienceMs: number): Promise<void>;
  /** Aborted when the line has ended. */
  readonly over: AbortSignal;
}

/** Listens to a line from now on. */
export function answers(line: Line, clock: Clock): Answers {
  const over = new AbortController();
  let lastLoud: Ms | undefined;
  const listen = async (): Promise<void> => {
    for await (const item of line.incoming) {
      if (item.kind === 'audio' && levelDb(item.samples) > LOUD_DB) lastLoud = item.arrivedAt;
    }
  };
  void Promise.all([listen().catch(() => undefined), line.ended]).then(() => over.abort());
  return {
    over: over.signal,
    async next(patienceMs) {
      lastLoud = undefined;
      const begun = clock.now();
      while (!over.signal.aborted) {
        const until = lastLoud === undefined ? after(begun, patienceMs) : after(lastLoud, DONE_MS);
        if (clock.now() >= until) return;
        await clock.sleepUntil(lastLoud === undefined ? after(clock.now(), DONE_MS / 2) : until, over.signal);
      }
    },
  };
}

function levelDb(samples: Int16Array): number {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
  return 10 * Math.log10(energy / Math.max(1, samples.length) / 32768 ** 2 + 1e-10);
}
