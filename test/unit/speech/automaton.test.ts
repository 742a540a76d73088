import { expect, test } from 'vitest';
import { compile } from '../../../harness/speech/soundswallower/automaton.ts';
import type { Automaton } from '../../../harness/speech/soundswallower/automaton.ts';

const grammar = (rules: string): Automaton => compile(`#JSGF V1.0;\ngrammar test;\n${rules}`);

/** Probability of the likeliest way through the machine that says `words`; 0 when there is none. */
function probability({ start, end, arcs }: Automaton, words: string): number {
  let now = new Map([[start, 1]]);
  const spread = (by: string | undefined): Map<number, number> => {
    const next = new Map(by === undefined ? now : []);
    for (const { from, to, word, weight } of arcs) {
      const so = (now.get(from) ?? 0) * weight;
      if (word === by && so > (next.get(to) ?? 0)) next.set(to, so);
    }
    return next;
  };
  for (const word of words.split(' ')) {
    now = spread(undefined);
    now = spread(word);
  }
  return spread(undefined).get(end) ?? 0;
}

test('a choice shares its probability out by weight, and a rule used twice means the same twice', () => {
  const machine = grammar('public <all> = /3/ <day> | /1/ at <day>; <day> = monday | friday;');
  expect(probability(machine, 'monday')).toBeCloseTo(3 / 8);
  expect(probability(machine, 'at friday')).toBeCloseTo(1 / 8);
  expect(probability(machine, 'at')).toBe(0);
  expect(probability(machine, 'monday friday')).toBe(0);
});

test('a repetition ends and goes on, an option is taken or left', () => {
  const machine = grammar('public <all> = (yes | no [thanks])+;');
  expect(probability(machine, 'yes')).toBeCloseTo(1 / 4);
  expect(probability(machine, 'yes no')).toBeCloseTo(1 / 4 / 8);
  expect(probability(machine, 'yes no thanks')).toBeCloseTo(1 / 4 / 8);
  expect(probability(machine, 'thanks')).toBe(0);
  expect(probability(grammar('public <all> = one two* three;'), 'one three')).toBeCloseTo(1 / 2);
});

test('a loop inside a loop is left for the outer one in a single empty arc, as the engine needs it', () => {
  const machine = grammar('public <all> = (<list> stop)+; <list> = (a | b)+;');
  expect(probability(machine, 'a b stop b stop')).toBeGreaterThan(0);
  expect(probability(machine, 'a stop stop')).toBe(0);
});

test('ten thousand ways of one word are one state: the engine walks every state a hundred times a second', () => {
  const words = Array.from({ length: 500 }, (_, i) => `w${i}`).join(' | ');
  const machine = grammar(`public <all> = (<w> | <w> <v>)+; <w> = ${words}; <v> = ${words};`);
  expect(machine.states).toBeLessThan(8);
  expect(probability(machine, 'w3 w4 w499')).toBeGreaterThan(0);
});

test('a grammar that cannot be read says where', () => {
  expect(() => grammar('public <all> = (one | two;')).toThrow('<all> cannot be read');
  expect(() => grammar('public <all> = <none>;')).toThrow('<none> is used');
  expect(() => grammar('public <all> = one <all>;')).toThrow('<all> refers to itself');
  expect(() => grammar('<all> = one;')).toThrow('public rule');
});
