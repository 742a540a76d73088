import type { Pcm } from '../model/audio.ts';
import { concatPcm } from '../model/audio.ts';
import type { Ear, Hearing } from '../model/speech.ts';
import type { Clock } from '../model/time.ts';

/** What a listening mind does with the agent's audio. */
export interface Attention {
  listen(samples: Pcm): void;
  /** What was heard before has been answered. */
  forget(): void;
  /** All words heard since she last spoke; the audio so far is heard out first. */
  words(): Promise<string>;
}

/** Frames are decoded in pieces of this many, while the agent still speaks. */
const PIECE = 10;

/** Listens with `ear`, which must have prepared `grammar`. */
export function payAttention(ear: Ear, grammar: string, clock: Clock): Attention {
  let hearing: Hearing | undefined;
  let frames: Pcm[] = [];
  let text = '';
  const flush = (): void => {
    if (frames.length === 0) return;
    hearing ??= ear.listen(grammar);
    // What a piece meant is asked for at the end; a failure shows there again.
    hearing.push(concatPcm(frames)).catch(() => undefined);
    frames = [];
  };
  return {
    listen(samples) {
      frames.push(samples);
      if (frames.length >= PIECE) flush();
    },
    forget() {
      hearing?.abandon();
      hearing = undefined;
      frames = [];
      text = '';
    },
    async words() {
      flush();
      const over = hearing;
      hearing = undefined;
      const heard = over && (await clock.hold(over.finish()));
      text = [text, heard?.text ?? ''].filter(Boolean).join(' ');
      return text;
    },
  };
}
