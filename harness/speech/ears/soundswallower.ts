import { fileURLToPath } from 'node:url';
import type { EarKind } from '../../model/speech.ts';
import { openEarWith } from '../soundswallower/ear.ts';
import type { EarModel } from '../soundswallower/ear.ts';

/**
 * Beams as the engine has them; at most 1500 states a frame halve the work on the reference grammars and cost no accuracy
 * (measured on 10 sentences, two voices).
 */
const SEARCH = { maxhmmpf: 1500, lw: 3 };

/** The model that comes with SoundSwallower: US English, 16 kHz speech, run at the telephone's rate. */
export function stockModel(): EarModel {
  const dir = fileURLToPath(new URL('./model/en-us', import.meta.resolve('soundswallower')));
  return { dir, dictionary: `${dir}/dict.txt`, settings: SEARCH };
}

const soundswallower: EarKind = {
  summary: 'SoundSwallower: words of a grammar, offline, in WebAssembly',
  missing: async () => {
    try {
      import.meta.resolve('soundswallower');
      return undefined;
    } catch {
      return 'The SoundSwallower ear is not installed; run `npm install soundswallower`';
    }
  },
  open: (workers) => openEarWith(stockModel(), workers),
};

export default soundswallower;
