import { missingFor, requireSeen } from '../../metrics/gate/evidence.ts';
import { STARTER } from '../../metrics/gate/starter.ts';
import type { Bound, Metric } from '../model/metric.ts';
import type { Habit } from '../model/person.ts';
import type { Plan } from '../model/plan.ts';
import type { Evidence } from '../model/record.ts';
import type { Suite } from '../model/suite.ts';
import { entry } from './registry.ts';
import type { Registry } from './registry.ts';

/** Bounds by the name of what they are for. */
type ByName = Readonly<Record<string, readonly Bound[]>>;

/** Starter gates that only mean something where a caller puts them to the test: a habit of hers then asks for the same. */
const PUT_TO_THE_TEST: ReadonlySet<string> = new Set(['yield_rate', 'stop_time', 'change_of_mind']);

/**
 * The suite with its gates spelled out: of the starter's those that this target lets be seen and these callers test. Throws UsageError for a gate,
 * or an expectation of each call, on a metric that is unknown or cannot be seen: before anybody is called.
 */
export function judgeable(
  suite: Suite,
  plans: readonly Plan[],
  metrics: Registry<Metric>,
  evidence: readonly Evidence[],
  target: string,
): Suite {
  const starter = STARTER.filter(({ metric }) => isSeen(metrics.get(metric), evidence) && isTested(metric, plans));
  const gates = suite.gates === 'starter' ? starter : suite.gates;
  const each = [suite.expect?.habits, suite.expect?.scenarios].flatMap((bounds) => Object.values(bounds ?? {}).flat());
  requireSeen([...gates, ...each], metrics, evidence, target);
  return { ...suite, gates };
}

const isTested = (name: string, plans: readonly Plan[]): boolean =>
  !PUT_TO_THE_TEST.has(name) || plans.some(({ bounds }) => bounds.some(({ metric }) => metric === name));

/** A metric of our own, failed calls, is always seen. */
const isSeen = (metric: Metric | undefined, evidence: readonly Evidence[]): boolean =>
  metric === undefined || missingFor(metric, evidence).length === 0;

/** Habits that ask of an agent what the suite says. Throws UsageError for a habit nobody wrote. */
export function heldTo(habits: Registry<Habit>, bounds: ByName = {}): Registry<Habit> {
  requireNames(habits, bounds, 'habit');
  return new Map([...habits].map(([name, habit]) => [name, { ...habit, bounds: bounds[name] ?? habit.bounds }]));
}

/** Throws UsageError, one sentence, where `bounds` are for something that does not exist. */
export function requireNames(registry: Registry<unknown>, bounds: ByName = {}, noun: string): void {
  for (const name of Object.keys(bounds)) entry(registry, name, noun);
}
