import { lineFor } from '../../run/access.ts';
import { basename, dirname, join, resolve } from 'node:path';
import { plannedCost } from '../../../reports/cost.ts';
import type { RunReport } from '../../../reports/report.ts';
import { several } from '../../../reports/words.ts';
import type { Plan } from '../../model/plan.ts';
import type { Suite } from '../../model/suite.ts';
import { UsageError } from '../../model/errors.ts';
import type { RunManifest } from '../../model/run.ts';
import type { Matrix } from '../../model/matrix.ts';
import { failedPlans } from '../../run/failed.ts';
import { readManifest } from '../../run/journal.ts';
import { armsOfMatrix, readMatrix } from '../../run/matrix.ts';
import { runsOfMatrix } from '../../run/matrix-runs.ts';
import { plansOf, type Choice } from '../../run/plans.ts';
import { matrixId } from '../../run/provenance.ts';
import { progressTo } from '../../run/progress.ts';
import { longestMinutes, performTogether } from '../../run/perform.ts';
import type { Part } from '../../run/perform.ts';
import { toAgent, withinLimit } from '../../run/run.ts';
import type { Venue } from '../../run/session.ts';
import { mustHaveSamePhones } from '../../run/same-phones.ts';
import { loadSuite, suiteOf } from '../../run/suite.ts';
import type { LoadedSuite } from '../../run/suite.ts';
import { agreed } from '../ask.ts';
import { finish, interruption, runFolder, RUNS } from '../common.ts';
import { finishMatrix } from '../comparison.ts';
import { EXIT } from '../exit.ts';
import { handsetsAsked, oneOf, text, wholeNumber } from '../numbers.ts';
import { publish } from '../outputs.ts';
import { sipFrom } from '../sip-options.ts';
import { makeupFrom } from '../makeup-options.ts';

/** What is to be run, before anybody is called. */
interface Order {
  readonly loaded: LoadedSuite;
  /** One run, or those of a matrix. */
  readonly parts: readonly [Part, ...Part[]];
  readonly out: string;
}

/** `hangup run [suite]`: places every call of a suite, keeps them, and exits with the verdict. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const order = await orderOf(args[0] as string | undefined, options);
  const { loaded, parts, out } = order;
  const [{ venue, matrix, resumed }] = parts;
  const arms = matrix ?? resumed?.matrix;
  if (arms && (options['junit'] ?? options['markdown']) !== undefined) {
    throw new UsageError('--junit and --markdown are of one run; write them for each run of a matrix with hangup gate');
  }
  const maxCalls = wholeNumber(options, 'maxCalls', '--max-calls');
  withinLimit(plansIn(order), maxCalls);
  const progress = progressTo(process.stderr);
  progress.note(announced(order));
  if (venue.target !== 'reference' && options['yes'] !== true && !(await agreed(`Call ${venue.target}?`))) {
    progress.note('nobody was called');
    return EXIT.interrupted;
  }
  const ctrlC = interruption();
  const programme = {
    suite: loaded.suite,
    beside: loaded.beside,
    out,
    jobs: wholeNumber(options, 'jobs', '--jobs') ?? usualJobs(loaded.suite, venue.target),
    maxMinutes: wholeNumber(options, 'maxMinutes', '--max-minutes'),
    maxCalls,
    signal: ctrlC.signal,
    progress,
  };
  try {
    const reports = await performTogether(programme, parts);
    for (const report of reports) publish(report, options);
    if (arms) return finishMatrix(reports, join(out, arms.id), options['json'] === true, ctrlC.signal.aborted);
    return finish(reports[0] as RunReport, options['json'] === true, ctrlC.signal.aborted);
  } finally {
    ctrlC.stop();
  }
}

const plansIn = ({ parts }: Order): readonly Plan[] => parts.flatMap(({ plans }) => plans);

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
  const planned = (of: number): Promise<readonly Plan[]> =>
    plansOf(targeted(loaded, venue), {
      seed: of,
      trials: wholeNumber(options, 'trials', '--trials'),
      ...chosen(options),
    });
  const words = options['matrix'] as readonly string[] | undefined;
  const matrix = words ? readMatrix(words) : loaded.suite.matrix;
  const order = { loaded, out: outOf(options) };
  if (!matrix) return { ...order, parts: [{ venue, seed, plans: await planned(seed) }] };
  return { ...order, parts: await partsOfMatrix(matrix, loaded, venue, matrix.seeds ?? [seed], planned) };
}

/** A run for every arm of a matrix and every seed; the arms of a seed have the same plans. */
async function partsOfMatrix(
  matrix: Matrix,
  { suite }: LoadedSuite,
  venue: Venue,
  seeds: readonly number[],
  planned: (seed: number) => Promise<readonly Plan[]>,
): Promise<Order['parts']> {
  if (venue.target !== 'reference') {
    throw new UsageError(`a matrix is of what the reference agent is made of, and the target is ${venue.target}`);
  }
  const id = matrixId(suite);
  const arms = armsOfMatrix(matrix, venue.makeup);
  const parts: Part[] = [];
  for (const seed of seeds) {
    const plans = await planned(seed);
    for (const { name: arm, makeup } of arms)
      parts.push({ seed, plans, venue: { ...venue, makeup }, matrix: { id, arm } });
  }
  return parts as [Part, ...Part[]];
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
  return { loaded, parts: [{ venue, seed: manifest.seed, plans }], out: outOf(options) };
}

async function toResume(name: string | undefined, resume: string, options: Record<string, unknown>): Promise<Order> {
  const out = resolve(text(options, 'out') ?? (resume.includes('/') ? dirname(resume) : RUNS));
  const together = runsOfMatrix(out, basename(resume));
  const [first, ...others] = together.length > 0 ? together : [readManifest(join(out, basename(resume)))];
  if (!first) throw new UsageError(`there is no run ${resume}`);
  if (first.suite === '') throw new UsageError(`${resume} names no suite and cannot be resumed`);
  const loaded = await suiteOf(first, name);
  const parts: [Part, ...Part[]] = [await goingOn(loaded, join(out, first.id), first, options)];
  for (const manifest of others) parts.push(await goingOn(loaded, join(out, manifest.id), manifest, options));
  return { loaded, parts, out };
}

async function goingOn(
  loaded: LoadedSuite,
  run: string,
  manifest: RunManifest,
  options: Record<string, unknown>,
): Promise<Part> {
  const venue = venueOf(loaded, {}, manifest);
  const { seed } = manifest;
  const trials = wholeNumber(options, 'trials', '--trials');
  const all = await plansOf(targeted(loaded, venue), { seed, trials, ...chosen(options) });
  const plans = all.filter(({ id }) => manifest.calls.some((call) => call.id === id));
  mustHaveSamePhones(run, plans);
  return { venue, seed, plans, resumed: manifest };
}

/** Which of the calls, and from which handsets. */
const chosen = (options: Record<string, unknown>): Omit<Choice, 'seed' | 'trials'> => ({
  only: text(options, 'only'),
  ...handsetsAsked(options),
});

const outOf = (options: Record<string, unknown>): string => resolve(text(options, 'out') ?? RUNS);

/** What is planned, and what it costs at most. */
function announced(order: Order): string {
  const { loaded, parts } = order;
  const { suite } = loaded;
  const calls = toAgent(plansIn(order));
  const minutes = longestMinutes(calls);
  const arms = parts.length === 1 ? '' : ` to ${several(parts.length, 'arm')} in turn`;
  const says = `${several(calls.length, 'call')}${arms}, at most ${several(minutes, 'minute')} of talk`;
  if (!suite.cost || parts[0].venue.target === 'reference') return says;
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
