import { expect, test } from 'vitest';
import { VirtualClock } from '../../../harness/clock/virtual.ts';
import { ms } from '../../../harness/model/time.ts';
import { headOf, type Head } from '../../../harness/sip/message.ts';
import { Reliability } from '../../../harness/sip/reliability.ts';

const to = { protocol: 'udp', host: 'h', port: 1 } as const;
const message = (start: string, method: string): string =>
  `${start}\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nCSeq: 1 ${method}\r\n\r\n`;
const head = (text: string): Head => headOf(text) ?? expect.unreachable(text);
const invite = message('INVITE sip:a@h SIP/2.0', 'INVITE');
const bye = message('BYE sip:a@h SIP/2.0', 'BYE');
const ack = message('ACK sip:a@h SIP/2.0', 'ACK');
const busy = message('SIP/2.0 486 Busy Here', 'INVITE');

/** Runs `act`, then 40 s of virtual time; returns when repetitions left. */
async function repetitions(act: (shim: Reliability, clock: VirtualClock) => Promise<void> | void): Promise<number[]> {
  const clock = new VirtualClock();
  const at: number[] = [];
  const shim = new Reliability(clock, 500, () => at.push(clock.now()));
  await clock.run(
    (async () => {
      await act(shim, clock);
      await clock.sleepUntil(ms(40_000));
    })(),
  );
  return at;
}

test('an unanswered INVITE is repeated with doubling gaps for 32 s (timer A)', async () => {
  expect(await repetitions((shim) => shim.sent(invite, to))).toEqual([500, 1500, 3500, 7500, 15_500, 31_500]);
});

test('other requests never wait longer than 4 s between repetitions (timer E)', async () => {
  expect(await repetitions((shim) => shim.sent(bye, to))).toEqual([
    500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500,
  ]);
});

test('any answer quiets an INVITE, only a final one a BYE', async () => {
  const ringing = head(message('SIP/2.0 180 Ringing', 'INVITE'));
  expect(
    await repetitions(async (shim, clock) => {
      shim.sent(invite, to);
      await clock.sleepUntil(ms(600));
      expect(shim.received(ringing)).toBe(true);
    }),
  ).toEqual([500]);
  expect(
    await repetitions((shim) => {
      shim.sent(bye, to);
      shim.received(head(message('SIP/2.0 200 OK', 'BYE')));
    }),
  ).toEqual([]);
});

test('a refusal is repeated until its ACK (timer G) and answers a repeated INVITE (timer I)', async () => {
  expect(
    await repetitions(async (shim, clock) => {
      shim.sent(busy, to);
      await clock.sleepUntil(ms(600));
      expect(shim.received(head(ack))).toBe(true);
      await clock.sleepUntil(ms(5_000));
      expect(shim.received(head(invite))).toBe(false);
    }),
  ).toEqual([500, 5_000]);
});

test('a repeated refusal is acknowledged again without troubling the user agent (timer D)', async () => {
  expect(
    await repetitions((shim) => {
      shim.sent(ack, to);
      expect(shim.received(head(busy))).toBe(false);
    }),
  ).toEqual([0]);
});

test('a repeated BYE gets the answer it got, for 32 s (timer J)', async () => {
  expect(
    await repetitions(async (shim, clock) => {
      shim.sent(message('SIP/2.0 200 OK', 'BYE'), to);
      expect(shim.received(head(bye))).toBe(false);
      await clock.sleepUntil(ms(33_000));
      shim.sent(message('SIP/2.0 200 OK', 'INFO'), to);
      expect(shim.received(head(bye))).toBe(true);
    }),
  ).toEqual([0]);
});

test('closing stops everything', async () => {
  expect(
    await repetitions((shim) => {
      shim.sent(invite, to);
      shim.close();
    }),
  ).toEqual([]);
});
