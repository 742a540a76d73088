import { afterAll, beforeAll, expect, test } from 'vitest';
import { realClock } from '../../../harness/clock/real.ts';
import { openHooks } from '../../../harness/hooks/hooks.ts';
import type { OpenHooks } from '../../../harness/hooks/hooks.ts';
import { signatureOf, verifyHook } from '../../../harness/hooks/signature.ts';
import { CallFault, UsageError } from '../../../harness/model/errors.ts';
import type { EndedCall, Hooks } from '../../../harness/model/hooks.ts';
import { receiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';

const SECRET = 'a secret of the test';
const env = { HANGUP_HOOK_SECRET: SECRET };
const clock = realClock();
const CALL: EndedCall = {
  run: 'mine-20261124-120000',
  call: 'plain-paula-book-1',
  persona: 'plain-paula',
  scenario: 'book',
  target: 'sip:agent@10.0.0.5',
  startedAt: '2026-11-24T12:00:00.000Z',
  endedAt: '2026-11-24T12:01:00.000Z',
};
const { startedAt: _startedAt, endedAt: _endedAt, ...BEGUN } = CALL;
const BOOKED = { committed: { action: 'book', values: { day: 'tuesday', guests: 2 } } };

/** What the receiver does next, by the request's query. */
let server: Receiver;
let verified: boolean[] = [];
let bodies: unknown[] = [];
beforeAll(async () => {
  server = await receiver((request, body, response) => {
    verified.push(verifyHook({ headers: request.headers, body }, SECRET));
    bodies.push(JSON.parse(body));
    const how = new URL(request.url ?? '', 'http://x').searchParams.get('how') ?? '';
    switch (how) {
      case 'hang':
        return;
      case '500':
        return void response.writeHead(500).end('{"committed": null}');
      case 'redirect':
        return void response.writeHead(302, { location: `${server.url}?how=booked` }).end();
      case 'strict':
        return void response.writeHead(verified.at(-1) ? 200 : 401).end(JSON.stringify(BOOKED));
      case 'html':
        return void response.writeHead(200).end('<html>hello</html>');
      case 'wrong':
        return void response
          .writeHead(200)
          .end('{"committed": {"action": "book", "values": {"day": {"is": "tuesday"}}}}');
      case 'wordy':
        return void response.writeHead(200).end('{"committed": null, "comitted": 1}');
      case 'broken':
        return void response.writeHead(200, { 'content-length': 100 }).write('{', () => response.destroy());
      case 'nothing':
        return void response.writeHead(204).end();
      case 'elsewhere':
        return void response.writeHead(200).end('{"address": "sip:two@10.0.0.5"}');
      default:
        return void response.writeHead(200).end(JSON.stringify(BOOKED));
    }
  });
});
afterAll(() => server.close());

const open = (hooks: Hooks, limitMs = 2000): OpenHooks => openHooks(hooks, clock, env, limitMs);
const checkAt = (how: string, limitMs?: number) => open({ check: `${server.url}?how=${how}` }, limitMs).check(CALL);

async function sentence(asked: Promise<unknown>): Promise<string> {
  const error = await asked.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  expect(error).toBeInstanceOf(CallFault);
  expect((error as CallFault).reason).toBe('hook-failed');
  return (error as CallFault).message;
}

test('a receiver that knows the secret sees who asks, and is not told what is expected', async () => {
  verified = [];
  bodies = [];
  expect(await checkAt('booked')).toEqual(BOOKED);
  expect(verified).toEqual([true]);
  expect(bodies).toEqual([CALL]);
});

test('a receiver with another secret says so, and the caller is told where to look', async () => {
  expect(await checkAt('strict')).toEqual(BOOKED);
  const other = openHooks({ check: `${server.url}?how=strict` }, clock, { HANGUP_HOOK_SECRET: 'another' });
  expect(await sentence(other.check(CALL))).toBe(
    `the check hook ${server.url} answered 401; is its HANGUP_HOOK_SECRET the same as here?`,
  );
});

test.each([
  ['one that hangs', 'hang', 'did not answer within 0.3 s'],
  ['an error', '500', 'answered 500'],
  ['a redirect', 'redirect', 'answered 302, a redirect; name the address it leads to'],
  ['a page', 'html', 'gave an answer that is not JSON'],
  ['an answer that breaks off', 'broken', 'broke off its answer'],
  ['an empty answer', 'nothing', 'gave an answer of the wrong shape'],
  ['a value that is no text', 'wrong', 'it must answer { committed: { action:'],
  ['a field that is misspelt', 'wordy', 'comitted'],
])('%s is one clear sentence', async (_, how, says) => {
  const text = await sentence(checkAt(how, 300));
  expect(text).toContain(`the check hook ${server.url} `);
  expect(text).toContain(says);
  expect(text.split('\n')).toHaveLength(1);
});

test('nobody there is one clear sentence', async () => {
  const gone = await receiver(() => undefined);
  await gone.close();
  expect(await sentence(open({ check: gone.url }).check(CALL))).toBe(
    `the check hook ${gone.url} could not be reached: ECONNREFUSED`,
  );
});

test('a before hook may answer nothing, or where to call', async () => {
  expect(await open({ before: `${server.url}?how=nothing` }).before(BEGUN)).toEqual({});
  expect(await open({ before: `${server.url}?how=elsewhere` }).before(BEGUN)).toEqual({ address: 'sip:two@10.0.0.5' });
  expect(await open({ before: () => undefined }).before(BEGUN)).toEqual({});
  expect(await open({}).before(BEGUN)).toEqual({});
  expect(await sentence(open({ before: `${server.url}?how=booked` }).before(BEGUN))).toContain('the before hook');
});

test('a function is asked like an address', async () => {
  expect(await open({ check: () => ({ committed: null }) }).check(CALL)).toEqual({ committed: null });
  expect(await open({}).check(CALL)).toBeUndefined();
  const failing = open({ check: () => Promise.reject(new Error('the database is down')) });
  expect(await sentence(failing.check(CALL))).toBe('the check hook failed: the database is down');
  const hanging = open({ check: () => new Promise(() => undefined) }, 100);
  expect(await sentence(hanging.check(CALL))).toBe('the check hook did not answer within 0.1 s');
  const silent = open({ check: (() => undefined) as unknown as () => { committed: null } });
  expect(await sentence(silent.check(CALL))).toContain('gave an answer of the wrong shape');
});

test('an address without a secret, or what is no address, is refused before anybody is called', () => {
  const refused = (hooks: Hooks, has = env): string => {
    try {
      openHooks(hooks, clock, has);
    } catch (error) {
      if (error instanceof UsageError) return error.message;
    }
    return 'taken';
  };
  expect(refused({ check: server.url }, {} as typeof env)).toContain('set HANGUP_HOOK_SECRET here');
  expect(refused({ check: 'ftp://host/x' })).toBe(
    "the suite's check hook must be a function or an http:// or https:// address",
  );
  expect(refused({ before: 'reset' })).toContain("the suite's before hook must be");
  expect(refused({ before: 7 as unknown as string })).toContain("the suite's before hook must be");
  expect(refused({ before: 'https://user:pass@host/x?token=1', check: () => ({ committed: null }) })).toBe('taken');
});

test('a signature is of these bytes, at this time, with this secret', () => {
  const [at, body] = ['1800000000', '{"call":"a"}'];
  const signed = (headers: Record<string, string>, text = body, now = 1_800_000_010): boolean =>
    verifyHook({ headers, body: text }, SECRET, now);
  const good = { 'x-hangup-timestamp': at, 'x-hangup-signature': signatureOf(SECRET, at, body) };
  expect(signed(good)).toBe(true);
  expect(signed(good, '{"call":"b"}')).toBe(false);
  expect(signed(good, body, 1_800_000_400)).toBe(false);
  expect(signed({ ...good, 'x-hangup-timestamp': '1800000001' })).toBe(false);
  expect(signed({ ...good, 'x-hangup-signature': signatureOf('other', at, body) })).toBe(false);
  expect(signed({ ...good, 'x-hangup-signature': 'sha256=' })).toBe(false);
  expect(signed({})).toBe(false);
  // openssl: printf '1800000000.{"call":"a"}' | openssl dgst -sha256 -hmac 'a secret of the test'
  expect(good['x-hangup-signature']).toBe('sha256=23ae295e0319609b66ac60734e444af528bdb9a0605362a60bbdeca384a98b47');
});
