import { expect, test } from 'vitest';
import { openBudget } from '../../../harness/run/budget.ts';
import { noStreak, stoppedBy, streakAfter } from '../../../harness/run/streak.ts';
import type { Ending } from '../../../harness/model/line.ts';
import type { CallEvent, CallRecord } from '../../../harness/model/record.ts';
import { ms } from '../../../harness/model/time.ts';
import type { Clock } from '../../../harness/model/time.ts';

type Ended = Pick<CallRecord, 'events'>;

/** A call that ended so; one that was answered was talked for a minute. */
function call(reason: Ending['reason'], detail = reason as string): Ended {
  const ending = { by: reason === 'unreachable' ? 'line' : 'them', reason, at: ms(60_000), detail } as const;
  const ended: CallEvent = { source: 'wire', kind: 'ended', at: ms(60_000), ending };
  return { events: reason === 'hung-up' ? [{ source: 'wire', kind: 'answered', at: ms(0) }, ended] : [ended] };
}

const after = (...reasons: readonly Ending['reason'][]) =>
  reasons.map((reason) => call(reason)).reduce(streakAfter, noStreak);

/** A clock that says what it is told. */
const watch = (now: () => number): Clock => ({ now: () => ms(now()) }) as Clock;

test('an agent that is busy five times in a row is not called a sixth time, and the sentence says why', () => {
  const four = after('busy', 'busy', 'busy', 'busy');
  expect(stoppedBy(four, 'sip:a@b')).toBeUndefined();
  expect(stoppedBy(streakAfter(four, call('busy', '486 Busy Here')), 'sip:a@b')).toBe(
    '5 calls in a row came to nothing at sip:a@b for the same reason (486 Busy Here); mend that and run again',
  );
});

test('one answered call, or another reason, begins the count again', () => {
  expect(after('busy', 'busy', 'busy', 'busy', 'hung-up', 'busy').calls).toBe(1);
  expect(after('busy', 'busy', 'busy', 'busy', 'no-answer')).toMatchObject({ reason: 'no-answer', calls: 1 });
  expect(stoppedBy(after('hung-up', 'hung-up', 'hung-up', 'hung-up', 'hung-up'), 'x')).toBeUndefined();
});

test('after the allowed minutes no further call is placed, and that stays so', () => {
  let now = 0;
  const budget = openBudget(
    { maxMinutes: 2, planned: 3, target: 'x' },
    watch(() => now),
  );
  now = 120_000;
  expect(budget.stopped()).toBeUndefined();
  now = 120_001;
  expect(budget.stopped()).toBe('the 2 minutes of --max-minutes were over');
});

test('a call placed once more counts against --max-calls', () => {
  const limits = { maxMinutes: undefined, planned: 3, target: 'x' };
  const tight = openBudget(
    { ...limits, maxCalls: 3 },
    watch(() => 0),
  );
  expect(tight.onceMore()).toBe(false);
  const roomy = openBudget(
    { ...limits, maxCalls: 4 },
    watch(() => 0),
  );
  expect([roomy.onceMore(), roomy.onceMore()]).toEqual([true, false]);
  expect(
    openBudget(
      limits,
      watch(() => 0),
    ).onceMore(),
  ).toBe(true);
});

test('every minute of talk is paid for, those of a call that was placed once more and of an earlier part too', () => {
  const budget = openBudget(
    { maxMinutes: undefined, planned: 3, target: 'x' },
    watch(() => 0),
  );
  budget.spent(call('hung-up'));
  budget.spent(call('hung-up'));
  budget.spent(call('busy'));
  budget.spentBefore(30_000);
  budget.spentBefore(undefined);
  expect(budget.minutes()).toBe(2.5);
  // An interrupted call of the earlier part was talked for and not kept.
  const resumed = openBudget(
    { maxMinutes: undefined, planned: 3, target: 'x', spentMinutes: 0.75 },
    watch(() => 0),
  );
  resumed.spentBefore(30_000);
  resumed.spent(call('hung-up'));
  expect(resumed.minutes()).toBe(1.75);
});
