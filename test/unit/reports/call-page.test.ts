import { expect, test } from 'vitest';
import type { Activity } from '../../../harness/model/activity.ts';
import type { CallEvent } from '../../../harness/model/record.ts';
import { ms } from '../../../harness/model/time.ts';
import { believedOf } from '../../../reports/site/believed.ts';
import type { Believed, HeldWord } from '../../../reports/site/believed.ts';
import { rungsOf } from '../../../reports/site/components/call/ladder.ts';

const event = (one: object): CallEvent => one as CallEvent;
const said = (onset: number, text: string, desk = false): CallEvent =>
  event({ source: 'caller', kind: 'said', at: ms(onset), onset: ms(onset), end: ms(onset + 900), text, desk });
/** A claim that is posted when it ends. */
const claim = (what: 'transcript' | 'said', startMs: number, endMs: number, text: string): CallEvent =>
  event({ source: 'claim', kind: 'claim', at: ms(endMs), claim: { what, name: '', startMs, endMs, text } });
const activity = (changes: object): Activity => ({ agent: [], desk: [], ...changes }) as unknown as Activity;

const marked = (words: readonly HeldWord[] | undefined): string | undefined =>
  words?.map(({ text, differs }) => (differs ? `[${text}]` : text)).join(' ');
const shown = (rows: readonly Believed[]): unknown =>
  rows.map(({ who, said: words, taken, note }) => [who, marked(words), marked(taken), note]);

test('a word that the agent misheard, left out or made up is marked, on the side that has it', () => {
  const events = [
    said(1000, 'On Tuesday at three, please.'),
    claim('transcript', 1000, 2000, 'on thursday at three'),
    said(4000, 'Paula Jones'),
    claim('transcript', 4000, 5000, 'its paula jones'),
  ];
  expect(shown(believedOf(events, undefined))).toEqual([
    ['caller', 'on [tuesday] at three [please]', 'on [thursday] at three', ''],
    ['caller', 'paula jones', '[its] paula jones', ''],
  ]);
});

test('what it heard before she spoke, did not hear, or was never told is said so, and is no difference of words', () => {
  const events = [claim('transcript', 0, 400, 'thank you'), said(1000, 'hello'), said(3000, 'nine one one', true)];
  expect(shown(believedOf(events, undefined))).toEqual([
    ['caller', '', '[thank] [you]', 'she had said nothing yet'],
    ['caller', 'hello', undefined, 'it does not say that it heard this'],
    ['caller', 'nine one one', undefined, 'said to a desk'],
  ]);
});

test('an interruption is hers as much as a line, and a sham is nobody’s', () => {
  const stimulus = (sham: boolean): CallEvent =>
    event({ source: 'caller', kind: 'stimulus', at: ms(500), onset: ms(500), end: ms(900), text: 'wait', sham });
  expect(shown(believedOf([stimulus(true), claim('transcript', 500, 900, 'wait')], undefined))).toEqual([
    ['caller', '', '[wait]', 'she had said nothing yet'],
  ]);
  expect(shown(believedOf([stimulus(false), claim('transcript', 500, 900, 'wait')], undefined))).toEqual([
    ['caller', 'wait', 'wait', ''],
  ]);
});

test('what the agent says it said is held against the line: silence there, and words an ear did not hear', () => {
  const events = [
    claim('said', 1000, 3000, 'You are booked.'),
    claim('said', 5000, 6000, 'Goodbye.'),
    claim('said', 8000, 8000, ''),
  ];
  const sounding = [{ onset: ms(1000), end: ms(3000) }];
  expect(shown(believedOf(events, activity({ agent: sounding })))).toEqual([
    ['agent', undefined, 'you are booked', ''],
    ['agent', undefined, 'goodbye', 'nothing was heard on the line then'],
  ]);
  const words = ['you', 'are', 'booked', 'in'].map((text, i) => ({ text, from: 1000 + 400 * i, to: 1300 + 400 * i }));
  expect(shown(believedOf(events, activity({ agent: sounding, words })))).toEqual([
    ['agent', 'you are booked [in]', 'you are booked', ''],
    ['agent', '', '[goodbye]', 'nothing was heard on the line then'],
  ]);
});

test('the ladder leads from who did something to whom, and to the desk once it has joined', () => {
  const events = [
    { kind: 'answered', source: 'wire', at: 0 },
    { kind: 'pacing', source: 'wire', at: 1 },
    { kind: 'commit', source: 'office', at: 2, action: 'book', values: { day: 'tuesday' } },
    { kind: 'refer', source: 'wire', at: 3, to: 'sip:billing@127.0.0.1' },
    { kind: 'desk-rang', source: 'office', at: 4, desk: 'billing', for: 'caller' },
    { kind: 'desk-joined', source: 'wire', at: 5, desk: 'billing' },
    { kind: 'ended', source: 'wire', at: 6, ending: { by: 'them', reason: 'hung-up' } },
  ].map(event);
  expect(rungsOf(events).map(({ at, from, to, what }) => `${at} ${from} > ${to}: ${what}`)).toEqual([
    '0 agent > caller: answered',
    '2 agent > office: book: day tuesday',
    '3 agent > caller: REFER to sip:billing@127.0.0.1',
    '4 caller > desk: billing rings',
    '5 desk > caller: billing picks up',
    '6 desk > caller: ended by them: hung-up',
  ]);
  expect(rungsOf([event({ kind: 'ended', source: 'wire', at: 9, ending: { by: 'us', reason: 'hung-up' } })])).toEqual([
    { at: 9, from: 'caller', to: 'agent', what: 'ended by us: hung-up' },
  ]);
});
