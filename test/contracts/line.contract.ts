import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CallContext,
  DialFailed,
  type IncomingCall,
  type Line,
  type Listening,
  type Notice,
  type Transport,
} from '../../harness/model/line.ts';
import { after, type Clock, ms } from '../../harness/model/time.ts';
import { findTone, frameLevels, longestZeroRun, tone } from './line-signals.ts';

/** What a line's tests need of it, opened once per suite. */
export interface LineUnderTest {
  readonly transport: Transport;
  readonly clock: Clock;
  /** An address for `listen`: a port or name of its own for each `n`. */
  listenAddress(n: number): string;
  /** An address where nobody listens. */
  readonly nowhere: string;
  /** Lets time pass until `work` settles: `VirtualClock.run`, or the promise itself. */
  run<T>(work: Promise<T>): Promise<T>;
}

const RATE = 8_000;

/** The suite that every line passes: what `Line` and `Transport` promise, heard and seen from both ends. */
export function lineContract(name: string, open: () => Promise<LineUnderTest>): void {
  describe('what every line promises', () => {
    let under: LineUnderTest;
    let places = 0;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(async () => {
      await under.run(under.transport.close());
    });

    const context = (overrides: Partial<CallContext> = {}): CallContext => ({
      clock: under.clock,
      signal: new AbortController().signal,
      phone: { codec: 'PCMU', loss: 0 },
      seed: 7,
      headers: { 'X-Hangup-Call': 'call-7' },
      ...overrides,
    });
    const pass = (duration: number): Promise<void> => under.clock.sleepUntil(after(under.clock.now(), duration));
    const listen = (onCall: (call: IncomingCall) => void): Promise<Listening> =>
      under.transport.listen(under.listenAddress(places++), onCall);

    /** A call that was answered, both ends in hand. */
    const connect = async (
      overrides: Partial<CallContext> = {},
    ): Promise<{ near: Line; far: Line; place: Listening }> => {
      const answered = Promise.withResolvers<Line>();
      const place = await listen((call) => answered.resolve(call.accept(context({ seed: 8 }))));
      const near = await under.transport.dial({ address: place.address }, context(overrides));
      return { near, far: await answered.promise, place };
    };
    const hangUpAll = async (...lines: readonly Line[]): Promise<void> => {
      for (const line of lines) await line.hangUp();
      await Promise.all(lines.map((line) => line.ended));
    };
    const check = (what: string, body: () => Promise<void>): void =>
      test(`${name}: ${what}`, () => {
        expect.hasAssertions();
        return under.run(body());
      }, 30_000);
    const refusal = async (dialling: Promise<Line>): Promise<DialFailed> => {
      const failure = await dialling.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(failure).toBeInstanceOf(DialFailed);
      return failure as DialFailed;
    };

    check('audio comes in order, every frame of it, and `incoming` ends with the call', async () => {
      const { near, far, place } = await connect();
      const heard: number[] = [];
      const reading = (async () => {
        for await (const item of far.incoming) if (item.kind === 'audio') heard.push(item.mediaIndex);
      })();
      await pass(1_000);
      await hangUpAll(near, far);
      await reading;
      expect(heard.length).toBeGreaterThanOrEqual(40);
      expect(heard).toEqual(heard.map((_, i) => i * 160));
      await place.close();
    });

    check('a playing leaves at the exact sample it was asked for, and arrives whole', async () => {
      const { near, far, place } = await connect();
      const startAt = ms(Math.round(under.clock.now()) + 333.625);
      const clip = tone(4_000);
      const played = await near.play([clip], startAt).done;
      expect(played).toMatchObject({ samples: clip.length, cut: false });
      await pass(100);
      await hangUpAll(near, far);
      const sent = near.leg();
      const first = sent.sent[0];
      const foundAt = findTone(sent.sentAudio);
      expect(Math.abs(foundAt - ((startAt - (first?.dueAt ?? 0)) * RATE) / 1000)).toBeLessThanOrEqual(0.5);
      expect(findTone(far.leg().receivedAudio) - offsetBetween(near, far)).toBe(foundAt);
      await place.close();
    });

    check('audio fed piece by piece plays without a seam, and a late piece goes on with the next frame', async () => {
      const { near, far, place } = await connect();
      const clip = tone(2_400);
      const pieces = async function* (): AsyncGenerator<Int16Array> {
        yield clip.subarray(0, 700);
        yield clip.subarray(700, 1_501);
        await pass(400);
        yield clip.subarray(1_501);
      };
      const played = await near.play(pieces()).done;
      expect(played).toMatchObject({ samples: 2_400, cut: false });
      await pass(60);
      await hangUpAll(near, far);
      const loud = frameLevels(far.leg().receivedAudio).filter((level) => level > 1_000).length;
      expect(loud).toBeGreaterThanOrEqual(15);
      expect(loud).toBeLessThanOrEqual(18);
      await place.close();
    });

    check('a cut stops within a frame and says how much left', async () => {
      const { near, far, place } = await connect();
      const playing = near.play([tone(16_000)]);
      await playing.started;
      await pass(300);
      const sent = await playing.cut();
      const atCut = under.clock.now();
      const done = await playing.done;
      expect(done).toMatchObject({ samples: sent, cut: true });
      expect(await playing.cut()).toBe(sent);
      expect(atCut - (done.startedAt ?? 0)).toBeGreaterThanOrEqual((sent / RATE) * 1000 - 20.001);
      await pass(200);
      await hangUpAll(near, far);
      const heard = far.leg().receivedAudio;
      const from = findTone(heard);
      const loud = frameLevels(heard.subarray(from)).filter((level) => level > 1_000).length;
      expect(Math.abs(loud * 160 - sent)).toBeLessThanOrEqual(160);
      await place.close();
    });

    check('a playing cut before its start never leaves', async () => {
      const { near, far, place } = await connect();
      const playing = near.play([tone(800)], after(under.clock.now(), 5_000));
      expect(await playing.cut()).toBe(0);
      expect(await playing.started).toBeUndefined();
      await pass(100);
      await hangUpAll(near, far);
      expect(Math.max(...frameLevels(far.leg().receivedAudio))).toBeLessThan(200);
      await place.close();
    });

    check('a duck attenuates what is still to leave, and 0 restores it', async () => {
      const { near, far, place } = await connect();
      const playing = near.play([tone(16_000)]);
      await playing.started;
      await pass(400);
      playing.duck(20);
      await pass(400);
      playing.duck(0);
      await playing.done;
      await pass(60);
      await hangUpAll(near, far);
      const levels = frameLevels(far.leg().receivedAudio);
      const full = levels.filter((level) => level > 4_000).length;
      const ducked = levels.filter((level) => level > 400 && level < 800).length;
      expect(ducked).toBeGreaterThanOrEqual(15);
      expect(full).toBeGreaterThanOrEqual(70);
      await place.close();
    });

    check('two playings at once are added', async () => {
      const { near, far, place } = await connect();
      const startAt = after(under.clock.now(), 200);
      const level = new Int16Array(1_600).fill(3_000);
      await Promise.all([near.play([level], startAt).done, near.play([level], startAt).done]);
      await pass(60);
      await hangUpAll(near, far);
      const loudest = Math.max(...frameLevels(far.leg().receivedAudio));
      expect(loudest).toBeGreaterThan(5_700);
      expect(loudest).toBeLessThan(6_300);
      await place.close();
    });

    check('silence is a quiet floor, never digital zero and never a missing packet', async () => {
      const { near, far, place } = await connect();
      await pass(1_500);
      await hangUpAll(near, far);
      const leg = far.leg();
      expect(longestZeroRun(leg.receivedAudio)).toBeLessThan(40);
      expect(Math.max(...frameLevels(leg.receivedAudio))).toBeLessThan(40);
      expect(leg.lost).toEqual([]);
      await place.close();
    });

    check('a bed loops under everything in place of the floor', async () => {
      const bed = tone(900).map((sample) => Math.round(sample / 10));
      const { near, far, place } = await connect({ bed });
      await pass(500);
      await hangUpAll(near, far);
      const levels = frameLevels(far.leg().receivedAudio);
      expect(Math.min(...levels)).toBeGreaterThan(400);
      await place.close();
    });

    check('keys arrive once each, in order', async () => {
      const { near, far, place } = await connect();
      const keys: string[] = [];
      const reading = (async () => {
        for await (const item of far.incoming) if (item.kind === 'key') keys.push(item.key);
      })();
      for (const key of ['4', '4', '#', '0'] as const) near.sendKey(key);
      await pass(1_000);
      await hangUpAll(near, far);
      await reading;
      expect(keys).toEqual(['4', '4', '#', '0']);
      await place.close();
    });

    check('the answerer sees who calls and the headers, by lower-case names', async () => {
      const seen = Promise.withResolvers<IncomingCall>();
      const place = await listen((call) => {
        seen.resolve(call);
        void call.reject(603);
      });
      await refusal(under.transport.dial({ address: place.address }, context()));
      const call = await seen.promise;
      expect(call.headers['x-hangup-call']).toBe('call-7');
      expect(call.to).toContain(place.address.split('@')[0]);
      await place.close();
    });

    for (const [status, reason] of [
      [486, 'busy'],
      [603, 'declined'],
    ] as const) {
      check(`a ${reason} callee is told apart (${status})`, async () => {
        const place = await listen((call) => void call.reject(status));
        const failure = await refusal(under.transport.dial({ address: place.address }, context()));
        expect(failure.ending).toMatchObject({ by: 'them', reason });
        expect(failure.ending.detail).toContain(String(status));
        await place.close();
      });
    }

    check('nobody answering ends the ringing after the ring timeout', async () => {
      const place = await listen(() => {});
      const begun = under.clock.now();
      const failure = await refusal(
        under.transport.dial({ address: place.address }, context({ ringTimeout: ms(600) })),
      );
      expect(failure.ending.reason).toBe('no-answer');
      expect(under.clock.now() - begun).toBeGreaterThanOrEqual(599);
      expect(under.clock.now() - begun).toBeLessThan(5_000);
      await place.close();
    });

    check('nobody there is unreachable', async () => {
      const failure = await refusal(
        under.transport.dial({ address: under.nowhere }, context({ ringTimeout: ms(5_000) })),
      );
      expect(failure.ending.reason).toBe('unreachable');
    });

    check('an abort stops the ringing', async () => {
      const place = await listen(() => {});
      const stop = new AbortController();
      const dialling = refusal(under.transport.dial({ address: place.address }, context({ signal: stop.signal })));
      await pass(200);
      stop.abort();
      const failure = await dialling;
      expect(failure.ending).toMatchObject({ by: 'us', reason: 'aborted' });
      await place.close();
    });

    check('an abort before the call is no call', async () => {
      const place = await listen((call) => void call.accept(context()));
      const signal = AbortSignal.abort();
      const failure = await refusal(under.transport.dial({ address: place.address }, context({ signal })));
      expect(failure.ending).toMatchObject({ by: 'us', reason: 'aborted' });
      await place.close();
    });

    check('an abort in the call hangs up', async () => {
      const stop = new AbortController();
      const { near, far, place } = await connect({ signal: stop.signal });
      await pass(100);
      stop.abort();
      expect(await near.ended).toMatchObject({ by: 'us', reason: 'aborted' });
      expect(await far.ended).toMatchObject({ by: 'them', reason: 'hung-up' });
      await place.close();
    });

    check('the caller hangs up: both sides learn it, once', async () => {
      const { near, far, place } = await connect();
      await pass(100);
      await near.hangUp();
      await near.hangUp();
      const endings = await Promise.all([near.ended, far.ended]);
      expect(endings).toMatchObject([
        { by: 'us', reason: 'hung-up' },
        { by: 'them', reason: 'hung-up' },
      ]);
      await far.hangUp();
      expect(await Promise.all([near.ended, far.ended])).toEqual(endings);
      await place.close();
    });

    check('the callee hangs up in the middle of a playing: the playing is over and says what left', async () => {
      const { near, far, place } = await connect();
      const playing = near.play([tone(80_000)]);
      await playing.started;
      await pass(300);
      await far.hangUp();
      expect(await near.ended).toMatchObject({ by: 'them', reason: 'hung-up' });
      expect(await far.ended).toMatchObject({ by: 'us', reason: 'hung-up' });
      const done = await playing.done;
      expect(done.cut).toBe(true);
      expect(done.samples).toBeGreaterThan(1_600);
      expect(done.samples).toBeLessThan(40_000);
      expect((await near.play([tone(100)]).done).samples).toBe(0);
      await place.close();
    });

    check('both hang up at once: one ending each', async () => {
      const { near, far, place } = await connect();
      await pass(100);
      await Promise.all([near.hangUp(), far.hangUp()]);
      const endings = await Promise.all([near.ended, far.ended]);
      for (const ending of endings) expect(ending.reason).toBe('hung-up');
      await place.close();
    });

    check('a transfer brings the caller to the desk with its context; the agent may hang up', async () => {
      const desk = Promise.withResolvers<{ call: IncomingCall; line: Line }>();
      const deskPlace = await listen((call) => {
        void call.accept(context({ seed: 9 })).then((line) => desk.resolve({ call, line }));
      });
      const { near, far, place } = await connect();
      const followed = followTransfer(near);
      const outcome = await far.transfer(deskPlace.address, 'packet-42');
      expect(outcome).toMatchObject({ accepted: true, status: 200 });
      const newLine = await followed;
      await far.hangUp();
      await near.hangUp();
      expect(await far.ended).toMatchObject({ by: 'us', reason: 'transferred' });
      await near.ended;
      const { call, line } = await desk.promise;
      expect(call.context).toBe('packet-42');
      expect(call.headers['x-hangup-call']).toBe('call-7');
      await newLine.play([tone(1_600)]).done;
      await pass(100);
      await hangUpAll(newLine, line);
      expect(findTone(line.leg().receivedAudio)).toBeGreaterThanOrEqual(0);
      await Promise.all([place.close(), deskPlace.close()]);
    });

    check('a transfer to a busy desk fails with 486, and the old line still works', async () => {
      const deskPlace = await listen((call) => void call.reject(486));
      const { near, far, place } = await connect();
      const followed = followTransfer(near).catch((reason: unknown) => reason);
      const outcome = await far.transfer(deskPlace.address, 'packet-43');
      expect(outcome).toMatchObject({ accepted: false, status: 486 });
      expect(await followed).toBeInstanceOf(DialFailed);
      await far.play([tone(1_600)]).done;
      await pass(100);
      await hangUpAll(near, far);
      expect(findTone(near.leg().receivedAudio)).toBeGreaterThanOrEqual(0);
      await Promise.all([place.close(), deskPlace.close()]);
    });

    check('an attended transfer takes the place of the consultation, which ends as transferred', async () => {
      const consulted = Promise.withResolvers<Line>();
      const joined = Promise.withResolvers<{ call: IncomingCall; line: Line }>();
      const deskPlace = await listen((call) => {
        const line = call.accept(context({ seed: 9 }));
        if (call.replaces) void line.then((taken) => joined.resolve({ call, line: taken }));
        else consulted.resolve(line);
      });
      const { near, far, place } = await connect();
      const consultation = await under.transport.dial(
        { address: deskPlace.address },
        context({ context: 'packet-44' }),
      );
      const atDesk = await consulted.promise;
      const followed = followTransfer(near);
      const outcome = await far.transfer(deskPlace.address, 'packet-44', consultation);
      expect(outcome).toMatchObject({ accepted: true, status: 200 });
      const newLine = await followed;
      const { call, line } = await joined.promise;
      expect(call.replaces).toBe(atDesk);
      expect(call.context).toBe('packet-44');
      expect(call.referredBy).toBeDefined();
      expect(await atDesk.ended).toMatchObject({ by: 'us', reason: 'transferred' });
      expect(await consultation.ended).toMatchObject({ by: 'them', reason: 'transferred' });
      await newLine.play([tone(1_600)]).done;
      await pass(100);
      await hangUpAll(far, near, newLine, line);
      expect(findTone(line.leg().receivedAudio)).toBeGreaterThanOrEqual(0);
      await Promise.all([place.close(), deskPlace.close()]);
    });

    check('a consultation that is over cannot be replaced: 481, and the old line still works', async () => {
      const consulted = Promise.withResolvers<Line>();
      const rung: IncomingCall[] = [];
      const deskPlace = await listen((call) => {
        rung.push(call);
        consulted.resolve(call.accept(context({ seed: 9 })));
      });
      const { near, far, place } = await connect();
      const consultation = await under.transport.dial({ address: deskPlace.address }, context());
      const noticed = nextReferral(near);
      const outcome = far.transfer(deskPlace.address, 'packet-45', consultation);
      const notice = await noticed;
      await (await consulted.promise).hangUp();
      await consultation.ended;
      expect((await refusal(notice.follow())).ending).toMatchObject({ by: 'them', reason: 'rejected' });
      expect(await outcome).toMatchObject({ accepted: false, status: 481 });
      expect(await far.transfer(deskPlace.address, 'packet-45', consultation)).toMatchObject({ status: 481 });
      expect(rung).toHaveLength(1);
      await far.play([tone(1_600)]).done;
      await pass(100);
      await hangUpAll(near, far);
      expect(findTone(near.leg().receivedAudio)).toBeGreaterThanOrEqual(0);
      await Promise.all([place.close(), deskPlace.close()]);
    });

    check('a desk that declines a call in the place of a consultation keeps the consultation', async () => {
      const consulted = Promise.withResolvers<Line>();
      const deskPlace = await listen((call) => {
        if (call.replaces) void call.reject(603);
        else consulted.resolve(call.accept(context({ seed: 9 })));
      });
      const { near, far, place } = await connect();
      const consultation = await under.transport.dial({ address: deskPlace.address }, context());
      const followed = followTransfer(near).catch((reason: unknown) => reason);
      expect(await far.transfer(deskPlace.address, undefined, consultation)).toMatchObject({ status: 603 });
      expect(await followed).toBeInstanceOf(DialFailed);
      await consultation.play([tone(1_600)]).done;
      await pass(100);
      await hangUpAll(consultation, near, far);
      expect(findTone((await consulted.promise).leg().receivedAudio)).toBeGreaterThanOrEqual(0);
      expect(await consultation.ended).toMatchObject({ by: 'us', reason: 'hung-up' });
      await Promise.all([place.close(), deskPlace.close()]);
    });

    check('a ringing call tells its listener when the caller has given up', async () => {
      const rings = Promise.withResolvers<IncomingCall>();
      const place = await listen((call) => rings.resolve(call));
      const dialling = refusal(under.transport.dial({ address: place.address }, context({ ringTimeout: ms(500) })));
      const call = await rings.promise;
      expect(call.over.aborted).toBe(false);
      expect(call.replaces).toBeUndefined();
      await dialling;
      await pass(200);
      expect(call.over.aborted).toBe(true);
      await place.close();
    });

    check(
      "the books agree: stamps are due times, maps tell the sender's time, both ends hold the same audio",
      async () => {
        const { near, far, place } = await connect();
        await near.play([tone(8_000)]).done;
        await pass(1_000);
        await hangUpAll(near, far);
        const sent = near.leg();
        const received = far.leg();
        expect(median(sent.sent.map(({ at, dueAt }) => at - dueAt))).toBeLessThan(1);
        expect(sent.sent.map(({ mediaIndex }) => mediaIndex)).toEqual(sent.sent.map((_, i) => i * 160));
        const gaps = sent.sent.slice(1).map(({ dueAt }, i) => dueAt - (sent.sent[i]?.dueAt ?? 0));
        for (const gap of gaps) expect(gap).toBeCloseTo(20, 6);
        const offset = offsetBetween(near, far);
        const common = Math.min(received.receivedAudio.length, sent.sentAudio.length + offset);
        expect(received.receivedAudio.subarray(0, common)).toEqual(sent.sentAudio.subarray(-offset, common - offset));
        expect(received.maps.length).toBeGreaterThanOrEqual(1);
        const leftAt = sent.sent.find(({ seq }) => seq === received.received[0]?.seq)?.dueAt ?? Number.NaN;
        expect(Math.abs((received.maps[0]?.originMs ?? 0) - leftAt)).toBeLessThan(5);
        await place.close();
      },
    );

    check('loss on the phone shows as lost stretches at the other end, and the decisions are kept', async () => {
      const { near, far, place } = await connect({ phone: { codec: 'PCMA', loss: 0.2 } });
      expect(far.format.codec).toBe('PCMA');
      const items: boolean[] = [];
      const reading = (async () => {
        for await (const item of far.incoming) if (item.kind === 'audio') items.push(item.lost);
      })();
      await pass(2_000);
      await hangUpAll(near, far);
      await reading;
      const dropped = near.leg().dropped?.filter(({ direction }) => direction === 'out').length ?? 0;
      expect(dropped).toBeGreaterThan(5);
      expect(far.leg().lost.length).toBeGreaterThan(3);
      expect(items.filter((lost) => lost).length).toBeGreaterThan(5);
      await place.close();
    });

    check('one line lost to a listener that closed does not disturb the next', async () => {
      const { near, far, place } = await connect();
      await place.close();
      await pass(60);
      await hangUpAll(near, far);
      const again = await connect();
      await again.far.play([tone(800)]).done;
      await pass(60);
      await hangUpAll(again.near, again.far);
      expect(findTone(again.near.leg().receivedAudio)).toBeGreaterThanOrEqual(0);
      await again.place.close();
    });
  });
}

/** Follows the first transfer asked for on `line`. */
/** The next time the other side asks to call somebody else. */
async function nextReferral(line: Line): Promise<Extract<Notice, { kind: 'refer' }>> {
  for await (const item of line.incoming) {
    if (item.kind === 'notice' && item.notice.kind === 'refer') return item.notice;
  }
  throw new Error('the line ended without a transfer');
}

async function followTransfer(line: Line): Promise<Line> {
  const notice = await nextReferral(line);
  return notice.follow();
}

/** Index in `to`'s received audio minus index in `from`'s sent audio of the same sample. */
function offsetBetween(from: Line, to: Line): number {
  const first = to.leg().received.find(({ samples }) => samples > 0);
  const same = from.leg().sent.find(({ seq }) => seq === first?.seq);
  return (first?.mediaIndex ?? Number.NaN) - (same?.mediaIndex ?? Number.NaN);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
