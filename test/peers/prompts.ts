import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MASTER_RATE, PHONE_RATE } from '../../harness/model/audio.ts';
import { encodeG711 } from '../../harness/rtp/g711.ts';
import { resample } from '../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../harness/speech/dsp/samples.ts';
import flite from '../../harness/speech/voices/flite.ts';

/** Writes `prompt-1.ul` and on, mu-law at 8 kHz, into `folder`: a synthetic voice stands for somebody's recordings. */
export async function recordPrompts(folder: string, texts: readonly string[]): Promise<void> {
  const voice = await flite.open();
  try {
    for (const [n, text] of texts.entries()) {
      const { samples } = await voice.speak(text, { engine: 'flite', name: 'awb', rate: 1 });
      const phone = toPcm(resample(toFloats(samples), MASTER_RATE, PHONE_RATE));
      await writeFile(join(folder, `prompt-${n + 1}.ul`), encodeG711('PCMU', phone));
    }
  } finally {
    await voice.close();
  }
}
