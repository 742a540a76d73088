import type { Pcm } from '../../../harness/model/audio.ts';
import type { Tracks } from '../../../harness/model/record.ts';
import { chance } from '../../../harness/model/seed.ts';
import { ms } from '../../../harness/model/time.ts';

export const RATE = 8000;

/** White noise at `db` dBov for the whole channel. */
export function noise(seconds: number, db: number, seed = 1): Pcm {
  const dice = chance(seed);
  const rms = 32768 * 10 ** (db / 20);
  return Int16Array.from({ length: seconds * RATE }, () => Math.round(rms * dice.normal()));
}

/** A voiced sound of `pitch` Hz with harmonics, added at `from` to `to` seconds, `db` dBov, hard edges. */
export function voiced(onto: Pcm, from: number, to: number, db: number, pitch = 120): Pcm {
  const mixed = Int16Array.from(onto);
  const amplitude = (32768 * 10 ** (db / 20)) / Math.sqrt(4);
  for (let i = Math.round(from * RATE); i < Math.round(to * RATE); i++) {
    const phase = (2 * Math.PI * pitch * i) / RATE;
    let wave = 0;
    for (let harmonic = 1; harmonic <= 8; harmonic++) wave += Math.cos(harmonic * phase + harmonic * harmonic);
    mixed[i] = Math.max(-32768, Math.min(32767, Math.round((mixed[i] ?? 0) + amplitude * wave)));
  }
  return mixed;
}

/** `samples` as the agent's channel, sample 0 at call time `origin`. */
export function tracksOf(agent: Pcm, origin = 0, lost: Tracks['lost'] = [], caller: Pcm = new Int16Array(0)): Tracks {
  return {
    rate: RATE,
    caller,
    callerOrigin: ms(0),
    agent,
    maps: [{ ssrc: 1, from: 0, to: agent.length, originMs: ms(origin), msPerSample: 1000 / RATE }],
    lost,
  };
}
