import { afterAll, beforeAll, expect, test } from 'vitest';
import { realClock } from '../../harness/clock/real.ts';
import browserlike from '../../harness/lines/webrtc-browserlike.ts';
import type { CallContext, IncomingCall, Line, Listening, Transport } from '../../harness/model/line.ts';
import { after, ms } from '../../harness/model/time.ts';
import { heardAt, RATE, tone } from './tone.ts';

const clock = realClock();
let transport: Transport;
let place: Listening;
let rings: (call: IncomingCall) => void;

beforeAll(async () => {
  transport = await browserlike.open(clock);
  place = await transport.listen('webrtc+whip:http://127.0.0.1:0/agent', (call) => rings(call));
}, 60_000);

afterAll(async () => {
  await place.close();
  await transport.close();
});

const context = (seed: number): CallContext => ({
  clock,
  signal: new AbortController().signal,
  phone: { codec: 'opus', band: 'wide', loss: 0 },
  seed,
  headers: { 'X-Hangup-Call': 'call-7' },
});
const pass = (duration: number): Promise<void> => clock.sleepUntil(after(clock.now(), duration));

test('node-webrtc carries a call both ways, through the change of its sink from 16 to 48 kHz, and ends it cleanly', async () => {
  const answered = Promise.withResolvers<{ far: Line; call: IncomingCall }>();
  rings = (call) => void call.accept(context(8)).then((far) => answered.resolve({ far, call }));
  const near = await transport.dial({ address: place.address.replace('webrtc+', 'webrtc-browserlike+') }, context(7));
  const { far, call } = await answered.promise;
  expect(call.headers['x-hangup-call']).toBe('call-7');
  await pass(500);
  const startAt = after(clock.now(), 300);
  const playing = near.play([tone(3_000)], startAt);
  await pass(700);
  const cutAt = clock.now();
  await playing.cut();
  const answeredAt = after(clock.now(), 300);
  await far.play([tone(400)], answeredAt).done;
  await pass(500);
  await near.hangUp();
  expect(await near.ended).toMatchObject({ by: 'us', reason: 'hung-up' });
  expect(await far.ended).toMatchObject({ by: 'them' });
  const [there, here] = [heardAt(far.leg()), heardAt(near.leg())];
  const { startedAt = ms(0) } = await playing.done;
  expect(near.format).toMatchObject({ timing: 'approximate', rate: RATE });
  expect(Math.abs(startedAt - startAt)).toBeLessThan(25);
  expect(there.from).toBeGreaterThan(startAt - 15);
  expect(here.from).toBeGreaterThan(answeredAt - 15);
  expect(there.to - cutAt).toBeLessThan(1_000);
  process.stderr.write(
    `browser-like line: out +${(there.from - startAt).toFixed(0)} ms, back +${(here.from - answeredAt).toFixed(0)} ms, ` +
      `cut after ${(there.to - cutAt).toFixed(0)} ms\n`,
  );
}, 30_000);

test('nobody at the address is one sentence', async () => {
  const dialled = transport.dial({ address: 'webrtc-browserlike+whip:http://127.0.0.1:9/whip' }, context(7));
  await expect(dialled).rejects.toThrow(/^http:\/\/127\.0\.0\.1:9\/whip cannot be reached \(ECONNREFUSED\)$/);
}, 30_000);
