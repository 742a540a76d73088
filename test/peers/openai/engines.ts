import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '../../../agent/ear/read.ts';
import { telephoneBand } from '../../../harness/speech/dsp/filter.ts';
import { resample } from '../../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../../harness/speech/dsp/samples.ts';
import ears from '../../../harness/speech/ears/openai.ts';
import voices from '../../../harness/speech/voices/openai.ts';
import { openBench } from './open.ts';
import type { Bench } from './open.ts';

export function earAndVoice(): void {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  test('words that the agent speaks and hears through the server are others than without it', async () => {
    const named = { engine: 'openai', url: bench.server.url };
    const [ear, voice] = await Promise.all([ears.open(1, undefined, named), voices.open(undefined, named)]);
    const spoken = await voice.speak('five five five, nine four seven two', { engine: 'openai', name: 'rms', rate: 1 });
    const line = toPcm(telephoneBand(resample(toFloats(spoken.samples), 16_000, 8000), 8000));
    const hearing = ear.listen('phone');
    const partial = new Set<string>();
    for (let at = 0; at < line.length; at += 640) partial.add((await hearing.push(line.subarray(at, at + 640))).text);
    const final = await hearing.finish();
    await Promise.all([ear.close(), voice.close()]);
    expect(read(final.text, 'phone').slots['phone']).toBe('5559472');
    expect(partial.size, 'it is understood as it grows').toBeGreaterThan(2);
  });
}
