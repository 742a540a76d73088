import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordingSources } from '../../../harness/run/recording-paths.ts';
import { schemaFiles } from '../../../harness/run/recording-schemas.ts';
import { scoreRecording } from '../../../harness/run/recording-score.ts';
import type { ScoredRecording } from '../../../harness/run/recording-score.ts';
import type { RecordingSource } from '../../../harness/run/recording-sides.ts';
import { metrics } from '../../../harness/run/registry.ts';
import { AGENT, CALLER, conversation, everything, folder, saved, wav } from './recorded.ts';
import type { Writing } from './recorded.ts';

const tools = { metrics: await metrics(), regions: everything };
const score = (source: RecordingSource): Promise<ScoredRecording> => scoreRecording(source, tools);
const stereo = (path: string, caller: 'left' | 'right' = 'left'): RecordingSource => ({ path, caller, told: true });
const truth = { caller: CALLER.map((span) => ({ ...span, kind: 'turn' })) };
const latencies = ({ details }: ScoredRecording): (number | undefined)[] =>
  details.turns.map(({ latencyMs }) => latencyMs);
/** Everything that was measured, without where: what silence at the ends must not change. */
const figures = ({ scored }: ScoredRecording): object[] =>
  scored.scores.map(({ metric, value, u, censored, of }) => ({ metric, value, u, censored, of }));

const WRITINGS: readonly (readonly [string, Writing])[] = [
  ['8-bit', { width: 1 }],
  ['16-bit', {}],
  ['24-bit', { width: 3 }],
  ['32-bit', { width: 4 }],
  ['float', { encoding: 'float', width: 4 }],
  ['double', { encoding: 'float', width: 8 }],
  ['mu-law', { encoding: 'mulaw', width: 1 }],
  ['A-law', { encoding: 'alaw', width: 1 }],
  ['extensible 24-bit', { width: 3, extensible: true }],
  ['extensible float', { encoding: 'float', width: 4, extensible: true }],
  ['RF64', { wide: true }],
  ['chunks before, between and after', { clutter: true }],
  ['a length the writer did not know', { claims: 0xffffffff }],
];

test.each(WRITINGS)('%s: the same replies are read from it', async (_name, writing) => {
  const scored = await score(stereo(saved(wav(conversation(), writing), 'call.wav', truth)));
  const [first = NaN, second = NaN] = latencies(scored);
  // 8 bits bury what is quieter than -48 dBov.
  const within = writing.width === 1 && writing.encoding === undefined ? 15 : 5;
  expect(Math.abs(first - 400)).toBeLessThan(within);
  expect(Math.abs(second - 600)).toBeLessThan(within);
  expect(scored.details.truth).toBe('file');
});

test.each([11_025, 16_000, 22_050, 44_100, 48_000])('%i Hz: replies are where they were', async (rate) => {
  // Held samples keep the edges; what lies above 4 kHz is filtered out again.
  const held = conversation().map((channel) =>
    Int16Array.from({ length: Math.floor(5.5 * rate) }, (_, i) => channel[Math.floor((i * 8000) / rate)] ?? 0),
  );
  const [first = NaN, second = NaN] = latencies(await score(stereo(saved(wav(held, { rate }), 'call.wav', truth))));
  expect(Math.abs(first - 400)).toBeLessThan(6);
  expect(Math.abs(second - 600)).toBeLessThan(6);
});

test('without a truth file the caller is detected, says so, and every uncertainty is wider', async () => {
  const known = await score(stereo(saved(wav(conversation()), 'call.wav', truth)));
  const heard = await score(stereo(saved(wav(conversation()))));
  expect([known.details.truth, heard.details.truth]).toEqual(['file', 'detected']);
  heard.details.turns.forEach((turn, i) => {
    const other = known.details.turns[i];
    expect(turn.uMs).toBeGreaterThan(other?.uMs ?? Infinity);
    expect(Math.abs((turn.latencyMs ?? NaN) - (other?.latencyMs ?? NaN))).toBeLessThanOrEqual(turn.uMs ?? 0);
  });
  const latency = heard.scored.scores.find(({ metric }) => metric === 'turn_latency');
  expect(latency?.u).toBeCloseTo(heard.details.turns[0]?.uMs ?? NaN, 1);
});

test('the caller may be on the right, or in a file of her own', async () => {
  const [caller = new Int16Array(0), agent = new Int16Array(0)] = conversation();
  const left = await score(stereo(saved(wav([caller, agent]))));
  const right = await score(stereo(saved(wav([agent, caller])), 'right'));
  const apart = await score({ path: saved(wav([agent]), 'agent.wav'), callerPath: saved(wav([caller]), 'caller.wav') });
  expect(figures(right)).toEqual(figures(left));
  expect(figures(apart)).toEqual(figures(left));
});

test.each(['detected', 'file'])('silence at either end changes no score (caller %s)', async (known) => {
  const plain = await score(stereo(saved(wav(conversation()), 'call.wav', known === 'file' ? truth : undefined)));
  for (const [before, after] of [
    [1000, 0],
    [0, 2500],
    [3000, 1500],
    [20, 9000],
  ] as const) {
    const padded = conversation().map((channel) => {
      const whole = new Int16Array(channel.length + 8 * (before + after));
      whole.set(channel, 8 * before);
      return whole;
    });
    const moved = CALLER.map(({ startMs, endMs }) => ({
      startMs: startMs + before,
      endMs: endMs + before,
      kind: 'turn',
    }));
    const path = saved(wav(padded), 'call.wav', known === 'file' ? { caller: moved } : undefined);
    const longer = await score(stereo(path));
    expect(figures(longer)).toEqual(figures(plain));
    expect(latencies(longer)).toEqual(latencies(plain));
  }
});

test('the same recording under another name gives the same bytes but for its path', async () => {
  const path = saved(wav(conversation()), 'call.wav', truth);
  const other = join(folder(), 'another name.wav');
  copyFileSync(path, other);
  copyFileSync(path.replace('.wav', '.truth.json'), other.replace('.wav', '.truth.json'));
  const [first, again, renamed] = [await score(stereo(path)), await score(stereo(path)), await score(stereo(other))];
  expect(JSON.stringify(again)).toBe(JSON.stringify(first));
  expect(JSON.stringify(renamed).replaceAll(other, path)).toBe(JSON.stringify(first));
});

test('swapped channels are refused, with what to say instead', async () => {
  const [caller = new Int16Array(0), agent = new Int16Array(0)] = conversation();
  const path = saved(wav([agent, caller]), 'call.wav', truth);
  await expect(score(stereo(path))).rejects.toThrow(/left channel is silent .* swapped; .*--caller right/);
  expect(latencies(await score(stereo(path, 'right')))).toHaveLength(2);
});

test('the truth of another recording is refused', async () => {
  const caller = [{ startMs: 2650, endMs: 2950, kind: 'turn' }];
  await expect(score(stereo(saved(wav(conversation()), 'call.wav', { caller })))).rejects.toThrow(/another recording/);
});

test('an agent that never answers is counted: as waiting while nobody knows, as missed after ten seconds', async () => {
  const [caller = new Int16Array(0)] = conversation();
  const mute = (seconds: number): string => {
    const both = [new Int16Array(8000 * seconds), new Int16Array(8000 * seconds)];
    both[0]?.set(caller);
    return saved(wav(both), 'call.wav', { caller: [{ startMs: 500, endMs: 3900, kind: 'turn' }] });
  };
  const soon = await score(stereo(mute(6)));
  expect(soon.details.turns).toEqual([{ callerEndMs: 3900, outcome: 'recording-ended' }]);
  expect(soon.scored.scores.find(({ metric }) => metric === 'turn_latency')).toMatchObject({ censored: true });
  const long = await score(stereo(mute(15)));
  const missed = long.scored.scores.find(({ metric }) => metric === 'missed_turn');
  expect(missed?.value).toBe(1);
});

test('an interruption of the truth is measured to where the agent stopped', async () => {
  const caller = [...truth.caller, { startMs: 4700, endMs: 5400, kind: 'interruption' }];
  const [own = new Int16Array(0), agent = new Int16Array(0)] = conversation();
  const { details } = await score(stereo(saved(wav([own, agent]), 'call.wav', { caller })));
  const [stop] = details.stimuli;
  expect(stop).toMatchObject({ kind: 'interruption', onsetMs: 4700, yielded: true });
  expect(Math.abs((stop?.stopMs ?? NaN) - (AGENT[1].endMs - 4700))).toBeLessThan(10);
});

test('a folder is its WAV files, and two mono files are one call', () => {
  const path = saved(wav(conversation()));
  expect(recordingSources([join(path, '..')], undefined)).toEqual([{ path, caller: 'left', told: false }]);
  expect(recordingSources(['agent.wav'], path)).toEqual([{ path: 'agent.wav', callerPath: path }]);
  expect(() => recordingSources([path, path], path)).toThrow(/two mono files are one call/);
  expect(() => recordingSources([folder()], undefined)).toThrow(/holds no \.wav/);
  expect(() => recordingSources([path], 'middle')).toThrow(/left, right, or the caller's own/);
});

test('the shipped schemas are those of the code (node scripts/schemas.ts writes them)', () => {
  for (const [name, schema] of Object.entries(schemaFiles)) {
    const shipped = readFileSync(new URL(`../../../schemas/${name}`, import.meta.url), 'utf8');
    expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(schema)));
  }
});
