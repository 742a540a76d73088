import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault, Showing, Sweep } from '../../agent/fault.ts';
import type { RunManifest } from '../model/run.ts';
import { openPlanner } from './plans.ts';
import { pool } from './pool.ts';
import type { Progress } from './progress.ts';
import { entry, faults } from './registry.ts';
import type { Workshop } from './run.ts';
import { BOUNDS } from './selftest-bounds.ts';
import { openFindings } from './selftest-journal.ts';
import type { Findings } from './selftest-journal.ts';
import { manifestOfKept, SELFTEST } from './selftest-kept.ts';
import { resultOf } from './selftest-result.ts';
import type { SelftestResult, SoundTrial } from './selftest-result.ts';
import { openShop } from './selftest-shop.ts';
import type { Shop } from './selftest-shop.ts';
import { observeSweep, sweepResult, sweepWords } from './selftest-sweep.ts';
import type { SweepResult } from './selftest-sweep.ts';
import { planOf, tryFault, trySound } from './selftest-trial.ts';
import type { Lab, Trial } from './selftest-trial.ts';

/** How much of a self-test. */
export interface SelftestAsk {
  readonly trials: number;
  readonly seed: number;
  /** Only these faults; all of them when empty. */
  readonly only: readonly string[];
  /** Trials in which arguments are swept: 0 none. */
  readonly sweeps: number;
  readonly jobs: number;
  /** Findings are kept here, rendered audio, and the calls that show each fault. */
  readonly out: string;
  /** Goes on with the findings that are there. */
  readonly resume: boolean;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Threads that listen, for the agent and for the callers each. */
const EAR_WORKERS = 2;

/** A self-test's outcome, and what its kept calls go by among the runs. */
export interface Selftested {
  readonly result: SelftestResult;
  readonly manifest: RunManifest;
}

/** Places every call of the self-test in virtual time and holds what was measured against what was broken. */
export async function selftest(ask: SelftestAsk): Promise<Selftested> {
  const chosen = chooseFrom(await faults(), ask.only);
  const kept = join(ask.out, SELFTEST);
  if (!ask.resume) rmSync(kept, { recursive: true, force: true });
  const lab: Lab = { planner: await openPlanner(), seed: ask.seed, bounds: BOUNDS, signal: ask.signal, kept };
  const plans = showingsOf(chosen).map((showing) => planOf(lab.planner, showing, ask.seed, 0));
  const manifest = manifestOfKept(ask, plans, [...chosen.keys()]);
  ask.progress.step('warming up the ears');
  const shop = await openShop(plans, join(ask.out, '.cache'), EAR_WORKERS);
  try {
    const test = new Selftest(ask, lab, shop, openFindings(join(ask.out, 'selftest.jsonl'), ask.resume));
    const sound = await test.sound(showingsOf(chosen));
    const broken = await test.broken(chosen);
    const sweeps = await test.sweeps(chosen);
    return { result: resultOf(chosen, broken, sound, sweeps, [...shop.metrics.keys()]), manifest };
  } finally {
    await shop.close();
  }
}

function chooseFrom(all: ReadonlyMap<string, Fault>, only: readonly string[]): ReadonlyMap<string, Fault> {
  return only.length === 0 ? all : new Map(only.map((name) => [name, entry(all, name, 'fault')]));
}

/** Every call that shows some fault, once: the sound agent is called by all of them. */
function showingsOf(chosen: ReadonlyMap<string, Fault>): readonly Showing[] {
  const shown = [...chosen.values()].flatMap(({ shows }) => shows);
  return [...new Map(shown.map((showing) => [JSON.stringify(showing), showing])).values()];
}

const nameOf = ({ persona, scenario, attack, turns, desks }: Showing): string =>
  [persona, scenario, attack, turns === undefined ? undefined : `${turns}-turns`, desks]
    .filter((part) => part !== undefined)
    .join('-');

/** One call of a sweep: the argument, or undefined for the agent to compare with. */
interface SweepJob {
  readonly name: string;
  readonly sweep: Sweep;
  readonly arg: number | undefined;
  readonly trial: number;
  readonly broken: readonly string[];
}

/** One self-test under way: what was found before is not placed again. */
class Selftest {
  readonly #ask: SelftestAsk;
  readonly #lab: Lab;
  readonly #shop: Shop;
  readonly #findings: Findings;

  constructor(ask: SelftestAsk, lab: Lab, shop: Shop, findings: Findings) {
    this.#ask = ask;
    this.#lab = lab;
    this.#shop = shop;
    this.#findings = findings;
  }

  async sound(showings: readonly Showing[]): Promise<readonly SoundTrial[]> {
    const jobs = this.#times(showings.map((showing) => ({ showing, broken: [] })));
    return this.#each('the sound agent', jobs, async ({ showing, trial }, workshop) => {
      const key = ['sound', showing, trial];
      const found = await this.#find(key, () => trySound(this.#lab, workshop, showing, trial));
      return found && { ...found, call: `${nameOf(showing)}-${trial + 1}` };
    });
  }

  broken(chosen: ReadonlyMap<string, Fault>): Promise<readonly Trial[]> {
    const jobs = this.#times([...chosen].map(([name, fault]) => ({ name, fault, broken: [name] })));
    return this.#each('broken agents', jobs, ({ name, fault, trial }, workshop) =>
      this.#find([name, fault.shows, trial], () => tryFault(this.#lab, workshop, name, fault, trial)),
    );
  }

  async sweeps(chosen: ReadonlyMap<string, Fault>): Promise<readonly SweepResult[]> {
    const jobs = [...chosen].flatMap(([name, fault]) => this.#sweepJobs(name, fault));
    const found = await this.#each('sweeps', jobs, async (job, workshop) => {
      const { sweep, broken, trial } = job;
      const key = ['sweep', broken, sweep.calls, sweep.metric, trial];
      const observed = await this.#find(key, () => observeSweep(this.#lab, workshop, sweep, trial));
      return observed && { ...job, observed };
    });
    const names = [...new Set(found.map(({ name }) => name))];
    return names.flatMap((name) => {
      const mine = found.filter((one) => one.name === name);
      const sound = mine.filter(({ arg }) => arg === undefined).flatMap(({ observed }) => observed);
      const rest = mine.flatMap(({ arg, observed }) => (arg === undefined ? [] : [{ arg, observed }]));
      return mine[0] ? [sweepResult(name, mine[0].sweep, sound, rest)] : [];
    });
  }

  #sweepJobs(name: string, { sweep }: Fault): readonly SweepJob[] {
    if (!sweep) return [];
    const trials = Array.from({ length: this.#ask.sweeps }, (_, trial) => trial);
    return [undefined, ...sweep.args].flatMap((arg) =>
      trials.map((trial) => ({ name, sweep, arg, trial, broken: sweepWords(name, sweep, arg) })),
    );
  }

  #times<T extends object>(items: readonly T[]): readonly (T & { readonly trial: number })[] {
    const { trials } = this.#ask;
    return Array.from({ length: trials }, (_, trial) => items.map((item) => ({ ...item, trial }))).flat();
  }

  /** What was found before, or now; a call that was broken off has found nothing. */
  #find<T>(what: readonly unknown[], find: () => Promise<T>): Promise<T | undefined> {
    const { seed, signal } = this.#ask;
    return this.#findings.get(JSON.stringify([seed, ...what]), async () => {
      const found = await find();
      return signal.aborted ? undefined : found;
    });
  }

  /** `work` for each job on the agent it wants; what was not begun or broken off when it was stopped is left out. */
  async #each<T extends { readonly broken: readonly string[] }, R>(
    what: string,
    jobs: readonly T[],
    work: (job: T, workshop: Workshop) => Promise<R | undefined>,
  ): Promise<readonly R[]> {
    let done = 0;
    const results = await pool(jobs, this.#ask.jobs, this.#ask.signal, async (job) => {
      const result = await work(job, await this.#shop.withAgent(job.broken));
      this.#ask.progress.step(`${what}: ${++done} of ${jobs.length} done`);
      return result;
    });
    return results.filter((result) => result !== undefined);
  }
}
