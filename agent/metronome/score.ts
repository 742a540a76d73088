import type { Pcm } from '../../harness/model/audio.ts';
import type { MetronomeAct, MetronomeProgramme } from '../../harness/model/metronome.ts';
import { chance, hashSeed } from '../../harness/model/seed.ts';
import type { Voice } from '../../harness/model/speech.ts';
import { metronomeSound } from './sound.ts';

/** An act with its sounds made: nothing is left to do once the phone has been answered. */
export interface ReadyAct {
  readonly act: MetronomeAct;
  readonly sound: Pcm;
  readonly inPause: Pcm | undefined;
}

/** Makes every sound of a programme. */
export function readied(
  programme: MetronomeProgramme,
  rate: number,
  voice: (engine: string) => Promise<Voice>,
): Promise<readonly ReadyAct[]> {
  return Promise.all(
    programme.acts.map(async (act) => ({
      act,
      sound: await metronomeSound(act.sound, rate, voice),
      inPause: act.inPause && (await metronomeSound(act.inPause.sound, rate, voice)),
    })),
  );
}

/** What lies under everything the metronome sends: white noise at `floorDb`, 4 s of it, or digital silence. */
export function noiseBed(floorDb: number | undefined, rate: number, seed: number): Pcm {
  if (floorDb === undefined) return new Int16Array(rate);
  const { normal } = chance(hashSeed(seed, 'metronome-bed'));
  const rms = 32_768 * 10 ** (floorDb / 20);
  return Int16Array.from({ length: 4 * rate }, () => Math.round(rms * normal()));
}
