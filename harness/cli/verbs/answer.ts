import { resolve } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import sip from '../../lines/sip.ts';
import { longestMinutes, perform } from '../../run/perform.ts';
import { plansOf } from '../../run/plans.ts';
import { progressTo } from '../../run/progress.ts';
import { withinLimit } from '../../run/run.ts';
import { answerStage } from '../../run/stages/answer.ts';
import { loadSuite } from '../../run/suite.ts';
import { finish, interruption, RUNS } from '../common.ts';
import { text, wholeNumber } from '../numbers.ts';
import { presenceFrom } from '../presence.ts';

/** Without a call for so long the run ends, s. */
const PATIENCE_S = 600;

/** `hangup answer`: an agent phones us and meets the suite's callers, one call after another, scored as any call. */
export async function run(_args: unknown, options: Record<string, unknown>): Promise<number> {
  const address = addressOf(text(options, 'sip') ?? '127.0.0.1:5070');
  const loaded = await loadSuite(text(options, 'suite'));
  const { suite } = loaded;
  const seed = wholeNumber(options, 'seed', '--seed', 0) ?? suite.seed;
  const plans = await plansOf(
    { ...loaded, suite: { ...suite, target: address, metronome: 0 } },
    { seed, trials: wholeNumber(options, 'trials', '--trials'), only: text(options, 'only') },
  );
  withinLimit(plans, undefined);
  const progress = progressTo(process.stderr);
  progress.note(`${plans.length} calls to be answered, at most ${longestMinutes(plans)} minutes of talk`);
  const ctrlC = interruption();
  const nobodyCalls = new AbortController();
  const signal = AbortSignal.any([ctrlC.signal, nobodyCalls.signal]);
  const patienceS = wholeNumber(options, 'wait', '--wait') ?? PATIENCE_S;
  const trouble = (sentence: string): void => progress.note(`  ! ${sentence}`);
  const waiting = {
    address,
    presence: presenceFrom(options, trouble, suite.sip, loaded.beside),
    patienceS,
    signal,
    listening: (at: string) => progress.note(`call ${at}`),
    nobody: () => {
      progress.note(`nobody called for ${patienceS} s; the calls that are left are not run`);
      nobodyCalls.abort();
    },
  };
  try {
    const report = await perform({
      suite,
      seed,
      venue: { target: address, line: 'sip', time: 'real', faults: [], earWorkers: 2, allow: suite.allow },
      openStage: () => answerStage(sip, 'sip', waiting),
      beside: loaded.beside,
      plans,
      out: resolve(text(options, 'out') ?? RUNS),
      jobs: wholeNumber(options, 'jobs', '--jobs') ?? 1,
      maxMinutes: undefined,
      signal,
      progress,
    });
    return finish(report, options['json'] === true, ctrlC.signal.aborted);
  } finally {
    ctrlC.stop();
  }
}

/** `127.0.0.1:5070`, or a whole SIP address. */
function addressOf(given: string): string {
  const address = /^sips?:/.test(given) ? given : `sip:hangup@${given}`;
  if (/^sips?:[^@\s]+@(\[[^\]\s]+\]|[^:;>\s]+)(:\d+)?(;.*)?$/.test(address)) return address;
  throw new UsageError(`--sip takes an address to listen at, host:port, e.g. 127.0.0.1:5070, not "${given}"`);
}
