/** Mono 16-bit linear samples. */
export type Pcm = Int16Array;

/** Samples with their rate. Master audio is 16 kHz; a telephone line's is 8 kHz, one of the wide band 16 kHz. */
export interface Audio {
  readonly rate: number;
  readonly samples: Pcm;
}

/** A word and where it sounds, in milliseconds from the first sample of its audio. */
export interface WordTime {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** The rate of a master recording, in Hz. */
export const MASTER_RATE = 16_000;

/** The rate of a telephone line with G.711, in Hz (RFC 3551 section 4.5.14). */
export const PHONE_RATE = 8_000;

/** The rate of a phone of the wide band, in Hz: G.722, and Opus as we use it. */
export const WIDE_RATE = 16_000;

/** Joins pieces of audio of one rate. */
export function concatPcm(pieces: readonly Pcm[]): Pcm {
  const whole = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
