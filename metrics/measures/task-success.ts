import type { CallView, Metric } from '../../harness/model/metric.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import { attemptsOf } from '../turns/attempts.ts';
import { sameValue } from '../turns/ledger.ts';
import { clockTime, score } from '../turns/observe.ts';

const METRIC = 'task_success';

type Commit = Extract<CallEvent, { kind: 'commit' }>;

/** The last commitment the office received counts: later ones replace earlier ones. */
function wrongWith(call: CallView, commits: readonly Commit[]): string | undefined {
  const expected = call.plan.expect.commit;
  const last = commits.at(-1);
  if (!expected && last && makesUpForDesk(call, last)) return undefined;
  if (!expected) return last ? `committed "${last.action}", but nothing was to be committed` : undefined;
  if (!last) return `never committed "${expected.action}"`;
  if (last.action !== expected.action) return `committed "${last.action}" instead of "${expected.action}"`;
  const wrong = expected.slots
    .filter((slot) => !sameValue(last.values[slot], expected.values?.[slot] ?? call.ledger[slot]))
    .map((slot) => `${slot} is "${last.values[slot] ?? 'missing'}", ${dueIn(call, slot)}`);
  return wrong.length > 0 ? `committed at ${clockTime(last.at)}: ${wrong.join('; ')}` : undefined;
}

/** What the slot should hold: what is written, else what she said last. */
const dueIn = ({ plan, ledger }: CallView, slot: string): string => {
  const written = plan.expect.commit?.values?.[slot];
  return written === undefined ? `she said "${ledger[slot] ?? 'nothing'}"` : `it had to be "${written}"`;
};

/** A message taken where she was to be put through and nobody was there (`failure_followup`). */
const makesUpForDesk = (call: CallView, { action, at }: Commit): boolean =>
  action === 'message' &&
  !call.events.some(({ kind }) => kind === 'desk-joined') &&
  attemptsOf(call).some(({ failed }) => failed && failed.at < at);

/** Whether the office holds what she asked for at the end: the expected action with the ledger's latest values, or nothing. */
const taskSuccess: Metric = {
  summary: 'share of calls after which the office holds exactly what the caller asked for',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 2,
  needs: ['world'],
  measure(call) {
    if (call.plan.metronome) return [];
    const commits = call.events.filter((event): event is Commit => event.kind === 'commit');
    const wrong = wrongWith(call, commits);
    const at = commits.at(-1)?.at ?? call.over;
    const action = call.plan.expect.commit?.action;
    const nothing =
      commits.length > 0 ? 'nobody took her call: a message was taken' : 'nothing was to be committed, nothing was';
    const right = action ? `committed "${action}" with the latest values` : nothing;
    return [
      score(METRIC, wrong ? 0 : 1, { at, of: action ?? 'nothing', class: call.plan.stakes, note: wrong ?? right }),
    ];
  },
};

export default taskSuccess;
