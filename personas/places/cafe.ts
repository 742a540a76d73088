import type { Place } from '../../harness/model/person.ts';
import type { Chance } from '../../harness/model/seed.ts';
import { pinkNoise } from '../sounds/pink.ts';
import { addTalker } from '../sounds/voices.ts';

const TALKERS = 9;
const CLINKS_PER_SECOND = 0.7;
/** Keeps the loudest moments within full scale. */
const HEADROOM = 0.3;

/** A cup set down: two inharmonic rings that die within a tenth of a second. */
function addClink(onto: Float32Array, rate: number, at: number, dice: Chance): void {
  const low = dice.between(1900, 2700);
  const high = low * dice.between(1.15, 1.3);
  const loudness = dice.between(0.05, 0.2);
  const length = Math.min(onto.length - at, Math.floor(0.15 * rate));
  for (let i = 0; i < length; i++) {
    const t = i / rate;
    const ring = Math.sin(2 * Math.PI * low * t) + 0.6 * Math.sin(2 * Math.PI * high * t);
    onto[at + i] = (onto[at + i] ?? 0) + loudness * Math.exp(-t / 0.025) * ring;
  }
}

const cafe: Place = {
  summary: 'a busy cafe: nine tables talking, the hum of the room, cups',
  noise: (samples, rate, dice) => {
    const room = pinkNoise(samples, dice);
    for (let talker = 0; talker < TALKERS; talker++) addTalker(room, rate, dice.between(0.35, 0.8), dice);
    const clinks = Math.ceil((samples / rate) * CLINKS_PER_SECOND);
    for (let clink = 0; clink < clinks; clink++) addClink(room, rate, Math.floor(dice.between(0, samples)), dice);
    return room.map((value) => value * HEADROOM);
  },
};

export default cafe;
