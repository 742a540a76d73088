import type { Pcm, WordTime } from './audio.ts';
import type { EngineName } from './makeup.ts';

/** Which voice speaks, and how fast. */
export interface VoiceChoice {
  /** File name in harness/speech/voices, e.g. `flite`. */
  readonly engine: string;
  /** The engine's own name for it, e.g. `slt`. */
  readonly name: string;
  /** 1 is the engine's own pace; 1.2 is faster. */
  readonly rate: number;
}

/** A clause that was spoken: trimmed of leading silence, levelled to -26 dBov active (P.56), 16 kHz. */
export interface Spoken {
  readonly text: string;
  readonly samples: Pcm;
  readonly words: readonly WordTime[];
}

/** Text to speech. Engines run in workers. */
export interface Voice {
  /** Speaks one clause or sentence. Same text and choice, same samples. */
  speak(text: string, choice: VoiceChoice): Promise<Spoken>;
  /** What else the sound depends on, e.g. the hash of a recording; none: on text and choice alone. */
  stamp?(text: string, choice: VoiceChoice): string;
  /** Those of `texts` it can never say: sentences nobody recorded. Left out: it says anything. */
  lacks?(texts: readonly string[], choice: VoiceChoice): readonly string[];
  close(): Promise<void>;
}

/** What a file in harness/speech/voices default-exports. */
export interface VoiceKind {
  readonly summary: string;
  /** The names it can speak with here and now, the usual one first. `beside` is the folder of a user's suite. */
  voices(beside?: string, named?: EngineName): Promise<readonly string[]>;
  /** One sentence with the command that adds it, when it is not installed; undefined when it is. */
  missing(named?: EngineName): Promise<string | undefined>;
  /** `named` tells which model, and where it is reached, for an engine that has several. */
  open(beside?: string, named?: EngineName): Promise<Voice>;
}

/** What was understood of a stretch of speech. */
export interface Heard {
  /** Lower-case words, without the grammar's garbage. Empty when nothing was understood. */
  readonly text: string;
  /** Share of the decoded words that fell to the garbage path, 0 to 1. */
  readonly garbage: number;
  /**
   * The words of `text` in their places, with `~` for each that fell to the garbage path: "~ five five ~ ~".
   * Undefined from an ear that does not tell.
   */
  readonly outline?: string;
  /** Why an engine that failed understood nothing, in one line: nothing was said is something else. */
  readonly trouble?: string;
}

/** One utterance being listened to. Calls are answered in order. */
export interface Hearing {
  /** Adds audio at the ear's rate; resolves with what is understood so far. */
  push(samples: Pcm): Promise<Heard>;
  finish(): Promise<Heard>;
  /** Forgets it. */
  abandon(): void;
}

/** Speech to words. */
export interface Ear {
  /** Hz of the samples it takes. */
  readonly rate: number;
  /**
   * Compiles JSGF grammars by name; they may refer to `<garbage>`, any words outside them.
   * `pronunciations` (ARPAbet phones by word) adds ways of saying; a word it cannot pronounce is an error that names it.
   */
  prepare(grammars: Readonly<Record<string, string>>, pronunciations?: Readonly<Record<string, string>>): Promise<void>;
  /** Begins an utterance in the state `name`. */
  listen(name: string): Hearing;
  close(): Promise<void>;
}

/** A word that was written down, in ms from the first sample of its stretch. */
export interface WrittenWord {
  readonly text: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Uncertainty of both bounds. */
  readonly uMs: number;
}

/** Writes down whatever is said, after the call: what an agent that makes no claims has said. */
export interface Transcriber {
  /** Hz of the samples it takes. */
  readonly rate: number;
  /** The words of one stretch of speech, in order. Same samples, same words, or the stored ones count. */
  transcribe(samples: Pcm): Promise<readonly WrittenWord[]>;
  close(): Promise<void>;
}

/** What a file in harness/speech/ears default-exports. */
export interface EarKind {
  readonly summary: string;
  /** One sentence with the command that adds it, when it is not installed; undefined when it is. */
  missing(named?: EngineName): Promise<string | undefined>;
  /**
   * `workers` threads share the utterances. What was heard before is read from the file `memory`, and kept there.
   * `named` tells which model, and where it is reached, for an engine that has several.
   */
  open(workers: number, memory?: string, named?: EngineName): Promise<Ear>;
  /** Left out by an ear that hears only what its grammar holds: words it made of anything else would be invented. */
  transcriber?(named?: EngineName): Promise<Transcriber>;
}

/** Voice activity of one stream, 8 kHz. */
export interface Vad {
  /** Adds samples; resolves with one probability per completed window. */
  push(samples: Pcm): Promise<readonly number[]>;
  /** Samples per window. */
  readonly window: number;
}
