import { openVad } from '../harness/speech/vad.ts';
import soundswallower from '../harness/speech/ears/soundswallower.ts';
import flite from '../harness/speech/voices/flite.ts';
import type { Engines } from './agent.ts';
import { grammars, pronunciations } from './ear/grammars.ts';

/** Engines that were opened, to be closed again. */
export interface OpenEngines extends Engines {
  close(): Promise<void>;
}

/** Opens the embedded engines with every grammar compiled; `workers` ears share the calls. `memory`: a file of earlier decodes. */
export async function openEngines(workers: number, memory?: string): Promise<OpenEngines> {
  const [voice, ear, vad] = await Promise.all([flite.open(), soundswallower.open(workers, memory), openVad()]);
  await ear.prepare(grammars, pronunciations);
  return {
    voice,
    ear,
    vad: () => vad.stream(),
    close: async () => {
      await Promise.all([voice.close(), ear.close(), vad.close()]);
    },
  };
}
