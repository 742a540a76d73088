import type OpenAI from 'openai';
import { MASTER_RATE } from '../../model/audio.ts';
import type { Audio } from '../../model/audio.ts';
import { UsageError } from '../../model/errors.ts';
import type { EngineName } from '../../model/makeup.ts';
import type { Spoken, Voice, VoiceChoice, VoiceKind } from '../../model/speech.ts';
import { decodeWav } from '../../model/wav.ts';
import { ms } from '../../model/time.ts';
import { clean, NOTHING } from '../clause.ts';
import { resample } from '../dsp/resample.ts';
import { toFloats } from '../dsp/samples.ts';
import { tokensOf } from '../flite/text.ts';
import { greeted, isTheirs, missingService, tried, troubleOf } from '../openai/service.ts';
import { spreadTimes } from '../written.ts';

/** Voices of the service. */
const VOICES = 'alloy ash ballad cedar coral echo fable marin nova onyx sage shimmer verse'.split(' ');
const MODEL = 'gpt-4o-mini-tts';
/** Those of `hangup serve-openai`; any other server's must be named. */
const LOCAL_VOICES = ['slt', 'rms', 'awb', 'kal16'];
const LOCAL_MODEL = 'hangup-flite';
/** What the service calls `pcm`: 16 bits, little-endian, mono, at this rate. */
const SERVICE_RATE = 24_000;
/** A try takes no longer: behind it the caller waits. */
const LIMIT = ms(10_000);
/** What it is asked to say first, to nobody. */
const GREETING = 'Hello.';
/** The service takes no longer text; a minute is more than any clause. */
const LONGEST_TEXT = 4096;
const LONGEST_BYTES = 60 * SERVICE_RATE * 2;

/**
 * OpenAI's speech, or any server that speaks its protocol: `openai[:VOICE][@URL]` or `openai:MODEL/VOICE[@URL]`, else at
 * `OPENAI_BASE_URL`, with the key in `OPENAI_API_KEY`. A clause is made whole before it is said, so that asking once more
 * never says anything twice. The service tells no word times: those given are estimates, by the words' lengths.
 */
const openai: VoiceKind = {
  summary: `OpenAI speech, or any server with its protocol: ${VOICES.join(', ')}; needs OPENAI_API_KEY or a URL`,
  voices: async (_beside, named) => voicesOf(named),
  missing: async (named) => missingService('voice', named),
  open: async (_beside, named) => {
    const asked = askedOf(
      GREETING,
      { engine: 'openai', name: named?.model ?? voicesOf(named)[0] ?? '', rate: 1 },
      named,
    );
    const greet = (service: OpenAI) => tried(LIMIT, undefined, (signal) => sent(service, asked, signal));
    return openVoice(await greeted('voice', named, greet), named);
  },
};

export default openai;

const voicesOf = (named: EngineName | undefined): readonly string[] => (isTheirs(named) ? VOICES : LOCAL_VOICES);

const sent = async (service: OpenAI, asked: Asked, signal: AbortSignal): Promise<Buffer> =>
  bytesOf(await service.audio.speech.create(asked, { signal }));

function openVoice(service: OpenAI, named: EngineName | undefined): Voice {
  const spoken = new Map<string, Promise<Spoken>>();
  const closing = new AbortController();
  return {
    speak: async (text, choice) => {
      const asked = askedOf(text, choice, named);
      const key = JSON.stringify(asked);
      const known = spoken.get(key) ?? speak(service, text, asked, closing.signal);
      spoken.set(key, known);
      known.catch(() => spoken.delete(key));
      return known;
    },
    close: async () => closing.abort(),
  };
}

type Asked = OpenAI.Audio.SpeechCreateParams & { readonly voice: string };

/** A choice made for another engine says nothing here; the voice that was named does then. */
function askedOf(text: string, { engine, name, rate }: VoiceChoice, named: EngineName | undefined): Asked {
  if (text.length > LONGEST_TEXT) {
    throw new UsageError(`the OpenAI voice takes texts of ${LONGEST_TEXT} characters, not of ${text.length}; split it`);
  }
  const wanted = (engine === 'openai' ? name : named?.model) ?? voicesOf(named)[0] ?? '';
  const [voice = '', model = isTheirs(named) ? MODEL : LOCAL_MODEL] = wanted.split('/').reverse();
  return { input: text, model, voice, speed: Math.max(0.25, Math.min(4, rate)), response_format: 'pcm' };
}

async function speak(service: OpenAI, text: string, asked: Asked, closing: AbortSignal): Promise<Spoken> {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return { ...NOTHING, text };
  const bytes = await tried(LIMIT, closing, (signal) => sent(service, asked, signal)).catch((error: unknown) => {
    throw new Error(`the OpenAI voice ${asked.voice}: ${troubleOf(error)}`, { cause: error });
  });
  const { samples: pcm, rate } = audioIn(bytes, asked.voice);
  const samples = resample(toFloats(pcm), rate, MASTER_RATE);
  return clean({ text, samples, words: spreadTimes(tokens, samples, MASTER_RATE) });
}

/** The bytes of an answer, however long it says it is. */
async function bytesOf(response: Response): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    pieces.push(piece);
    length += piece.length;
    if (length > LONGEST_BYTES) throw new Error('sent more than a minute of speech for one clause');
  }
  return Buffer.concat(pieces);
}

/** Samples as they were asked for; some servers send a WAV file all the same, at a rate of their own. */
function audioIn(bytes: Buffer, voice: string): Audio {
  if (bytes.subarray(0, 4).toString('latin1') === 'RIFF') {
    const { rate, channels } = decodeWav(bytes, `what the OpenAI voice ${voice} sent`);
    return { rate, samples: channels[0] ?? new Int16Array() };
  }
  const samples = Int16Array.from({ length: Math.floor(bytes.length / 2) }, (_, i) => bytes.readInt16LE(2 * i));
  return { rate: SERVICE_RATE, samples };
}
