import { MASTER_RATE, PHONE_RATE } from '../../harness/model/audio.ts';
import type { Pcm } from '../../harness/model/audio.ts';
import { chance } from '../../harness/model/seed.ts';
import type { Voice } from '../../harness/model/speech.ts';
import { decodeG711, encodeG711 } from '../../harness/rtp/g711.ts';
import { telephoneBand } from '../../harness/speech/dsp/filter.ts';
import { levelled } from '../../harness/speech/dsp/level.ts';
import { resample } from '../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../harness/speech/dsp/samples.ts';

/** -65 dBov. */
const FLOOR = 32_768 * 10 ** (-65 / 20);

/** A sentence as a telephone brings it: a flite voice in the telephone's band and at its level, over the line's noise, through PCMU. */
export async function overTheTelephone(voice: Voice, sentence: string, name: string): Promise<Pcm> {
  const { samples } = await voice.speak(sentence, { engine: 'flite', name, rate: 1 });
  const phone = telephoneBand(resample(toFloats(samples), MASTER_RATE, PHONE_RATE), PHONE_RATE);
  const dice = chance(1);
  const line = toPcm(levelled(phone, PHONE_RATE)).map((sample) => sample + Math.round(dice.normal() * FLOOR));
  return decodeG711('PCMU', encodeG711('PCMU', line));
}
