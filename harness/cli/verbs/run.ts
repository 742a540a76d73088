import { lineFor } from '../../run/access.ts';
import { basename, dirname, join, resolve } from 'node:path';
import { plannedCost } from '../../../reports/cost.ts';
import { several } from '../../../reports/words.ts';
import type { Plan } from '../../model/plan.ts';
import type { Suite } from '../../model/suite.ts';
import { UsageError } from '../../model/errors.ts';
import type { RunManifest } from '../../model/run.ts';
import { failedPlans } from '../../run/failed.ts';
import { readManifest } from '../../run/journal.ts';
import { plansOf, type Choice } from '../../run/plans.ts';
import { progressTo } from '../../run/progress.ts';
import { longestMinutes, perform } from '../../run/perform.ts';
import { toAgent, withinLimit } from '../../run/run.ts';
import type { Venue } from '../../run/session.ts';
import { mustHaveSamePhones } from '../../run/same-phones.ts';
import { loadSuite, suiteOf } from '../../run/suite.ts';
import type { LoadedSuite } from '../../run/suite.ts';
import { agreed } from '../ask.ts';
import { finish, interruption, runFolder, RUNS } from '../common.ts';
import { EXIT } from '../exit.ts';
import { handsetsAsked, oneOf, text, wholeNumber } from '../numbers.ts';
import { publish } from '../outputs.ts';
import { sipFrom } from '../sip-options.ts';
import { makeupFrom } from '../makeup-options.ts';

/** What is to be run, before anybody is called. */
interface Order {
  readonly loaded: LoadedSuite;
  readonly venue: Venue;
  readonly seed: number;
  readonly plans: readonly Plan[];
  readonly out: string;
  readonly resumed?: RunManifest;
}

/** `hangup run [suite]`: places every call of a suite, keeps them, and exits with the verdict. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const order = await orderOf(args[0] as string | undefined, options);
  const { loaded, venue, plans } = order;
  const maxCalls = wholeNumber(options, 'maxCalls', '--max-calls');
  const maxMinutes = wholeNumber(options, 'maxMinutes', '--max-minutes');
  withinLimit(plans, maxCalls);
  const progress = progressTo(process.stderr);
  progress.note(announced(order));
  if (venue.target !== 'reference' && options['yes'] !== true && !(await agreed(`Call ${venue.target}?`))) {
    progress.note('nobody was called');
    return EXIT.interrupted;
  }
  const ctrlC = interruption();
  try {
    const report = await perform({
      suite: loaded.suite,
      seed: order.seed,
      venue,
      beside: loaded.beside,
      ...(order.resumed ? { resumed: order.resumed } : {}),
      plans,
      out: order.out,
      jobs: wholeNumber(options, 'jobs', '--jobs') ?? usualJobs(loaded.suite, venue.target),
      maxMinutes,
      maxCalls,
      signal: ctrlC.signal,
      progress,
    });
    publish(report, options);
    return finish(report, options['json'] === true, ctrlC.signal.aborted);
  } finally {
    ctrlC.stop();
  }
}

function orderOf(name: string | undefined, options: Record<string, unknown>): Promise<Order> {
  const [resume, failed] = [text(options, 'resume'), text(options, 'failed')];
  if (resume !== undefined && failed !== undefined) {
    throw new UsageError('--resume goes on with a run and --failed begins another; give one of them');
  }
  if (resume !== undefined) return toResume(name, resume, options);
  return failed === undefined ? fromSuite(name, options) : fromFailed(name, failed, options);
}

async function fromSuite(name: string | undefined, options: Record<string, unknown>): Promise<Order> {
  const loaded = await loadSuite(name);
  const venue = venueOf(loaded, options);
  const seed = wholeNumber(options, 'seed', '--seed', 0) ?? loaded.suite.seed;
  const choice = { seed, trials: wholeNumber(options, 'trials', '--trials'), ...chosen(options) };
  const plans = await plansOf(targeted(loaded, venue), choice);
  return { loaded, venue, seed, plans, out: outOf(options) };
}

/** The calls of a stored run that failed, by the plans they had; of its agent unless told otherwise. */
async function fromFailed(name: string | undefined, failed: string, options: Record<string, unknown>): Promise<Order> {
  const folder = runFolder(failed, text(options, 'out'));
  const manifest = readManifest(folder);
  const loaded = await suiteOf(manifest, name);
  const venue = venueOf(loaded, options, manifest);
  if (wholeNumber(options, 'seed', '--seed', 0) !== undefined || options['trials'] !== undefined) {
    throw new UsageError('--failed calls again by the same plans and seed; leave --seed and --trials out');
  }
  const only = text(options, 'only') ?? '';
  const plans = failedPlans(folder, venue.target).filter(({ id }) => id.includes(only));
  return { loaded, venue, seed: manifest.seed, plans, out: outOf(options) };
}

async function toResume(name: string | undefined, resume: string, options: Record<string, unknown>): Promise<Order> {
  const out = resolve(text(options, 'out') ?? (resume.includes('/') ? dirname(resume) : RUNS));
  const manifest = readManifest(join(out, basename(resume)));
  if (manifest.suite === '') throw new UsageError(`${resume} names no suite and cannot be resumed`);
  const loaded = await suiteOf(manifest, name);
  const venue = { ...venueOf(loaded, {}, manifest) };
  const { seed } = manifest;
  const trials = wholeNumber(options, 'trials', '--trials');
  const all = await plansOf(targeted(loaded, venue), { seed, trials, ...chosen(options) });
  const plans = all.filter(({ id }) => manifest.calls.some((call) => call.id === id));
  mustHaveSamePhones(join(out, basename(resume)), plans);
  return { loaded, venue, seed, plans, out, resumed: manifest };
}

/** Which of the calls, and from which handsets. */
const chosen = (options: Record<string, unknown>): Omit<Choice, 'seed' | 'trials'> => ({
  only: text(options, 'only'),
  ...handsetsAsked(options),
});

const outOf = (options: Record<string, unknown>): string => resolve(text(options, 'out') ?? RUNS);

/** What is planned, and what it costs at most. */
function announced({ loaded: { suite }, venue, plans }: Order): string {
  const calls = toAgent(plans);
  const minutes = longestMinutes(calls);
  const says = `${several(calls.length, 'call')}, at most ${several(minutes, 'minute')} of talk`;
  if (!suite.cost || venue.target === 'reference') return says;
  return `${says}, ${plannedCost({ ...suite.cost, plannedMinutes: minutes })}`;
}

/** Somebody's agent is called by one caller at a time, unless its own suite or the command says otherwise. */
const usualJobs = (suite: Suite, target: string): number =>
  target === 'reference' || target === suite.target ? suite.jobs : 1;

/** The suite, for the target that is really called. */
const targeted = (loaded: LoadedSuite, { target, line }: Venue): LoadedSuite => ({
  ...loaded,
  suite: { ...loaded.suite, target, line },
});

/** Where calls take place: as the options say, else as in the run `before`, else as in the suite. */
function venueOf({ suite, beside }: LoadedSuite, options: Record<string, unknown>, before?: RunManifest): Venue {
  const time = oneOf(options, 'time', '--time', ['real', 'virtual'] as const) ?? before?.time ?? 'real';
  const typed = text(options, 'target');
  const suits = (typed === undefined ? undefined : lineFor(typed)) ?? suite.line;
  const usual = before?.time === time ? before.line : time === 'virtual' ? 'loopback' : suits;
  return {
    target: typed ?? before?.target ?? suite.target,
    line: text(options, 'line') ?? usual,
    time,
    faults: (options['fault'] as string[] | undefined) ?? before?.faults ?? [],
    manners: text(options, 'manners') ?? before?.manners,
    makeup: makeupFrom(options) ?? before?.makeup,
    earWorkers: 2,
    allow: suite.allow,
    sip: sipFrom(options, suite.sip, beside),
    webrtc: suite.webrtc,
  };
}
