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

/** A sentence as it comes over the telephone, with the line's own noise and `quietMs` of it behind. */
export async function overTheTelephone(voice: Voice, sentence: string, name: string, quietMs = 0): Promise<Pcm> {
  const { samples } = await voice.speak(sentence, { engine: 'flite', name, rate: 1 });
  const phone = levelled(telephoneBand(resample(toFloats(samples), MASTER_RATE, PHONE_RATE), PHONE_RATE), PHONE_RATE);
  const whole = new Float32Array(phone.length + (quietMs * PHONE_RATE) / 1000);
  whole.set(phone);
  const dice = chance(1);
  const line = toPcm(whole).map((sample) => sample + Math.round(dice.normal() * FLOOR));
  return decodeG711('PCMU', encodeG711('PCMU', line));
}
