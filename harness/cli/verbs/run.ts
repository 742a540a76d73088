import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import type { RunManifest } from '../../model/run.ts';
import { readManifest } from '../../run/journal.ts';
import { plansOf } from '../../run/plans.ts';
import { progressTo } from '../../run/progress.ts';
import { longestMinutes, perform } from '../../run/perform.ts';
import { withinLimit } from '../../run/run.ts';
import type { Venue } from '../../run/session.ts';
import { loadSuite } from '../../run/suite.ts';
import type { LoadedSuite } from '../../run/suite.ts';
import { finish, interruption, RUNS } from '../common.ts';
import { codecsAsked, oneOf, text, wholeNumber } from '../numbers.ts';
import { sipFrom } from '../sip-options.ts';

/** `hangup run [suite]`: places every call of a suite, keeps them, and exits with the verdict. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const resumed = resumedRun(options);
  const loaded = await loadSuite((args[0] as string | undefined) ?? resumed?.manifest.suite);
  const suite = loaded.suite;
  const venue = venueOf(loaded, options, resumed?.manifest);
  const choice = {
    seed: resumed?.manifest.seed ?? wholeNumber(options, 'seed', '--seed', 0),
    trials: wholeNumber(options, 'trials', '--trials'),
    only: text(options, 'only'),
    codecs: codecsAsked(options),
    srtp: oneOf(options, 'srtp', '--srtp', ['mandatory'] as const),
  };
  const plans = await plansOf(targeted(loaded, venue), choice);
  const all = resumed ? plans.filter(({ id }) => resumed.manifest.calls.some((call) => call.id === id)) : plans;
  withinLimit(all, wholeNumber(options, 'maxCalls', '--max-calls'));
  const progress = progressTo(process.stderr);
  progress.note(`${all.length} calls, at most ${longestMinutes(all)} minutes of talk`);
  const ctrlC = interruption();
  try {
    const report = await perform({
      suite,
      seed: choice.seed ?? suite.seed,
      venue,
      beside: loaded.beside,
      ...(resumed ? { resumed: resumed.manifest } : {}),
      plans: all,
      out: resumed?.out ?? resolve(text(options, 'out') ?? RUNS),
      jobs: wholeNumber(options, 'jobs', '--jobs') ?? suite.jobs,
      maxMinutes: wholeNumber(options, 'maxMinutes', '--max-minutes'),
      signal: ctrlC.signal,
      progress,
    });
    return finish(report, options['json'] === true, ctrlC.signal.aborted);
  } finally {
    ctrlC.stop();
  }
}

const targeted = (loaded: LoadedSuite, { target }: Venue): LoadedSuite => ({
  ...loaded,
  suite: { ...loaded.suite, target },
});

function venueOf(
  { suite, beside }: LoadedSuite,
  options: Record<string, unknown>,
  resumed: RunManifest | undefined,
): Venue {
  const time = resumed?.time ?? oneOf(options, 'time', '--time', ['real', 'virtual'] as const) ?? 'real';
  const line = resumed?.line ?? text(options, 'line') ?? (time === 'virtual' ? 'loopback' : suite.line);
  return {
    target: resumed?.target ?? text(options, 'target') ?? suite.target,
    line,
    time,
    faults: resumed?.faults ?? (options['fault'] as string[] | undefined) ?? [],
    manners: resumed ? resumed.manners : text(options, 'manners'),
    earWorkers: 2,
    allow: suite.allow,
    sip: sipFrom(options, suite.sip, beside),
  };
}

function resumedRun(
  options: Record<string, unknown>,
): { readonly manifest: RunManifest; readonly out: string } | undefined {
  const named = text(options, 'resume');
  if (named === undefined) return undefined;
  const out = resolve(text(options, 'out') ?? (named.includes('/') ? dirname(named) : RUNS));
  const manifest = readManifest(join(out, basename(named)));
  if (manifest.suite === '') throw new UsageError(`${named} names no suite and cannot be resumed`);
  return { manifest, out };
}
