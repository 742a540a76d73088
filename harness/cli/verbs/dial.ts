import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import type { Outcome } from '../../model/metric.ts';
import type { Plan } from '../../model/plan.ts';
import { defineSuite } from '../../model/suite.ts';
import { hostIn, lineFor } from '../../run/access.ts';
import { fromHandset } from '../../run/codecs.ts';
import { plansOf } from '../../run/plans.ts';
import { perform } from '../../run/perform.ts';
import { progressTo } from '../../run/progress.ts';
import type { Venue } from '../../run/session.ts';
import { EXIT } from '../exit.ts';
import { finish, interruption, RUNS } from '../common.ts';
import { handsetsAsked, oneOf, text, wholeNumber } from '../numbers.ts';
import { sipFrom } from '../sip-options.ts';
import { makeupFrom } from '../makeup-options.ts';

const CODE: Readonly<Record<Outcome, number>> = {
  passed: EXIT.pass,
  failed: EXIT.fail,
  invalid: EXIT.invalid,
  'not-run': EXIT.interrupted,
};

/** `hangup dial URI`: one call, kept like any other. Exits with what became of it. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const target = String(args[0]);
  const sip = sipFrom(options);
  const venue = { ...venueOf(target, options), sip };
  const typed = [target, sip.registrar, sip.outboundProxy].map((address) => address && hostIn(address));
  const seed = wholeNumber(options, 'seed', '--seed', 0) ?? 1;
  const suite = defineSuite({
    name: 'dial',
    target,
    line: venue.line,
    seed,
    calls: [
      { persona: text(options, 'persona') ?? 'plain-paula', scenario: text(options, 'scenario') ?? 'book-cleaning' },
    ],
    metronome: 0,
    jobs: 1,
    gates: [],
    // An address typed here is consent for this call.
    allow: typed.filter((host) => host !== undefined),
  });
  const file = text(options, 'plan');
  const handsets = handsetsAsked(options);
  const plans = (file === undefined ? await planned(suite) : [planIn(file)]).map((plan) => fromHandset(plan, handsets));
  const ctrlC = interruption();
  try {
    const report = await perform({
      suite,
      seed,
      venue: { ...venue, allow: suite.allow },
      beside: besideHere(),
      plans,
      out: resolve(text(options, 'out') ?? RUNS),
      jobs: 1,
      maxMinutes: undefined,
      signal: ctrlC.signal,
      progress: progressTo(process.stderr),
    });
    finish(report, options['json'] === true, false);
    return CODE[report.calls[0]?.outcome ?? 'not-run'];
  } finally {
    ctrlC.stop();
  }
}

/** How to call it: a plan is replayed on the line, the clock and the agent it was followed with, as its command says. */
function venueOf(target: string, options: Record<string, unknown>): Omit<Venue, 'allow'> {
  const time = oneOf(options, 'time', '--time', ['real', 'virtual'] as const) ?? 'real';
  return {
    target,
    line: text(options, 'line') ?? (time === 'virtual' ? 'loopback' : (lineFor(target) ?? 'sip')),
    time,
    faults: (options['fault'] as string[] | undefined) ?? [],
    manners: text(options, 'manners'),
    makeup: makeupFrom(options),
    earWorkers: 1,
  };
}

/** The folder of the suite in this folder: its voices and places are those of its plans. */
const besideHere = (): string | undefined => (existsSync('hangup.config.ts') ? process.cwd() : undefined);

const planned = (suite: ReturnType<typeof defineSuite>): Promise<readonly Plan[]> =>
  plansOf({ suite, beside: besideHere() }, { seed: undefined, trials: undefined, only: undefined });

function planIn(file: string): Plan {
  if (!existsSync(file)) throw new UsageError(`there is no plan ${file}; write one with: hangup plan --out DIR`);
  let plan: Partial<Plan>;
  try {
    plan = JSON.parse(readFileSync(file, 'utf8')) as Partial<Plan>;
  } catch {
    throw new UsageError(`${file} is not JSON; write a plan with: hangup plan --out DIR`);
  }
  if (plan.schema !== 'hangup.plan/1') throw new UsageError(`${file} is no plan: its schema is not hangup.plan/1`);
  return plan as Plan;
}
