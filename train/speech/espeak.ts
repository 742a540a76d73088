import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { UsageError } from '../../harness/model/errors.ts';
import { decodeWav } from '../../harness/model/wav.ts';
import type { Signal } from './signal.ts';

/** Words per minute and pitch (0 to 99), as on espeak-ng's command line. */
export interface EspeakManner {
  readonly speed: number;
  readonly pitch: number;
}

/** English accents of eSpeak NG that are in training, the commoner ones more often. */
export const ESPEAK_ACCENTS: readonly string[] =
  'en-us en-us en-us en-gb-x-rp en-gb en-gb-scotland en-gb-x-gbclan en-gb-x-gbcwmd en-us-nyc en-029'.split(' ');

/** Voice variants in training. linda, grandma and adam are held out for measuring and must not be added. */
export const ESPEAK_VARIANTS: readonly string[] = (
  'm1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f3 f4 f5 Alex Alicia Andrea Andy Annie Denis Diogo Gene Hugo Lee Marco Mario Michael ' +
  'Mike anika antonio belinda benjamin boris caleb david ed edward john max michel norbert paul quincy rob robert ' +
  'shelby steph travis victor zac grandpa aunty'
).split(' ');

/** Says one sentence with the separate program espeak-ng. */
export async function espeakSay(text: string, voice: string, manner: EspeakManner): Promise<Signal> {
  const settings = ['-s', manner.speed, '-p', manner.pitch].map(String);
  const run = promisify(execFile);
  const { stdout } = await run('espeak-ng', ['-v', voice, ...settings, '--stdout', text], {
    encoding: 'buffer',
    maxBuffer: 64 << 20,
  });
  const { rate, channels } = decodeWav(stdout, `espeak-ng's "${text}"`);
  return { rate, samples: Float32Array.from(channels[0] ?? [], (sample) => sample / 32768) };
}

/** Throws UsageError when espeak-ng is not installed. */
export function needEspeak(): void {
  try {
    execFileSync('espeak-ng', ['--version']);
  } catch {
    throw new UsageError('espeak-ng is not installed; add it with: apt-get install espeak-ng');
  }
}
