import { expect, test } from 'vitest';
import { mustReadAddress } from '../../../harness/lines/browser/address.ts';
import { PageClock } from '../../../harness/lines/browser/page-clock.ts';
import { CALL_WORDS, END_WORDS, recipeIn } from '../../../harness/lines/browser/recipe.ts';

test('a recipe behind the address says what to do on the page, in its order', () => {
  const url = new URL('http://127.0.0.1/#hangup:fill=Your%20name=Ann;click=Call%20us;wait=500');
  expect(recipeIn(url)).toEqual([{ fill: 'Your name', with: 'Ann' }, { click: 'Call us' }, { waitMs: 500 }]);
  expect(recipeIn(new URL('http://127.0.0.1/#top'))).toEqual([]);
});

test('a step that means nothing is refused in one sentence', () => {
  expect(() => recipeIn(new URL('http://127.0.0.1/#hangup:press=Call'))).toThrow(
    '"press=Call" is no step on a page; write click=NAME, fill=NAME=TEXT or wait=MILLISECONDS',
  );
});

test('the button that calls and the one that ends are told apart', () => {
  for (const name of ['Call', 'Start call', 'Talk to us']) expect(CALL_WORDS.test(name), name).toBe(true);
  for (const name of ['Hang up', 'End call', 'Leave']) expect(END_WORDS.test(name), name).toBe(true);
  for (const name of ['Recall', 'Send', 'Calendar help']) expect(END_WORDS.test(name), name).toBe(false);
});

test('an address that no browser can open says how it is written', () => {
  expect(mustReadAddress('browser+https://a.example/talk')).toMatchObject({ kind: 'page' });
  expect(mustReadAddress('webrtc+whip:http://127.0.0.1:1/whip')).toMatchObject({ kind: 'whip' });
  expect(() => mustReadAddress('browser:talk')).toThrow(
    '"browser:talk" is no address for a browser; write browser+https',
  );
});

test("the quickest exchange says how the page's clock lies to ours, and by how much it may be wrong", () => {
  const clock = new PageClock();
  expect(clock.at(0)).toBeUndefined();
  clock.note({ askedAt: 0, answeredAt: 0, lineAt: 0 });
  expect(clock.at(0)).toBeUndefined();
  clock.note({ askedAt: 100, answeredAt: 180, lineAt: 1_170 });
  clock.note({ askedAt: 200, answeredAt: 204, lineAt: 1_202 });
  clock.note({ askedAt: 300, answeredAt: 390, lineAt: 1_380 });
  expect(clock.at(250)).toBe(1_250);
  expect(clock.uncertainty).toBe(2);
});
