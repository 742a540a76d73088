import { afterAll, expect, test } from 'vitest';
import { realClock } from '../../../harness/clock/real.ts';
import { serveOffice } from '../../../harness/office/http.ts';
import { openOffice } from '../../../harness/office/office.ts';

const office = openOffice(realClock());
const server = await serveOffice(office);
afterAll(() => server.close());

async function post(
  body: string,
  headers: Record<string, string> = { 'x-hangup-call': 'a' },
): Promise<[number, unknown]> {
  const response = await fetch(server.url, { method: 'POST', body, headers });
  return [response.status, await response.json()];
}

test('what one call commits is not seen in another', async () => {
  const commit = { kind: 'commit', action: 'book', values: { day: 'tuesday', time: '15:00' } };
  const [status, reply] = await post(JSON.stringify(commit), { 'x-hangup-call': 'one' });
  expect(status).toBe(200);
  expect(reply).toEqual({ kind: 'done', id: 'one#1' });
  expect(office.events('one')).toMatchObject([{ kind: 'commit', action: 'book', values: commit.values }]);
  expect(office.events('two')).toEqual([]);
});

test('a taken time is refused, with the reason', async () => {
  const commit = { kind: 'commit', action: 'move', values: { day: 'tuesday', time: '09:00' } };
  const [status, reply] = await post(JSON.stringify(commit), { 'x-hangup-call': 'taken' });
  expect([status, reply]).toEqual([200, { kind: 'refused', why: 'there is no appointment on tuesday at 09:00' }]);
  expect(office.events('taken')).toEqual([]);
});

test.each([
  ['not json', '{', 400, /not JSON/],
  ['a list', '[]', 400, /JSON object/],
  ['an unknown kind', '{"kind":"dance"}', 400, /must be free, commit/],
  ['a commit without an action', '{"kind":"commit","values":{}}', 400, /action/],
  ['values that are no texts', '{"kind":"commit","action":"book","values":{"day":3}}', 400, /values/],
  ['a packet without facts', '{"kind":"handoff","packet":{"desk":"billing"}}', 400, /facts/],
  ['a claim without times', '{"kind":"claim","claim":{"what":"said","name":"x"}}', 400, /startMs/],
  ['a body that is too long', `{"kind":"${'x'.repeat(70_000)}"}`, 413, /longer/],
])('%s is refused with one clear sentence', async (_, body, status, why) => {
  const [got, reply] = await post(body);
  expect(got).toBe(status);
  expect(reply).toMatchObject({ kind: 'refused', why: expect.stringMatching(why) });
});

test('a request without the call it belongs to is refused', async () => {
  const [status, reply] = await post('{"kind":"desks"}', {});
  expect([status, reply]).toEqual([400, { kind: 'refused', why: 'the header X-Hangup-Call must name the call' }]);
});

test('a door that somebody else holds is one clear sentence', async () => {
  const port = Number(new URL(server.url).port);
  await expect(serveOffice(office, { host: '127.0.0.1', port })).rejects.toThrow(
    `the office cannot listen at 127.0.0.1:${port} (EADDRINUSE); name another address, or port 0`,
  );
});
