import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EarKind } from '../../model/speech.ts';
import { openEarWith } from '../soundswallower/ear.ts';
import type { EarModel } from '../soundswallower/ear.ts';

/**
 * Wide beams, since everyday words compete with every phrase: on the demo's own lines they understood 210 of 236 where
 * the engine's own beams understood 188, at 1.6 times the cost. At most 800 states a frame, and a look at every second
 * frame's densities, cost a quarter less than 1500 and every frame, and understood 238 instead of 239 of 259 lines.
 */
const SEARCH = { beam: 1e-80, pbeam: 1e-80, wbeam: 1e-50, maxhmmpf: 800, ds: 2, lw: 3 };

/** The model that comes with SoundSwallower: US English, 16 kHz speech, run at the telephone's rate. */
export function stockModel(): EarModel {
  const dir = fileURLToPath(new URL('./model/en-us', import.meta.resolve('soundswallower')));
  return { dir, dictionary: `${dir}/dict.txt`, settings: SEARCH };
}

/** The project's own model, trained on synthetic telephone speech; words are looked up in the stock dictionary. */
export function ownModel(): EarModel {
  const dir = fileURLToPath(new URL('../models/ear-8k', import.meta.url));
  return { dir, dictionary: stockModel().dictionary, settings: SEARCH };
}

/** The project's own model where it is there: it costs a third and holds in a cafe; see its card. Else the stock one. */
function defaultModel(): EarModel {
  const own = ownModel();
  return existsSync(`${own.dir}/mdef`) ? own : stockModel();
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
  open: (workers, memory) => openEarWith(defaultModel(), workers, memory),
};

export default soundswallower;
