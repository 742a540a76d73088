import { describe, expect, it } from 'vitest';
import { toldIn, userMessage } from '../../../../agent/chat/notes.ts';
import type { Told } from '../../../../agent/chat/notes.ts';
import { deedOf, resultOf, resultText, tools, useFor } from '../../../../agent/chat/tools.ts';
import type { Deed, ToolResult } from '../../../../agent/chat/tools.ts';

const deeds: readonly Deed[] = [
  { kind: 'office', request: { kind: 'free', day: 'tuesday' } },
  { kind: 'office', request: { kind: 'commit', action: 'book', values: { day: 'tuesday', time: '15:00' } } },
  { kind: 'office', request: { kind: 'commit', action: 'confirm', values: {} } },
  { kind: 'hand-over', to: { desk: 'billing', reason: 'a question about a bill' }, with: { facts: {} } },
  {
    kind: 'hand-over',
    to: { desk: 'nurse', reason: 'bleeds' },
    with: { facts: { name: 'maya lopez' }, intent: 'book', sentiment: 'upset', urgency: 'urgent' },
  },
  { kind: 'hang-up' },
];

const results: readonly ToolResult[] = [
  { kind: 'free', times: ['09:30', '11:00'] },
  { kind: 'done', id: 'c#1' },
  { kind: 'refused', why: 'there is no appointment on tuesday at 15:00' },
  { kind: 'desk-failed', desk: 'billing' },
  { kind: 'pending' },
  { kind: 'hanging-up' },
  { kind: 'wrong', why: 'office_free needs a "day"' },
];

const happenings: readonly Told['what'][] = [
  { kind: 'answered' },
  { kind: 'heard', text: 'tuesday would suit me' },
  { kind: 'heard', text: '' },
  { kind: 'heard', text: 'three', mostly: 'unknown' },
  { kind: 'heard', text: '', mostly: 'unknown', began: 'before-our-end' },
  { kind: 'heard', text: 'no wait', began: 'before-our-end' },
  { kind: 'silence' },
  { kind: 'sound' },
  { kind: 'key', key: '5' },
  { kind: 'key', key: '#' },
  { kind: 'office-slow' },
  ...results.map((result) => ({ kind: 'answers', tool: 'office_commit', result }) as const),
];

describe('the contract of a chat model', () => {
  it('loses nothing of a deed on its way into a tool call and back', () => {
    for (const deed of deeds) expect(deedOf(useFor(deed))).toEqual(deed);
  });

  it('loses nothing of a result', () => {
    for (const result of results) expect(resultOf(resultText(result))).toEqual(result);
  });

  it('loses nothing of what happened, whether or not she cut in with it', () => {
    for (const what of happenings) {
      for (const cutIn of [false, true]) expect(toldIn(userMessage({ cutIn, what }))).toEqual({ cutIn, what });
    }
  });

  it('takes no words of hers for a note', () => {
    const words = userMessage({ cutIn: false, what: { kind: 'heard', text: '[silence] [key 5]' } });
    expect(toldIn(words)).toEqual({ cutIn: false, what: { kind: 'heard', text: 'silence key 5' } });
  });

  it('tells a model in one sentence what is wrong with its use of a tool, and throws at nothing', () => {
    const wrong = (name: string, given: string): string => {
      const read = deedOf({ name, arguments: given });
      return typeof read === 'string' ? read : '';
    };
    expect(wrong('office_free', '{}')).toMatch(/"day"/);
    expect(wrong('office_commit', '{"action":"sell","values":{}}')).toMatch(/one of book, move/);
    expect(wrong('office_commit', '{"action":"book"}')).toMatch(/"values"/);
    expect(wrong('hand_over', '{"reason":"x"}')).toMatch(/"desk"/);
    expect(wrong('hand_over', '{"desk": "bil')).toMatch(/JSON object/);
    expect(wrong('dance', '{}')).toMatch(/no tool dance/);
    expect(deedOf({ name: 'hang_up', arguments: '' })).toEqual({ kind: 'hang-up' });
  });

  it('takes a number for a text, and leaves out what holds nothing', () => {
    const use = {
      name: 'office_commit',
      arguments: '{"action":"book","values":{"phone":5550142,"day":"","time":null}}',
    };
    const request = { kind: 'commit', action: 'book', values: { phone: '5550142' } };
    expect(deedOf(use)).toEqual({ kind: 'office', request });
  });

  it('reads nothing into a result that is none', () => {
    for (const text of ['', 'done', '{"kind":"done"}', '{"kind":"free","times":[1]}', '[]'])
      expect(resultOf(text)).toBeUndefined();
  });

  it('describes every tool with a schema of its own that allows nothing else', () => {
    for (const { parameters } of tools) {
      expect(parameters).toMatchObject({ type: 'object', additionalProperties: false });
      expect(Object.keys(parameters['properties'] as object)).toEqual(
        expect.arrayContaining(parameters['required'] as string[]),
      );
    }
  });
});
