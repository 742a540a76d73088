import type { Chance } from '../../harness/model/seed.ts';
import { telephoneBand } from '../../harness/speech/dsp/filter.ts';
import { activeLevel, amplify, filter, padded, resample, throughG711, withNoise, type Signal } from './signal.ts';

/** Active level of speech on the line, dBov, as the harness sends it. */
const LINE_LEVEL = -26;

/** Level of the noise a silent line carries, dBov. */
const FLOOR_LEVEL = -65;

/** Noise to add: samples at 8 kHz at least as long as the utterance, and its distance below the speech in dB. */
export interface Background {
  readonly samples: Float32Array;
  readonly snrDb: number;
}

/** What the phone passes: the harness's own telephone band, or a gentler one. */
export type Band = (signal: Signal) => Signal;

/** The band every call of the harness has, 250 to 3400 Hz, at 8 kHz. */
export function harnessBand(signal: Signal): Signal {
  const narrow = resample(signal, 8000);
  return { rate: 8000, samples: telephoneBand(narrow.samples, 8000) };
}

/** A phone that cuts less sharply, at 8 kHz: so that the model does not live off one filter. */
export function gentleBand(signal: Signal): Signal {
  return filter(filter(resample(signal, 8000), 'high-pass', 250), 'low-pass', 3500);
}

/** Speech as it arrives over a telephone: band, level, background, floor and G.711, at 8 kHz. */
export function overTelephone(speech: Signal, band: Band, background: Background | undefined, dice: Chance): Signal {
  const passed = band(speech);
  const levelled = amplify(passed, LINE_LEVEL - activeLevel(passed));
  const framed = padded(levelled, dice.between(0.1, 0.35), dice.between(0.1, 0.35));
  const noisy = background
    ? withNoise(framed, band({ rate: 8000, samples: background.samples }).samples, background.snrDb)
    : framed;
  const floor = 10 ** (FLOOR_LEVEL / 20);
  return throughG711({ rate: noisy.rate, samples: noisy.samples.map((sample) => sample + floor * dice.normal()) });
}

/** Muffled, quiet and hurried speech before the telephone: the harness's mumbling, less the faster rate. */
export function mumbled(speech: Signal): Signal {
  return filter(filter(speech, 'low-pass', 1200), 'low-pass', 1200);
}
