import type { Place } from '../../harness/model/person.ts';
import { pinkNoise } from '../sounds/pink.ts';

const pink: Place = {
  summary: 'pink noise: steady, the same at every instant; for calibration',
  noise: (samples, _rate, dice) => pinkNoise(samples, dice),
};

export default pink;
