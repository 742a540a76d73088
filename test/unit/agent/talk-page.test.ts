import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { talkPage } from '../../../agent/page.ts';
import { halves, written } from '../../../agent/page/transcript.mjs';
import { nothingHeard, taken } from '../../../agent/page/turns.mjs';

type Entries = ReturnType<typeof written>;

const STEP = 0.01;

/** What is measured when both sides sound at these times, s; `room` is the noise at the microphone, dBFS. */
function measured(
  caller: readonly (readonly [number, number])[],
  agent: readonly (readonly [number, number])[],
  room = -70,
): number | undefined {
  const within = (at: number, parts: readonly (readonly [number, number])[]): boolean =>
    parts.some(([from, to]) => at > from + 1e-9 && at <= to + 1e-9);
  let heard = nothingHeard;
  for (let step = 1; step <= 1_000; step++) {
    const at = step * STEP;
    const callerDb = within(at, caller) ? -25 : room;
    heard = taken(heard, { at, length: STEP, callerDb, agentDb: within(at, agent) ? -26 : -65 });
  }
  return heard.replyAfter;
}

test('a reply is measured from her last sound to its first, in a silent room and in a loud one', () => {
  for (const room of [-100, -70, -45]) expect(measured([[3, 4]], [[4.35, 6]], room)).toBeCloseTo(0.35, 5);
});

test('a greeting, a cough and an agent that cuts in are no reply', () => {
  expect(measured([], [[0.5, 3]])).toBeUndefined();
  expect(measured([[3, 3.1]], [[4, 5]])).toBeUndefined();
  expect(measured([[3, 5]], [[4, 6]])).toBeUndefined();
});

test('pauses inside of what the agent says are no replies, and those inside of her turn do not end it', () => {
  const agent = [
    [4.5, 5],
    [5.3, 6],
  ] as const;
  expect(measured([[3, 4]], agent)).toBeCloseTo(0.5, 5);
  const caller = [
    [3, 3.4],
    [4, 4.4],
  ] as const;
  expect(measured(caller, [[4.7, 6]])).toBeCloseTo(0.3, 5);
});

const told = (...messages: readonly Parameters<typeof written>[1][]): Entries =>
  messages.reduce<Entries>((entries, message) => written(entries, message), []);

test('a sentence is one entry however many pieces it comes in, and the next one another', () => {
  const piece = (text: string) => ({ type: 'bot-llm-text', data: { text } });
  const entries = told(
    piece('One.'),
    piece('Two.'),
    { type: 'bot-output', data: { text: 'One. Two.' } },
    piece('Three.'),
  );
  expect(entries).toEqual([
    { who: 'agent', meant: 'One. Two.', heard: 'One. Two.' },
    { who: 'agent', meant: 'Three.' },
  ]);
});

test('what was said before the end of a sentence is known stands before it, and the sentence is still ended', () => {
  const entries = told(
    { type: 'bot-llm-text', data: { text: 'One two three.' } },
    { type: 'bot-interrupted' },
    { type: 'user-transcription', data: { text: 'wait', final: true } },
    { type: 'bot-output', data: { text: 'one' } },
  );
  expect(entries[0]).toEqual({ who: 'agent', meant: 'One two three.', heard: 'one', interrupted: true });
  expect(entries[1]).toEqual({ who: 'caller', text: 'wait' });
});

test('messages nobody shows leave the very same transcript', () => {
  const entries = told({ type: 'bot-llm-text', data: { text: 'One.' } });
  for (const type of ['metrics', 'bot-ready', 'of-a-later-version']) expect(written(entries, { type })).toBe(entries);
});

test('a sentence is cut where it was heard to, in its own spelling', () => {
  expect(halves('We are open, Monday to Friday.', 'we are open')).toEqual(['We are open,', 'Monday to Friday.']);
  expect(halves('Hello.', '')).toEqual(['', 'Hello.']);
  expect(halves('Dr. Lee.', 'doctor lee and more')).toEqual(['Dr. Lee.', '']);
});

test('every file of the page is served with its type, and nothing else is', async () => {
  const files = readdirSync(new URL('../../../agent/page', import.meta.url));
  expect(files).toContain('index.html');
  for (const file of files) expect((await talkPage(`/${file}`))?.type, file).toMatch(/^(text|image)\//);
  expect((await talkPage('/'))?.type).toBe('text/html; charset=utf-8');
  for (const path of ['/../page.ts', '/%2e%2e/page.ts', '/nothing.html', '/page.ts', '/a/index.html', ''])
    expect(await talkPage(path), path).toBeUndefined();
});
