import { expect, test } from 'vitest';
import { VirtualClock } from '../../../harness/clock/virtual.ts';
import { adviceOn, watchMedia, type Silence, type Watched } from '../../../harness/lines/sip/watch.ts';
import { ms, type Ms } from '../../../harness/model/time.ts';

interface Heard {
  firstHeardAt: Ms | undefined;
  lastHeardAt: Ms | undefined;
  ignoredPayloadType: number | undefined;
  isUnreadable: boolean;
}

/** Watches in virtual time while `happen` makes things happen; returns the verdict and when it fell. */
async function verdict(
  happen: (heard: Heard, clock: VirtualClock, over: AbortController, hold: { on: boolean }) => Promise<void> | void,
): Promise<{ readonly silence: Silence | undefined; readonly at: number }> {
  const clock = new VirtualClock();
  const heard: Heard = {
    firstHeardAt: undefined,
    lastHeardAt: undefined,
    ignoredPayloadType: undefined,
    isUnreadable: false,
  };
  const advice = adviceOn({ host: '192.168.1.7', port: 40_404 });
  const over = new AbortController();
  const hold = { on: false };
  const watched: Watched = { clock, leg: heard, advice, over: over.signal, held: () => hold.on };
  return clock.run(
    (async () => {
      const watching = watchMedia(watched).then((silence) => ({ silence, at: clock.now() }));
      await happen(heard, clock, over, hold);
      return watching;
    })(),
  );
}

test('nothing for 5 s is no media, and an unoffered payload type is named', async () => {
  expect(await verdict(() => undefined)).toMatchObject({ silence: { reason: 'no-media' }, at: 5_000 });
  const { silence } = await verdict((heard) => {
    heard.ignoredPayloadType = 18;
  });
  expect(silence?.detail).toContain('payload type 18');
});

test('blocked audio says where it was to go and what to do; audio no key opens says that', async () => {
  const { silence } = await verdict(() => undefined);
  expect(silence?.detail).toMatch(/told to send it to 192\.168\.1\.7 UDP port 40404; .*--media-address$/);
  const sealed = await verdict((heard) => {
    heard.isUnreadable = true;
  });
  expect(sealed.silence?.detail).toContain('the key agreed on does not open');
});

test('audio that stops is lost 20 s after its last packet', async () => {
  expect(
    await verdict((heard) => {
      heard.firstHeardAt = ms(100);
      heard.lastHeardAt = ms(12_345);
    }),
  ).toMatchObject({ silence: { reason: 'media-lost' }, at: 32_345 });
});

test('a hold excuses its silence, to the second', async () => {
  const { silence, at } = await verdict(async (heard, clock, _over, hold) => {
    heard.firstHeardAt = heard.lastHeardAt = ms(100);
    hold.on = true;
    await clock.sleepUntil(ms(60_000));
    hold.on = false;
  });
  expect(silence).toMatchObject({ reason: 'media-lost' });
  expect(at).toBeGreaterThanOrEqual(79_000);
  expect(at).toBeLessThanOrEqual(80_000);
});

test('a line that has ended is no longer watched', async () => {
  expect(
    await verdict(async (_heard, clock, over) => {
      await clock.sleepUntil(ms(1_000));
      over.abort();
    }),
  ).toEqual({ silence: undefined, at: 1_000 });
});
