import type { VoiceChoice } from '../../harness/model/speech.ts';

/** The voices there are: those of flite. */
export const VOICES = ['slt', 'rms', 'awb', 'kal16'] as const;

/** Hz of what is spoken: OpenAI's own. */
export const SPEECH_RATE = 24_000;

/** How fast a voice may be told to speak. */
export const SPEEDS = { least: 0.3, most: 3 } as const;

export const voiceNamed = (name: (typeof VOICES)[number], rate: number): VoiceChoice => ({
  engine: 'flite',
  name,
  rate,
});

/** Samples as they go out: 16 bits, little-endian. */
export function littleEndian(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * 2);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, i) => view.setInt16(i * 2, sample, true));
  return bytes;
}
