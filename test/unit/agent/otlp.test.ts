import { afterAll, expect, test } from 'vitest';
import { openTracing } from '../../../agent/otlp.ts';
import { realClock } from '../../../harness/clock/real.ts';
import { unixZero } from '../../../harness/clock/wall.ts';
import { UsageError } from '../../../harness/model/errors.ts';
import { ms } from '../../../harness/model/time.ts';
import { serveOtlp } from '../../../harness/office/otlp/server.ts';
import type { OtlpSpan } from '../../../harness/office/otlp/span.ts';

const clock = realClock();
const zero = unixZero(clock);
const came: OtlpSpan[] = [];
const server = await serveOtlp({ host: '127.0.0.1', port: 0 }, (spans) => void came.push(...spans));
afterAll(() => server.close());

const TRACE = '0123456789abcdef'.repeat(2);
const traceparent = `00-${TRACE}-${'cd'.repeat(8)}-01`;

/** What a collector gets of a call with one reply. */
async function sent(url: string | undefined, env: Record<string, string>, brain: string): Promise<readonly OtlpSpan[]> {
  came.length = 0;
  const tracing = openTracing({ clock, url, env, makeup: { brain }, trouble: (sentence) => expect.fail(sentence) });
  const spans = tracing?.call({ id: 'call-1', traceparent });
  spans?.stage('endpointing', ms(1000), ms(1200));
  spans?.stage('first-token', ms(1200), ms(1500));
  spans?.stage('brain', ms(1200), ms(1550));
  spans?.said('hello', ms(1600), ms(2500));
  spans?.end();
  await tracing?.close();
  return came.toSorted((a, b) => a.startMs - b.startMs || b.endMs - a.endMs);
}

test.each([
  ['an address', server.url, {}],
  [
    'the variables of the standard, as JSON',
    undefined,
    { OTEL_EXPORTER_OTLP_ENDPOINT: server.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
  ],
] as const)(
  'a turn and its stages go to %s, below the call they belong to, at their own times',
  async (_what, url, env) => {
    const before = { ...process.env };
    Object.assign(process.env, env);
    const spans = await sent(url, env, 'openai:gpt-small@http://127.0.0.1:1/v1').finally(() => (process.env = before));
    const [turn, ...stages] = spans;
    expect(turn).toMatchObject({
      name: 'turn',
      traceId: TRACE,
      parentId: 'cd'.repeat(8),
      attributes: { 'hangup.call': 'call-1' },
    });
    expect(stages.map(({ name }) => name)).toEqual(['endpointing', 'brain', 'first-token', 'said']);
    expect(stages.every(({ parentId, traceId }) => parentId === turn?.spanId && traceId === TRACE)).toBe(true);
    const brain = stages.find(({ name }) => name === 'brain');
    expect(brain?.attributes).toMatchObject({
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-small',
      'gen_ai.response.time_to_first_chunk': 0.3,
    });
    expect(Math.abs((brain?.startMs ?? NaN) - zero - 1200)).toBeLessThan(2);
    expect((turn?.endMs ?? NaN) - (turn?.startMs ?? NaN)).toBeCloseTo(1500, 1);
    expect(turn?.resource['service.name']).toBe('hangup-agent');
  },
);

test('without an address nothing is sent; an address or a protocol nobody speaks is one sentence', () => {
  const ask = { clock, trouble: () => undefined };
  expect(openTracing({ ...ask, env: {} })).toBeUndefined();
  expect(() => openTracing({ ...ask, env: {}, url: 'collector' })).toThrow(UsageError);
  const env = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
  expect(() => openTracing({ ...ask, env, url: server.url })).toThrow(
    /"grpc"; spans go out as http\/protobuf or http\/json/,
  );
});

test('where nobody takes the spans it is told once, and no call is held up', async () => {
  const told: string[] = [];
  const gone = await serveOtlp({ host: '127.0.0.1', port: 0 }, () => undefined);
  await gone.close();
  const tracing = openTracing({ clock, url: gone.url, env: {}, trouble: (sentence) => void told.push(sentence) });
  for (const id of ['a', 'b']) {
    const spans = tracing?.call({ id });
    spans?.stage('brain', ms(0), ms(10));
    spans?.end();
  }
  await tracing?.close();
  expect(told).toEqual([`nobody takes the spans at ${gone.url}; calls go on without them`]);
});
