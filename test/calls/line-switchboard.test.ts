import { expect, test } from 'vitest';
import { VirtualClock } from '../../harness/clock/virtual.ts';
import loopback from '../../harness/lines/loopback.ts';
import { UsageError } from '../../harness/model/errors.ts';
import {
  type CallContext,
  DialFailed,
  type IncomingCall,
  type Line,
  type Transport,
} from '../../harness/model/line.ts';
import { after, ms } from '../../harness/model/time.ts';

interface Exchange {
  readonly clock: VirtualClock;
  readonly transport: Transport;
  readonly context: (overrides?: Partial<CallContext>) => CallContext;
  /** A call to `loopback:agent`, answered. */
  connect(overrides?: Partial<CallContext>): Promise<{ near: Line; far: Line }>;
}

/** Runs `body` on an exchange of its own, in virtual time. */
async function onExchange(body: (exchange: Exchange) => Promise<void>): Promise<void> {
  const clock = new VirtualClock();
  const transport = await loopback.open(clock);
  const context = (overrides: Partial<CallContext> = {}): CallContext => ({
    clock,
    signal: new AbortController().signal,
    phone: { codec: 'PCMU', loss: 0 },
    seed: 1,
    headers: {},
    ...overrides,
  });
  const connect = async (overrides: Partial<CallContext> = {}): Promise<{ near: Line; far: Line }> => {
    const answered = Promise.withResolvers<Line>();
    const place = await transport.listen('loopback:agent', (call) => answered.resolve(call.accept(context())));
    const near = await transport.dial({ address: 'loopback:agent' }, context(overrides));
    await place.close();
    return { near, far: await answered.promise };
  };
  await clock.run(body({ clock, transport, context, connect }));
}

const failureOf = (dialling: Promise<unknown>): Promise<unknown> =>
  dialling.then(
    () => undefined,
    (reason: unknown) => reason,
  );

async function firstRefer(line: Line): Promise<() => Promise<Line>> {
  for await (const item of line.incoming) {
    if (item.kind === 'notice' && item.notice.kind === 'refer') return item.notice.follow;
  }
  throw new Error('the line ended without a transfer');
}

test('stamps in virtual time are exact: packets leave when due and arrive that instant', () =>
  onExchange(async ({ clock, connect }) => {
    await clock.sleepUntil(ms(12.5));
    const { near, far } = await connect();
    await clock.sleepUntil(ms(5_000));
    await near.hangUp();
    const [sent, got] = [near.leg(), far.leg()];
    expect(sent.sent.map(({ at }) => at)).toEqual(sent.sent.map((_, i) => 12.5 + 20 * i));
    expect(sent.sent.map(({ dueAt }) => dueAt)).toEqual(sent.sent.map(({ at }) => at));
    expect(got.received.map(({ at }) => at)).toEqual(sent.sent.map(({ at }) => at));
    expect(got.maps).toEqual([
      {
        ssrc: got.received[0]?.ssrc,
        from: 0,
        to: got.receivedAudio.length,
        originMs: 12.5,
        msPerSample: 0.125,
        skewPpm: 0,
      },
    ]);
  }));

test('the same seed gives the same books to the byte, another seed others', async () => {
  const booksOf = async (seed: number): Promise<string> => {
    let books = '';
    await onExchange(async ({ clock, connect }) => {
      const { near, far } = await connect({ seed, phone: { codec: 'PCMU', loss: 0.1 } });
      near.sendKey('7');
      await near.play([new Int16Array(5_000).fill(900)], ms(333)).done;
      await clock.sleepUntil(ms(3_000));
      await far.hangUp();
      books = JSON.stringify([near.leg(), far.leg()]);
    });
    return books;
  };
  const [first, again, other] = [await booksOf(4), await booksOf(4), await booksOf(5)];
  expect(again === first).toBe(true);
  expect(other === first).toBe(false);
});

test('a transfer nobody follows is given up, and the call goes on', () =>
  onExchange(async ({ clock, connect }) => {
    const { near, far } = await connect();
    const begun = clock.now();
    expect(await far.transfer('loopback:desk')).toMatchObject({ accepted: false, status: 408 });
    expect(clock.now() - begun).toBe(32_000);
    expect((await near.play([new Int16Array(160)]).done).samples).toBe(160);
    await near.hangUp();
  }));

test('hanging up settles a transfer that is under way', () =>
  onExchange(async ({ connect }) => {
    const { near, far } = await connect();
    const transferring = far.transfer('loopback:desk');
    await near.hangUp();
    expect(await transferring).toMatchObject({ accepted: false, status: 487 });
    expect(await far.transfer('loopback:desk')).toMatchObject({ accepted: false, status: 481 });
  }));

test('a transfer to nobody, to a refusal and to silence each comes back with its status', () =>
  onExchange(async ({ clock, transport, connect }) => {
    const { near, far } = await connect();
    const outcomes: number[] = [];
    const tryDesk = async (): Promise<void> => {
      const [outcome] = await Promise.all([
        far.transfer('loopback:desk', 'c'),
        firstRefer(near).then((follow) => failureOf(follow())),
      ]);
      outcomes.push(outcome.status);
    };
    await tryDesk();
    const declining = await transport.listen('loopback:desk', (call) => void call.reject(603));
    await tryDesk();
    await declining.close();
    await transport.listen('loopback:desk', () => {});
    const begun = clock.now();
    await tryDesk();
    expect(outcomes).toEqual([404, 603, 408]);
    expect(clock.now() - begun).toBe(30_000);
    await near.hangUp();
  }));

test('a transfer is followed once, however often it is asked for', () =>
  onExchange(async ({ transport, context, connect }) => {
    const rings: IncomingCall[] = [];
    await transport.listen('loopback:desk', (call) => {
      rings.push(call);
      void call.accept(context());
    });
    const { near, far } = await connect({ headers: { 'x-hangup-CALL': '12', 'X-Secret': 'not for desks' } });
    const transferring = far.transfer('loopback:desk');
    const follow = await firstRefer(near);
    const [once, twice] = await Promise.all([follow(), follow()]);
    expect(once).toBe(twice);
    expect((await transferring).status).toBe(200);
    expect(rings.map(({ headers }) => headers)).toEqual([{ 'x-hangup-call': '12' }]);
    await far.hangUp();
    expect((await near.ended).reason).toBe('transferred');
    await once.hangUp();
  }));

test('the agent can be transferred too, and its call keeps its name', () =>
  onExchange(async ({ transport, context, connect }) => {
    const rung = Promise.withResolvers<IncomingCall>();
    await transport.listen('loopback:desk', (call) => {
      rung.resolve(call);
      void call.accept(context());
    });
    const { near, far } = await connect({ headers: { 'X-Hangup-Call': '13' } });
    const transferring = near.transfer('loopback:desk', 'ctx');
    const line = await (await firstRefer(far))();
    expect(await transferring).toMatchObject({ accepted: true });
    expect(await rung.promise).toMatchObject({
      context: 'ctx',
      from: 'loopback:agent',
      headers: { 'x-hangup-call': '13' },
    });
    await Promise.all([line.hangUp(), near.hangUp()]);
  }));

test('a desk that fails to answer at all is not a hang of the transferring agent', () =>
  onExchange(async ({ transport, connect }) => {
    await transport.listen('loopback:desk', () => {
      throw new Error('the desk is broken');
    });
    const { near, far } = await connect();
    const transferring = far.transfer('loopback:desk');
    const follow = await firstRefer(near);
    await expect(follow()).rejects.toThrow('the desk is broken');
    expect(await transferring).toMatchObject({ accepted: false, status: 500 });
    await near.hangUp();
  }));

test('an answer that comes after the caller gave up is refused to the callee', () =>
  onExchange(async ({ transport, context }) => {
    const rung = Promise.withResolvers<IncomingCall>();
    await transport.listen('loopback:slow', (call) => rung.resolve(call));
    const failure = await failureOf(transport.dial({ address: 'loopback:slow' }, context({ ringTimeout: ms(500) })));
    expect(failure).toMatchObject({ ending: { by: 'them', reason: 'no-answer', at: 500 } });
    const call = await rung.promise;
    await expect(call.accept(context())).rejects.toBeInstanceOf(DialFailed);
    await call.reject(486);
  }));

test('closing the switchboard ends what is up and stops what rings', () =>
  onExchange(async ({ transport, context, connect }) => {
    const { near, far } = await connect();
    await transport.listen('loopback:slow', () => {});
    const ringing = failureOf(transport.dial({ address: 'loopback:slow' }, context()));
    await transport.close();
    expect([await near.ended, await far.ended]).toMatchObject([{ by: 'line' }, { by: 'line' }]);
    expect(await ringing).toBeInstanceOf(DialFailed);
  }));

test("an address of another scheme, and a name that is taken, are the user's errors", () =>
  onExchange(async ({ transport, context, connect }) => {
    await transport.listen('loopback:desk', () => {});
    await expect(transport.listen('loopback:desk', () => {})).rejects.toThrow(UsageError);
    await expect(transport.listen('sip:desk@127.0.0.1', () => {})).rejects.toThrow('write loopback:NAME');
    await expect(transport.dial({ address: 'sip:a@b' }, context())).rejects.toThrow(UsageError);
    const { near, far } = await connect();
    await expect(far.transfer('sip:desk@127.0.0.1')).rejects.toThrow(UsageError);
    await near.hangUp();
  }));

test('an abort hangs up both the old call and the one that followed it', () =>
  onExchange(async ({ transport, context, connect }) => {
    const stop = new AbortController();
    await transport.listen('loopback:desk', (call) => void call.accept(context()));
    const { near, far } = await connect({ signal: stop.signal });
    const transferring = far.transfer('loopback:desk');
    const line = await (await firstRefer(near))();
    await transferring;
    stop.abort();
    expect([await near.ended, await line.ended]).toMatchObject([{ reason: 'aborted' }, { reason: 'aborted' }]);
  }));

test('forty calls at once on clocks of their own are each exact', async () => {
  const ends: number[] = [];
  const calls = Array.from({ length: 40 }, (_, n) =>
    onExchange(async ({ clock, connect }) => {
      const { near, far } = await connect({ seed: n });
      await clock.sleepUntil(after(clock.now(), 1_000 + 100 * n));
      await near.hangUp();
      ends.push(far.leg().receivedAudio.length / 160);
    }),
  );
  await Promise.all(calls);
  expect(ends.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => 50 + 5 * n));
});
