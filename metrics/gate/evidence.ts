import { UsageError } from '../../harness/model/errors.ts';
import type { Bound, Metric, Need } from '../../harness/model/metric.ts';
import type { Evidence } from '../../harness/model/record.ts';
import { FAILED_CALLS } from './bound.ts';

/** How one need is met. */
interface Rule {
  /** Any of these meets it; the first is what is asked for. */
  readonly metBy: readonly Evidence[];
  /** What is missing, after "needs". */
  readonly says: string;
  /** What to do about it. */
  readonly provide: string;
}

/** The rules of evidence: what each need of a metric can be met by. A need that nothing meets makes the metric `not seen`. */
const RULES: Readonly<Record<Need, Rule>> = {
  wire: {
    metBy: ['wire'],
    says: 'the wire',
    provide: 'place a call: a recording holds no packets',
  },
  ear: {
    metBy: ['ear'],
    says: "an ear or the agent's claims",
    provide:
      "name an ear in the suite (ear: 'NAME'), or have the agent post what it says (office: { posts: ['claims'] })",
  },
  office: {
    metBy: ['office'],
    says: 'the office',
    provide: "open the office to the agent (office: { listen: '127.0.0.1:8787' }); a check hook cannot stand in for it",
  },
  hooks: {
    metBy: ['hooks'],
    says: 'a check hook',
    provide: 'add a check hook to the suite',
  },
  world: {
    metBy: ['office', 'hooks'],
    says: 'the office or a check hook',
    provide:
      "add a check hook to the suite that reports what was really committed, or open the office to the agent (office: { listen: '127.0.0.1:8787' })",
  },
  claims: {
    metBy: ['claims'],
    says: "the agent's claims",
    provide:
      "have the agent post them to the office (office: { listen: '127.0.0.1:8787', posts: ['claims'] }), or send its spans (otlp: { listen: '127.0.0.1:4318' })",
  },
};

/** What a metric needs and `given` does not meet; where one of several would do (`anyOf`), the first. Empty: it is seen. */
export function missingFor(metric: Pick<Metric, 'needs' | 'anyOf'>, given: readonly Evidence[]): readonly Need[] {
  const isMet = (need: Need): boolean => RULES[need].metBy.some((kind) => given.includes(kind));
  const needs = metric.needs.filter((need) => !isMet(need));
  const choices = metric.anyOf ?? [];
  return choices.length === 0 || choices.some(isMet) ? needs : [...needs, ...choices.slice(0, 1)];
}

/** Needs in words, after "needs": `the office or a check hook, and an ear or the agent's claims`. */
export const needsInWords = (needs: readonly Need[]): string => needs.map((need) => RULES[need].says).join(', and ');

/** The evidence that would meet `needs`, one kind each. */
export const askedFor = (needs: readonly Need[]): readonly Evidence[] => [
  ...new Set(needs.flatMap((need) => RULES[need].metBy.slice(0, 1))),
];

/** Why a bound on an unseen metric is an error of the suite, and how it is mended. */
export const cannotGate = (metric: string, needs: readonly Need[], target: string): UsageError =>
  new UsageError(
    `the gate on ${metric} cannot be judged: it needs ${needsInWords(needs)}, which ${target} does not give; ${needs
      .map((need) => RULES[need].provide)
      .join('; and ')}; or drop the gate`,
  );

/** A bound on a metric nobody wrote. */
export function noSuchMetric(name: string, metrics: ReadonlyMap<string, Metric>): UsageError {
  const known = [...metrics.keys()].sort().join(', ');
  return new UsageError(`there is no metric called "${name}" to gate on; there are: ${known}`);
}

/** Refuses bounds that no run of this target could be judged by, before any call is placed. Throws UsageError. */
export function requireSeen(
  bounds: readonly Bound[],
  metrics: ReadonlyMap<string, Metric>,
  given: readonly Evidence[],
  target: string,
): void {
  for (const { metric: name } of bounds.filter(({ metric }) => metric !== FAILED_CALLS)) {
    const metric = metrics.get(name);
    if (!metric) throw noSuchMetric(name, metrics);
    const missing = missingFor(metric, given);
    if (missing.length > 0) throw cannotGate(name, missing, target);
  }
}
