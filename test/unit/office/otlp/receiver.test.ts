import { afterAll, expect, test } from 'vitest';
import { callSpans, parentOf } from '../../../../agent/spans.ts';
import { realClock } from '../../../../harness/clock/real.ts';
import { unixZero } from '../../../../harness/clock/wall.ts';
import type { CallEvent } from '../../../../harness/model/record.ts';
import { ms } from '../../../../harness/model/time.ts';
import { openReceiver } from '../../../../harness/office/otlp/receiver.ts';
import { livekitCall, pipecatCall, sendTo, write } from './senders.ts';
import type { Experienced, Sender, Way } from './senders.ts';

const clock = realClock();
const zero = unixZero(clock);
/** Nobody waits that long: tests end the grace period themselves. */
const FOREVER = 600_000;
const receiver = await openReceiver(clock, { host: '127.0.0.1', port: 0 }, FOREVER);
const senders: Sender[] = [];
afterAll(async () => {
  await Promise.all(senders.map((sender) => sender.close()));
  await receiver.close();
});

const sender = (way: Way = ['protobuf', 'none'], service?: string): Sender => {
  const one = sendTo(receiver.url, way, service);
  senders.push(one);
  return one;
};

/** Her turns on our clock: at intervals as irregular as those of a talk. */
const HERS = [
  [1200, 2900],
  [7400, 8150],
  [11_000, 14_700],
  [20_300, 21_900],
] as const;
const said = HERS.map(([onset, end], index): CallEvent => ({
  source: 'caller',
  kind: 'said',
  at: ms(onset),
  line: `line-${index}`,
  topic: 'day',
  text: 'tuesday',
  way: 0,
  mumbled: false,
  onset: ms(onset),
  end: ms(end),
  pauses: [],
  facts: {},
  cut: false,
  desk: false,
}));
/** The same as an agent knows them whose clock is `ahead`. */
const experienced = (ahead: number): Experienced[] =>
  HERS.map(([onset, end]) => ({ onset: onset + zero + ahead, end: end + zero + ahead }));

const TRACE = 'ab'.repeat(16);
const traceparent = `00-${TRACE}-${'cd'.repeat(8)}-01`;

/** What is known of a call when the grace period ends after `meanwhile`. */
async function over(call: string, meanwhile: () => Promise<void>, trace = traceparent): Promise<readonly CallEvent[]> {
  const grace = new AbortController();
  const told = receiver.over(call, { traceparent: trace, events: said, signal: grace.signal });
  await meanwhile();
  grace.abort();
  return told;
}

const stages = (events: readonly CallEvent[], name: string): number[][] =>
  events.flatMap((event) =>
    event.kind === 'claim' && event.claim.what === 'stage' && event.claim.name === name
      ? [[event.claim.startMs, event.claim.endMs]]
      : [],
  );
const summary = (events: readonly CallEvent[]): Extract<CallEvent, { kind: 'spans' }> => {
  const [found] = events.filter((event) => event.kind === 'spans');
  if (!found) throw new Error('no word of the spans');
  return found;
};
/** To two milliseconds: two clocks were read. */
const near = (actual: readonly number[][], wanted: readonly (readonly [number, number])[]): void => {
  expect(actual.length).toBe(wanted.length);
  actual.forEach(([from = NaN, to = NaN], i) => {
    expect(Math.abs(from - (wanted[i]?.[0] ?? NaN))).toBeLessThan(2);
    expect(Math.abs(to - (wanted[i]?.[1] ?? NaN))).toBeLessThan(2);
  });
};

test.each<Way>([
  ['protobuf', 'none'],
  ['protobuf', 'gzip'],
  ['json', 'none'],
  ['json', 'gzip'],
])(
  'stages in %s, %s, of an agent whose clock is 2 s ahead lie where they belong, and the clock is flagged',
  async (...way) => {
    const { tracer, flush } = sender(way);
    receiver.begin('call-1');
    livekitCall(tracer, experienced(2000), way[0] === 'json' ? 'old' : 'new');
    await flush();
    const events = await over('call-1', () => Promise.resolve());
    near(
      stages(events, 'endpointing'),
      HERS.map(([, end]) => [end, end + 240]),
    );
    near(
      stages(events, 'ear'),
      HERS.map(([, end]) => [end, end + 90]),
    );
    near(
      stages(events, 'brain'),
      HERS.map(([, end]) => [end + 240, end + 590]),
    );
    near(
      stages(events, 'voice'),
      HERS.map(([, end]) => [end + 620, end + 740]),
    );
    near(
      stages(events, 'playout'),
      HERS.map(([, end]) => [end + 740, end + 770]),
    );
    expect(summary(events)).toMatchObject({ by: 'livekit', clock: 'skewed', turns: 4 });
    expect(Math.abs((summary(events).offsetMs ?? NaN) - 2000)).toBeLessThan(2);
  },
);

test('a stage that a framework does not tell is not reported, and not 0', async () => {
  const { tracer, flush } = sender(['json', 'gzip']);
  receiver.begin('call-2');
  pipecatCall(tracer, experienced(0).slice(0, 3));
  await flush();
  const events = await over('call-2', () => Promise.resolve());
  expect(stages(events, 'endpointing')).toEqual([]);
  near(
    stages(events, 'brain'),
    HERS.slice(0, 3).map(([, end]) => [end + 210, end + 560]),
  );
  near(
    stages(events, 'voice'),
    HERS.slice(0, 3).map(([, end]) => [end + 570, end + 690]),
  );
  expect(summary(events)).toMatchObject({
    by: 'pipecat',
    clock: 'ours',
    turns: 4,
    reported: { endpointing: 0, ear: 3, brain: 3, voice: 3 },
  });
});

test('spans by the general conventions alone are taken, on a clock of which nothing is known', async () => {
  const { tracer, flush } = sender();
  receiver.begin('call-3');
  const [turn] = experienced(0);
  if (!turn) throw new Error('no turn');
  const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.response.time_to_first_chunk': 0.4 };
  write(tracer, 'chat gpt', turn.end + 300, turn.end + 1300, chat);
  await flush();
  const events = await over('call-3', () => Promise.resolve());
  near(stages(events, 'brain'), [[3200, 3600]]);
  expect(summary(events)).toMatchObject({ by: 'gen_ai', clock: 'unknown', reported: { endpointing: 0, brain: 1 } });
});

test('our own agent is understood, goes on from the call it was sent, and keeps its words', async () => {
  const { tracer, flush } = sender();
  const at = (on: number): [number, number] => [Math.floor((on + zero) / 1000), ((on + zero) % 1000) * 1e6];
  const maker = { tracer, at, engines: { brain: { 'gen_ai.request.model': 'small' } }, flush: () => undefined };
  const spans = callSpans(maker, { id: 'call-4', traceparent: traceparent.replaceAll('ab', 'a4') });
  for (const [, end] of HERS) {
    spans.stage('endpointing', ms(end + 3), ms(end + 220));
    spans.transcript('tuesday', ms(end), ms(end + 220));
    spans.stage('first-token', ms(end + 220), ms(end + 500));
    spans.stage('brain', ms(end + 220), ms(end + 570));
  }
  spans.end();
  receiver.begin('call-4');
  receiver.begin('call-other');
  await flush();
  const events = await over('call-4', () => Promise.resolve(), traceparent.replaceAll('ab', 'a4'));
  await over('call-other', () => Promise.resolve(), traceparent.replaceAll('ab', 'a5'));
  near(
    stages(events, 'brain'),
    HERS.map(([, end]) => [end + 220, end + 570]),
  );
  near(
    stages(events, 'first-token'),
    HERS.map(([, end]) => [end + 220, end + 500]),
  );
  const heard = events.filter((event) => event.kind === 'claim').filter(({ claim }) => claim.what === 'transcript');
  expect(heard.map(({ claim }) => claim.text)).toEqual(HERS.map(() => 'tuesday'));
  expect(summary(events)).toMatchObject({ by: 'hangup', clock: 'ours' });
});

test('what comes within the grace period counts, what comes after it does not, and is said', async () => {
  const { tracer, flush } = sender();
  const names = { 'hangup.claim': 'stage', 'call.id': 'call-5' };
  receiver.begin('call-5');
  receiver.begin('call-6');
  const before = receiver.tally();
  const root = write(tracer, 'endpointing', zero + 2900, zero + 3100, names);
  const events = await over('call-5', flush);
  near(stages(events, 'endpointing'), [[2900, 3100]]);
  write(tracer, 'brain', zero + 3100, zero + 3500, names, root);
  await flush();
  expect(receiver.tally().late - before.late).toBe(1);
  expect(await over('call-6', () => Promise.resolve(), traceparent.replaceAll('ab', 'a6'))).toEqual([]);
});

test('a call that is placed once more goes by the same trace, and is told of again', async () => {
  const { tracer, flush } = sender();
  const again = async (at: number): Promise<readonly CallEvent[]> => {
    receiver.begin('call-9');
    const names = { 'hangup.claim': 'stage', 'hangup.call': 'call-9' };
    write(tracer, 'brain', zero + at, zero + at + 350, names, parentOf(traceparent.replaceAll('ab', 'a9')));
    await flush();
    return over('call-9', () => Promise.resolve(), traceparent.replaceAll('ab', 'a9'));
  };
  near(stages(await again(3000), 'brain'), [[3000, 3350]]);
  near(stages(await again(8200), 'brain'), [[8200, 8550]]);
});

test('with two calls at once, spans that name neither are given to none of them', async () => {
  const { tracer, flush } = sender();
  receiver.begin('call-7');
  receiver.begin('call-8');
  livekitCall(tracer, experienced(0), 'new');
  await flush();
  expect(await over('call-7', () => Promise.resolve(), traceparent.replaceAll('ab', 'a7'))).toEqual([]);
  expect(await over('call-8', () => Promise.resolve(), traceparent.replaceAll('ab', 'a8'))).toEqual([]);
  expect(receiver.tally().strange).toBeGreaterThan(0);
});

test.each([
  { what: 'not JSON', type: 'application/json', body: '{', says: /not JSON/ },
  { what: 'other JSON', type: 'application/json', body: '{"resourceSpans":[{"scopeSpans":3}]}', says: /no OTLP trace/ },
  { what: 'no protobuf', type: 'application/x-protobuf', body: '\xff\xff\xff', says: /no protobuf/ },
  { what: 'another type', type: 'text/plain', body: 'hello', status: 415, says: /OTLP is application/ },
  { what: 'no gzip', type: 'application/json', body: '{}', encoding: 'gzip', says: /no gzip/ },
  { what: 'another packing', type: 'application/json', body: '{}', encoding: 'br', status: 415, says: /only gzip/ },
])('$what is refused with a sentence', async ({ type, body, encoding = 'identity', status = 400, says }) => {
  const headers = { 'content-type': type, 'content-encoding': encoding };
  const response = await fetch(`${receiver.url}/v1/traces`, { method: 'POST', headers, body });
  expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(says) as string]);
});

test('logs and metrics are taken in the type they came in, and a body without end is not', async () => {
  const post = (path: string, body: BodyInit): Promise<Response> =>
    fetch(receiver.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  for (const path of ['/v1/logs', '/v1/metrics']) {
    const response = await post(path, '{"anything":1}');
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json',
      '{}',
    ]);
  }
  const most = await post('/v1/traces', ' '.repeat(5 * 1024 * 1024)).catch(() => undefined);
  // Who is refused in mid-sentence may find the line cut.
  if (most) expect(most.status).toBe(413);
  expect((await post('/v1/spans', '{}')).status).toBe(404);
});
