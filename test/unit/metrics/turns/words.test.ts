import { expect, test } from 'vitest';
import type { HeardWord } from '../../../../harness/model/activity.ts';
import type { CallEvent } from '../../../../harness/model/record.ts';
import { ms } from '../../../../harness/model/time.ts';
import { scoreCall } from '../../../../metrics/score.ts';
import { agentTurns } from '../../../../metrics/turns/agent-turns.ts';
import { claimsOf } from '../../../../metrics/turns/claims.ts';
import { afterFillers, sayingsOf } from '../../../../metrics/turns/lexicon.ts';
import { cardNumberIn, secretIn } from '../../../../metrics/turns/secrets.ts';
import { herSilences, silences } from '../../../../metrics/turns/silences.ts';
import { findPhrase, plainWords, wordsOf } from '../../../../metrics/turns/words.ts';
import { viewOf, type Golden } from '../../../golden/golden.ts';
import { measures } from '../../../golden/measures.ts';

const metrics = await measures();

const golden = (more: Partial<Golden>): Golden => ({
  about: '',
  agent: [],
  events: [],
  expect: { outcome: '', scores: {} },
  ...more,
});

const sounds = (...spans: readonly (readonly [number, number])[]): Golden['agent'] =>
  spans.map(([onset, stop]) => ({ onset, stop }) as Golden['agent'][number]);

const heard = (text: string): HeardWord[] =>
  text.split(' ').map((word, i) => ({ text: word, from: ms(i * 300), to: ms(i * 300 + 250), u: 20 }));

/** A claim made at `end` on a clock `ahead` of the call's, which reaches the office `late` ms later. */
const claim = (text: string, start: number, end: number, ahead: number, late = 0): Partial<CallEvent> => ({
  source: 'claim',
  kind: 'claim',
  at: ms(end + late),
  claim: { what: 'said', name: 'mouth', text, startMs: start + ahead, endMs: end + ahead },
});

const ended = (at: number): Partial<CallEvent> =>
  ({
    source: 'wire',
    kind: 'ended',
    at,
    ending: { by: 'us', reason: 'hung-up', at, detail: '' },
  }) as Partial<CallEvent>;

test('claims on a clock of their own are put on the call by when they came, and one late post does not shift them', () => {
  const events = [claim('a', 0, 1000, 7000), claim('b', 2000, 3000, 7000, 400), claim('c', 4000, 5000, 7000)];
  const mapped = claimsOf(viewOf(golden({ events })), 'said');
  expect(mapped.map(({ from, to }) => [from, to])).toEqual([
    [0, 1000],
    [2000, 3000],
    [4000, 5000],
  ]);
});

test('what an ear heard comes before what the agent claims, and neither is no words', () => {
  const events = [claim("Okay, Tuesday's fine.", 1000, 2000, 0)];
  expect(wordsOf(viewOf(golden({ events })))?.map(({ text }) => text)).toEqual(['okay', "tuesday's", 'fine']);
  const both = viewOf(golden({ events, words: [['Hello,', 0, 300]] }));
  expect(wordsOf(both)?.map(({ text }) => text)).toEqual(['hello']);
  expect(both.head.evidence).toContain('ear');
  expect(wordsOf(viewOf(golden({})))).toBeUndefined();
});

test('fillers come off the front, and only there', () => {
  const rest = (text: string): string =>
    afterFillers(heard(text))
      .map((word) => word.text)
      .join(' ');
  expect(rest('um okay let me see tuesday is free')).toBe('tuesday is free');
  expect(rest('tuesday um is free')).toBe('tuesday um is free');
  expect(rest('one moment please')).toBe('');
});

test('a phrase is found as words, not as letters', () => {
  expect(findPhrase(heard('nobody booked it'), 'book')).toBeUndefined();
  expect(findPhrase(heard('so you are booked now'), 'you are booked')).toBe(1);
  expect(plainWords('“Zebra-Nine!”')).toEqual(['zebra', 'nine']);
});

test('a time is known by forms that a telephone number does not have', () => {
  expect(sayingsOf('15:00')).toContain('at three');
  expect(sayingsOf('15:00')).not.toContain('three');
  expect(sayingsOf('15:30')).toContain('half past three');
  expect(sayingsOf('5550142')).toContain('five five five oh one four two');
  expect(sayingsOf('Maya Lopez')).toEqual(['maya lopez']);
});

test.each([
  ['card 4111 1111 1111 1111 please', true],
  ['4111-1111-1111-1111', true],
  ['4111 1111 1111 1112', false],
  ['call 555 0142 at 15:00', false],
])('a card number is told from other digits by its check digit: %s', (text, found) => {
  expect(cardNumberIn(text) !== undefined).toBe(found);
});

test.each([
  ['password: hunter22', true],
  ['her pin is 1234', false],
  ['pin 1234', true],
  ['api_key=abcdef123456', true],
  ['sk-abcdefghijklmnopqrstuv', true],
  ['she forgot her password', false],
])('a written secret is told by its form: %s', (text, found) => {
  expect(secretIn(text) !== undefined).toBe(found);
});

test('what the agent says between two words of hers is one turn', () => {
  const said = { kind: 'said', line: 'a', onset: 3000, end: 4000 } as Partial<CallEvent>;
  const turns = agentTurns(
    viewOf(golden({ agent: sounds([300, 1000], [1500, 2500], [4300, 5000]), events: [said, ended(9000)] })),
  );
  expect(turns.map(({ after, kind, utterances }) => [after, kind, utterances.length])).toEqual([
    ['', 'greeting', 2],
    ['a', 'reply', 1],
  ]);
});

test('"one moment" excuses eight seconds, music as long as it plays, and nothing else does', () => {
  const said = { kind: 'said', line: 'a', onset: 1000, end: 2000 } as Partial<CallEvent>;
  const dead = (more: Partial<Golden>): number[] =>
    silences(viewOf(golden({ events: [said, ended(20_000)], ...more }))).map((silence) => silence.dead);
  expect(dead({ agent: sounds([14_000, 15_000]) })).toEqual([12_000]);
  expect(dead({ agent: [{ onset: ms(3000), stop: ms(9000), kind: 'music' }, ...sounds([14_000, 15_000])] })).toEqual([
    6000,
  ]);
  const words: Golden['words'] = [
    ['one', 2200, 2500],
    ['moment', 2500, 3000],
  ];
  expect(dead({ agent: sounds([2200, 3000], [14_000, 15_000]), words })).toEqual([200, 3000]);
});

test('her silence begins where the agent stops, and is not hers after "one moment"', () => {
  const said = { kind: 'said', line: 'a', onset: 6000, end: 7000 } as Partial<CallEvent>;
  const agent = sounds([300, 1000], [7300, 8000], [13_000, 14_000]);
  const ends = (words?: Golden['words']): string[] =>
    herSilences(viewOf(golden({ agent, events: [said, ended(20_000)], ...(words ? { words } : {}) }))).map(
      ({ from, to, endedBy }) => `${from}-${to} ${endedBy}`,
    );
  expect(ends()).toEqual(['1000-6000 caller', '8000-13000 agent', '14000-20000 end']);
  expect(
    ends([
      ['one', 7300, 7600],
      ['moment', 7600, 8000],
    ]),
  ).toEqual(['1000-6000 caller', '14000-20000 end']);
});

test('without words a metric of words is not seen, and asks for the evidence that any agent can give', () => {
  const seen = (more: Partial<Golden>): Readonly<Record<string, readonly string[]>> =>
    scoreCall(viewOf(golden({ evidence: ['wire'], ...more })), metrics).notSeen;
  const blind = seen({});
  expect(blind['substantive_latency']).toEqual(['ear']);
  expect(blind['say_do_gap']).toEqual(['world', 'ear']);
  expect(blind['turn_latency']).toBeUndefined();
  expect(seen({ words: [['hello', 0, 300]] })['substantive_latency']).toBeUndefined();
  expect(seen({ evidence: ['wire', 'claims'] })['substantive_latency']).toBeUndefined();
});
