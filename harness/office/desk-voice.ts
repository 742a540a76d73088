import type { Pcm } from '../model/audio.ts';
import { MASTER_RATE, PHONE_RATE } from '../model/audio.ts';
import type { Voice, VoiceChoice } from '../model/speech.ts';
import { resample } from '../speech/dsp/resample.ts';
import { toFloats, toPcm } from '../speech/dsp/samples.ts';
import { wordings } from './questions.ts';

/** Who sits at the desks. */
export const DESK_VOICE: VoiceChoice = { engine: 'flite', name: 'rms', rate: 1 };

/** What a desk says when it has the call and needs nothing. */
const WHOLE = 'I have everything in front of me, thank you.';
const THANKS = 'Thank you, I have everything now.';

/** Everything the desks can say, at the line's rate, made before the phone rings. */
export interface DeskSpeech {
  greeting(desk: string): Pcm;
  question(text: string): Pcm;
  /** `asked`: after so many questions. */
  closing(asked: number): Pcm;
}

const greetingOf = (desk: string): string => `Hello, this is ${desk === 'front desk' ? 'the front desk' : desk}.`;

/** Has a voice say everything once. */
export async function prepareDesks(voice: Voice, desks: readonly string[]): Promise<DeskSpeech> {
  const texts = [...desks.map(greetingOf), ...wordings, WHOLE, THANKS];
  const clips = new Map<string, Pcm>();
  for (const text of texts) {
    const { samples } = await voice.speak(text, DESK_VOICE);
    clips.set(text, toPcm(resample(toFloats(samples), MASTER_RATE, PHONE_RATE)));
  }
  const clip = (text: string): Pcm => clips.get(text) ?? new Int16Array(0);
  return {
    greeting: (desk) => clip(greetingOf(desk)),
    question: clip,
    closing: (asked) => clip(asked === 0 ? WHOLE : THANKS),
  };
}
