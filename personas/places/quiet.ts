import type { Place } from '../../harness/model/person.ts';

const quiet: Place = {
  summary: 'a quiet room: nothing but the line',
  noise: (samples) => new Float32Array(samples),
};

export default quiet;
