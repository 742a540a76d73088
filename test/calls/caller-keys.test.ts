import { expect, test } from 'vitest';
import { thenKeys } from '../../harness/caller/keypad.ts';
import { VirtualClock } from '../../harness/clock/virtual.ts';
import loopback from '../../harness/lines/loopback.ts';
import type { DtmfKey } from '../../harness/model/line.ts';
import type { PlannedLine } from '../../harness/model/plan.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import { line as written } from '../../harness/model/script.ts';
import { after } from '../../harness/model/time.ts';

type Said = Extract<CallEvent, { kind: 'said' }>;

const typed: PlannedLine = {
  ...written({ topic: 'phone', say: "i'll type that", tells: { phone: '5550135' } }),
  keys: [...'5550135'] as DtmfKey[],
};

/** What arrives of the keys of `typed`, said to its end in way `way` or cut off, and the event it becomes. */
async function typing(
  way: number,
  cut: boolean,
): Promise<{ readonly keys: string; readonly said: Said; readonly tookMs: number }> {
  const clock = new VirtualClock();
  const { signal } = new AbortController();
  const phone = { codec: 'PCMU', loss: 0 } as const;
  const transport = await loopback.open(clock);
  const whole = async (): Promise<{ keys: string; said: Said; tookMs: number }> => {
    let keys = '';
    await transport.listen('loopback:agent', (call) => {
      void call.accept({ clock, signal, phone, seed: 1 }).then(async (heard) => {
        for await (const item of heard.incoming) if (item.kind === 'key') keys += item.key;
      });
    });
    const out = await transport.dial({ address: 'loopback:agent' }, { clock, signal, phone, seed: 2, headers: {} });
    await clock.sleepUntil(after(clock.now(), 200));
    const end = clock.now();
    const spoken = { kind: 'said', line: 'phone', way, cut, end, facts: typed.facts } as Said;
    const said = await thenKeys(spoken, { line: typed, way }, out, clock, signal);
    await clock.sleepUntil(after(clock.now(), 500));
    await out.hangUp();
    return { keys, said, tookMs: said.end - end };
  };
  const result = await clock.run(whole());
  await transport.close();
  return result;
}

test('a number that is typed arrives key by key, and her turn is over with the last of them', async () => {
  const { keys, said, tookMs } = await typing(0, false);
  expect(keys).toBe('5550135');
  expect(said.keys?.join('')).toBe('5550135');
  expect(tookMs).toBe(7 * 300 + 100);
  expect(said.facts).toEqual({ phone: '5550135' });
});

test('asked again she says it, and a line that was broken off is not typed either', async () => {
  expect((await typing(1, false)).keys).toBe('');
  expect((await typing(0, true)).keys).toBe('');
});
