import { expect, test } from 'vitest';
import { VirtualClock } from '../../../harness/clock/virtual.ts';
import { ms } from '../../../harness/model/time.ts';

test('sleepers wake at their own deadlines, those of one deadline in the order they lay down', async () => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  const sleep = async (name: string, at: number): Promise<void> => {
    await clock.sleepUntil(ms(at));
    seen.push(`${name}@${clock.now()}`);
  };
  await clock.run(Promise.all([sleep('c', 30), sleep('a', 10), sleep('b1', 20), sleep('b2', 20), sleep('past', -5)]));
  expect(seen).toEqual(['past@0', 'a@10', 'b1@20', 'b2@20', 'c@30']);
});

test('time does not move while something is still runnable after a wake', async () => {
  const clock = new VirtualClock();
  const work = async (): Promise<number> => {
    await clock.sleepUntil(ms(5));
    for (let i = 0; i < 1000; i++) await Promise.resolve();
    return clock.now();
  };
  const other = clock.sleepUntil(ms(6));
  expect(await clock.run(work())).toBe(5);
  await clock.run(other);
});

test('an aborted sleep resolves early and its deadline is forgotten', async () => {
  const clock = new VirtualClock();
  const stop = new AbortController();
  const work = async (): Promise<number> => {
    const asleep = clock.sleepUntil(ms(1_000_000), stop.signal);
    await clock.sleepUntil(ms(10));
    stop.abort();
    await asleep;
    await clock.sleepUntil(ms(2_000_000), stop.signal);
    return clock.now();
  };
  expect(await clock.run(work())).toBe(10);
});

test('held work stops time and is delivered in the order it was begun, whichever finishes first', async () => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  const slow = Promise.withResolvers<string>();
  const quick = Promise.withResolvers<string>();
  const work = async (): Promise<void> => {
    const rival = clock.sleepUntil(ms(1)).then(() => seen.push(`rival@${clock.now()}`));
    const first = clock.hold(slow.promise).then((name) => seen.push(`${name}@${clock.now()}`));
    const second = clock.hold(quick.promise).then((name) => seen.push(`${name}@${clock.now()}`));
    quick.resolve('quick');
    setImmediate(() => setImmediate(() => slow.resolve('slow')));
    await Promise.all([rival, first, second]);
  };
  await clock.run(work());
  expect(seen).toEqual(['slow@0', 'quick@0', 'rival@1']);
});

test('what follows from one held result runs before the next is delivered, even when both were ready', async () => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  const consequences = async (name: string): Promise<void> => {
    await clock.hold(Promise.resolve());
    for (let step = 0; step < 5; step++) await Promise.resolve();
    seen.push(name);
  };
  await clock.run(Promise.all([consequences('a'), consequences('b'), consequences('c')]));
  expect(seen).toEqual(['a', 'b', 'c']);
});

test('a rejected hold rejects at its holder, and the next hold is still delivered', async () => {
  const clock = new VirtualClock();
  const outcome = Promise.allSettled([
    clock.hold(Promise.reject(new Error('model gone'))),
    clock.hold(Promise.resolve(2)),
  ]);
  expect(await clock.run(outcome)).toMatchObject([{ reason: { message: 'model gone' } }, { value: 2 }]);
});

test('a held clock does not spin while it waits for the outside', async () => {
  const clock = new VirtualClock();
  const before = process.cpuUsage();
  await clock.run(clock.hold(new Promise((resolve) => setTimeout(resolve, 300))));
  const used = process.cpuUsage(before);
  expect((used.user + used.system) / 1000).toBeLessThan(150);
});

test('a deadlock is an error that names who waits, not a hang', async () => {
  const clock = new VirtualClock();
  const work = async (): Promise<void> => {
    await clock.sleepUntil(ms(40));
    await clock.sleepUntil(ms(Infinity));
  };
  await expect(clock.run(work())).rejects.toThrow(
    /stopped at 40 ms.*run begun at virtual\.test\.ts:\d+; a sleep without deadline at virtual\.test\.ts:\d+/,
  );
});

test('clocks run side by side, each in its own time', async () => {
  const lengths = [100, 5_000, 60_000];
  const ends = lengths.map((length) => {
    const clock = new VirtualClock();
    const work = async (): Promise<number> => {
      for (let at = 20; at <= length; at += 20) await clock.sleepUntil(ms(at));
      return clock.now();
    };
    return clock.run(work());
  });
  expect(await Promise.all(ends)).toEqual(lengths);
});

test('a run that failed leaves the clock usable', async () => {
  const clock = new VirtualClock();
  await expect(clock.run(new Promise(() => {}))).rejects.toThrow('virtual time stopped');
  await clock.run(clock.sleepUntil(ms(7)));
  expect(clock.now()).toBe(7);
});

test('the heap gives back every deadline in order', async () => {
  const clock = new VirtualClock();
  const seen: number[] = [];
  const deadlines = Array.from({ length: 500 }, (_, i) => 1 + ((i * 7919) % 503));
  await clock.run(Promise.all(deadlines.map((at) => clock.sleepUntil(ms(at)).then(() => seen.push(clock.now())))));
  expect(seen).toEqual(deadlines.toSorted((a, b) => a - b));
});
