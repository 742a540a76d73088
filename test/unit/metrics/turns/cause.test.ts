import { expect, test } from 'vitest';
import type { CallEvent } from '../../../../harness/model/record.ts';
import { ms } from '../../../../harness/model/time.ts';
import { causeOf } from '../../../../metrics/turns/cause.ts';
import { viewOf, type Golden } from '../../../golden/golden.ts';

const claim = (what: 'transcript' | 'said', text: string, at: number): Partial<CallEvent> => ({
  source: 'claim',
  kind: 'claim',
  at: ms(at),
  claim: { what, name: what, text, startMs: at - 200, endMs: at },
});

/** She says her name at 1 s; the agent claims to have heard and said what is given. */
const call = (...claims: readonly Partial<CallEvent>[]): ReturnType<typeof viewOf> =>
  viewOf({
    about: '',
    agent: [],
    events: [
      {
        kind: 'said',
        line: 'name',
        onset: ms(1000),
        end: ms(2000),
        text: "it's paula jones",
        facts: { name: 'paula jones', reason: 'billing' },
      },
      ...claims,
    ],
    expect: { outcome: '', scores: {} },
  } satisfies Golden);

test.each([
  ['ear', [claim('transcript', "it's paul johns", 2300)]],
  ['slot', [claim('transcript', "it's paula jones", 2300), claim('said', 'And the phone number?', 4000)]],
  ['packet', [claim('transcript', "it's paula jones", 2300), claim('said', 'Okay, Paula Jones.', 4000)]],
] as const)('a name that did not travel was lost by the %s', (cause, claims) => {
  expect(causeOf(call(...claims), 'name', 'paula jones', ms(9000))).toBe(cause);
});

test('what an agent heard before she said it is no evidence that it heard her', () => {
  const early = call(claim('transcript', 'paula jones', 500), claim('transcript', 'um', 2300));
  expect(causeOf(early, 'name', 'paula jones', ms(9000))).toBe('ear');
});

test('an agent that claims nothing, or a value that is no words of hers, gets no cause made up', () => {
  expect(causeOf(call(), 'name', 'paula jones', ms(9000))).toBeUndefined();
  expect(causeOf(call(claim('transcript', 'um', 2300)), 'reason', 'billing', ms(9000))).toBeUndefined();
});
