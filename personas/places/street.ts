import type { Place } from '../../harness/model/person.ts';
import type { Chance } from '../../harness/model/seed.ts';
import { pinkNoise } from '../sounds/pink.ts';

/** One car passes about this often, s. */
const CAR_EVERY = 3.5;
/** Keeps the loudest moments within full scale. */
const HEADROOM = 0.3;

/** A car passing by: tyre noise that swells and fades, darker than the air around it. */
function addCar(onto: Float32Array, rate: number, dice: Chance): void {
  const middle = dice.between(0, onto.length);
  const spread = dice.between(0.5, 1.4) * rate;
  const loudness = dice.between(1, 3);
  const darkness = Math.exp((-2 * Math.PI * dice.between(500, 1300)) / rate);
  const from = Math.max(0, Math.floor(middle - 3 * spread));
  const to = Math.min(onto.length, Math.ceil(middle + 3 * spread));
  let held = 0;
  for (let i = from; i < to; i++) {
    held = darkness * held + (1 - darkness) * dice.normal() * 0.2;
    onto[i] = (onto[i] ?? 0) + loudness * held * Math.exp(-0.5 * ((i - middle) / spread) ** 2);
  }
}

const street: Place = {
  summary: 'beside a road: the rush of traffic, a car every few seconds',
  noise: (samples, rate, dice) => {
    const air = pinkNoise(samples, dice);
    const cars = Math.ceil(samples / rate / CAR_EVERY);
    for (let car = 0; car < cars; car++) addCar(air, rate, dice);
    return air.map((value) => value * HEADROOM);
  },
};

export default street;
