import type { ScoredCall, Verdict } from '../../harness/model/metric.ts';
import type { Stakes } from '../../harness/model/plan.ts';
import type { Evidence } from '../../harness/model/record.ts';
import { exactInterval } from '../statistics/rates.ts';
import { FAILED_CALLS } from './bound.ts';
import type { GateResult } from './gate.ts';
import { counted } from './observed.ts';

/** Whether an agent may take calls of one class of stakes, and on what evidence. */
export interface Readiness {
  readonly stakes: Stakes;
  readonly verdict: 'yes' | 'no' | 'open';
  /** One plain clause: what decides it, or what is missing. */
  readonly why: string;
  readonly n: number;
  readonly failed: number;
  /** 95 % interval of the share of failed calls (Clopper and Pearson). */
  readonly low: number;
  readonly high: number;
  /** The largest share of failed calls that is tolerated. */
  readonly allowed: number;
  /** What could be seen of these calls. */
  readonly evidence: readonly Evidence[];
}

const CLASSES: readonly Stakes[] = ['low', 'medium', 'high'];

/** Failed calls that are tolerated where the suite's own gates say nothing: an annoyance, a loss, a harm. */
const ALLOWED: Readonly<Record<Stakes, number>> = { low: 0.1, medium: 0.05, high: 0.01 };

/** The metric without which nobody knows whether a call that sounded well came to the right result. */
const RESULT = 'task_success';

/**
 * Which classes of calls the agent may take. Yes: the whole interval of its failed calls is within what is tolerated (the
 * limit of the suite's own gate on failed calls of that class, if it has one), its gates held and results were seen. No:
 * the whole interval is outside, or a gate of the class failed. Else open, with what is missing.
 */
export const readiness = (
  calls: readonly ScoredCall[],
  gates: readonly GateResult[],
  overall: Verdict,
  checked: boolean,
): readonly Readiness[] => CLASSES.map((stakes) => readinessFor(stakes, calls, gates, { overall, checked }));

interface Run {
  readonly overall: Verdict;
  /** A metronome call checked the instrument. */
  readonly checked: boolean;
}

function readinessFor(stakes: Stakes, calls: readonly ScoredCall[], gates: readonly GateResult[], run: Run): Readiness {
  const made = counted(calls).filter(({ plan }) => plan.stakes === stakes);
  const failed = made.filter(({ outcome }) => outcome === 'failed').length;
  const own = gates.filter((gate) => gate.stakes === stakes);
  const limit = own.find(({ metric, of }) => metric === FAILED_CALLS && of === 'rate')?.bound;
  const allowed = limit ?? ALLOWED[stakes];
  const n = made.length;
  const tried = { stakes, n, failed, ...exactInterval(failed, n), allowed, evidence: evidenceOf(made) };
  return { ...tried, ...decided(tried, made, own, run) };
}

/** What every one of the calls lets be seen. */
const evidenceOf = (calls: readonly ScoredCall[]): readonly Evidence[] =>
  (calls[0]?.head.evidence ?? []).filter((kind) => calls.every(({ head }) => head.evidence.includes(kind)));

function decided(
  { n, failed, low, high, allowed }: Pick<Readiness, 'n' | 'failed' | 'low' | 'high' | 'allowed'>,
  made: readonly ScoredCall[],
  own: readonly GateResult[],
  { overall, checked }: Run,
): Pick<Readiness, 'verdict' | 'why'> {
  const open = (why: string): Pick<Readiness, 'verdict' | 'why'> => ({ verdict: 'open', why });
  if (n === 0) return open('none was tried');
  if (overall === 'invalid') return open('this run cannot be trusted');
  if (low > allowed) return { verdict: 'no', why: 'too many failed' };
  const broken = own.find(({ verdict }) => verdict === 'fail');
  if (broken) return { verdict: 'no', why: `${broken.name} failed` };
  if (!checked) return open('no metronome call checked the instrument');
  if (made.some(({ notSeen }) => notSeen[RESULT] !== undefined)) return open('nobody saw what came of these calls');
  if (high > allowed)
    return open(
      failed > 0 || allowed <= 0 ? 'too few calls to tell' : `needs ${needed(allowed) - n} more without a failure`,
    );
  const undecided = own.find(({ verdict }) => verdict === 'inconclusive');
  return undecided
    ? open(`${undecided.name} is open`)
    : { verdict: 'yes', why: 'failed calls are within what is tolerated' };
}

/** So many calls without a failure bring the interval's upper limit down to `allowed`. */
const needed = (allowed: number): number => Math.ceil(Math.log(0.025) / Math.log(1 - allowed));
