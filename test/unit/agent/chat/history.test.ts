import { describe, expect, it } from 'vitest';
import { messagesOf, resulted, saidBy, shortened, told } from '../../../../agent/chat/history.ts';
import type { History } from '../../../../agent/chat/history.ts';
import { useFor } from '../../../../agent/chat/tools.ts';

const heard = (history: History, text: string): History =>
  told(history, { cutIn: false, what: { kind: 'heard', text } });
const book = useFor({
  kind: 'office',
  request: { kind: 'commit', action: 'book', values: { day: 'tuesday' } },
});
const shown = (history: History): readonly string[] =>
  messagesOf(history).map((message) => `${message.role}: ${message.text}`);

describe('a call as a chat', () => {
  it('keeps only what was heard of a reply, in the words in which it was written', () => {
    const said = saidBy(heard([], 'a cleaning'), 1, 'Sure, which day would you like?', []);
    expect(shown(shortened(said, 1, 'sure which day'))).toEqual(['user: a cleaning', 'assistant: Sure, which day']);
  });

  it('forgets a reply of which nothing was heard', () => {
    const said = saidBy(heard([], 'a cleaning'), 1, 'Sure, which day?', []);
    expect(shown(shortened(said, 1, ''))).toEqual(['user: a cleaning']);
  });

  it('does not forget what was done because its words were not heard', () => {
    const said = saidBy(heard([], 'yes'), 1, 'I am booking that.', [{ id: 'a', use: book }]);
    const [, assistant] = messagesOf(shortened(said, 1, ''));
    expect(assistant).toEqual({ role: 'assistant', text: '', uses: [{ id: 'a', use: book }] });
  });

  it('shows every use of a tool with a result at once, as some APIs demand', () => {
    const asked = saidBy(heard([], 'yes'), 1, '', [{ id: 'a', use: book }]);
    expect(shown(asked).at(-1)).toBe('tool: {"kind":"pending"}');
    expect(shown(resulted(asked, 'a', 'office_commit', { kind: 'done', id: 'x' })).at(-1)).toBe(
      'tool: {"kind":"done","id":"x"}',
    );
  });

  it('does not change the past: a result that comes after more was said is told in a note', () => {
    const asked = saidBy(heard([], 'yes'), 1, '', [{ id: 'a', use: book }]);
    const on = heard(asked, 'hello?');
    expect(shown(resulted(on, 'a', 'office_commit', { kind: 'done', id: 'x' }))).toEqual([
      ...shown(on),
      'user: [office_commit answers: {"kind":"done","id":"x"}]',
    ]);
  });
});
