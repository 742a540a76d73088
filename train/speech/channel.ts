import type { Chance } from '../../harness/model/seed.ts';
import { activeLevel, amplify, filter, padded, telephoneBand, throughG711, withNoise, type Signal } from './signal.ts';

/** Active level of speech on the line, dBov, as the harness sends it. */
const LINE_LEVEL = -26;

/** Level of the noise a silent line carries, dBov. */
const FLOOR_LEVEL = -65;

/** Noise to add: samples at 8 kHz at least as long as the utterance, and its distance below the speech in dB. */
export interface Background {
  readonly samples: Float32Array;
  readonly snrDb: number;
}

/** Speech as it arrives over a telephone: band, level, background, floor and G.711, at 8 kHz. */
export function overTelephone(speech: Signal, background: Background | undefined, dice: Chance): Signal {
  const band = telephoneBand(speech);
  const levelled = amplify(band, LINE_LEVEL - activeLevel(band));
  const framed = padded(levelled, dice.between(0.1, 0.35), dice.between(0.1, 0.35));
  const noisy = background ? withNoise(framed, background.samples, background.snrDb) : framed;
  const floor = 10 ** (FLOOR_LEVEL / 20);
  return throughG711({ rate: noisy.rate, samples: noisy.samples.map((sample) => sample + floor * dice.normal()) });
}

/** Muffled, quiet and hurried speech before the telephone: the harness's mumbling, less the faster rate. */
export function mumbled(speech: Signal): Signal {
  return filter(filter(speech, 'low-pass', 1200), 'low-pass', 1200);
}
