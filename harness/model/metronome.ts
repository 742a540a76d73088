import type { Sender } from './line.ts';
import type { VoiceChoice } from './speech.ts';

/** The signal-to-noise ratio that stands for digital silence behind the speech: the range of 16 bits, dB. */
export const DIGITAL_SILENCE_DB = 96;

/** The level of everything the metronome plays, dBov active (P.56). */
export const METRONOME_DB = -26;

/** Under what conditions a metronome call takes place: one cell of the accuracy table, beside line and codec. */
export interface MetronomeConditions {
  /** The metronome's sound above the white noise of its channel, dB; 96 is digital silence. */
  readonly snrDb: number;
  /** What it sends while it is silent. */
  readonly silence: NonNullable<Sender['silence']>;
  /** Network between it and us; the way to it is clean, so that it knows when its stimulus came. */
  readonly jitterMs: number;
  readonly loss: number;
  /** How much faster its media clock runs than ours, parts per million. */
  readonly skewPpm: number;
  /** How often it goes on as another RTP source in mid-call. */
  readonly newSources: number;
}

/** An ordinary agent on an ordinary line: a floor of -65 dBov, nothing wrong. */
export const ORDINARY: MetronomeConditions = {
  snrDb: 39,
  silence: 'sound',
  jitterMs: 0,
  loss: 0,
  skewPpm: 0,
  newSources: 0,
};

/** What a plan says of a call to the metronome. What the metronome will do is not in the plan: nobody who scores knows it. */
export interface MetronomeCall {
  readonly conditions: MetronomeConditions;
  /** `edges`: vowels that start and stop in one sample; `voices`: speech, soft onsets and fades among them. */
  readonly sounds: 'edges' | 'voices';
}

/** What the metronome plays: a sung vowel, rising over `risesMs`, or a voice. */
export type MetronomeSound =
  | { readonly kind: 'vowel'; readonly lengthMs: number; readonly risesMs: number }
  | { readonly kind: 'speech'; readonly text: string; readonly voice: VoiceChoice };

/** What the metronome does about one of the caller's lines. Times in ms, at any phase. */
export interface MetronomeAct {
  /** Chirps the line is made of. */
  readonly chirps: 1 | 2;
  /** After the last sample of the line's last chirp: when its sound begins. */
  readonly replyMs: number;
  /** So long before its sound media begins, digital silence: first packet is not first sound. */
  readonly leadMs: number;
  readonly sound: MetronomeSound;
  /** After the first sample of a chirp over its sound: when it stops, or begins to fade. Undefined: never. */
  readonly stop?: { readonly afterMs: number; readonly fadeMs: number };
  /** What it does between two chirps, so long after the last sample of the first. Undefined: it waits. */
  readonly inPause?: {
    readonly kind: 'cut-in' | 'backchannel';
    readonly afterMs: number;
    readonly sound: MetronomeSound;
  };
}

/** A metronome call's orders: an act per line, in order of what it hears, and how its end of the line behaves. */
export interface MetronomeProgramme {
  readonly acts: readonly MetronomeAct[];
  /** Level of the noise of its channel, dBov; undefined: digital silence. */
  readonly floorDb?: number;
  readonly sender: Sender;
  readonly jitterMs: number;
  readonly loss: number;
}

/** Where a known sound is audible, ms from its first sample, after the codec. */
export interface SoundTruth {
  /** First audible instant above the noise of the cell. */
  readonly onsetMs: number;
  /** Stretches louder than 20 dB below its active level. */
  readonly loud: Stretches;
  /** Stretches louder than 17 dB and than 23 dB below it: where they end elsewhere, 20 dB below is hard to say. */
  readonly around?: { readonly firm: Stretches; readonly faint: Stretches };
}

/** Times in ms, in order. */
export type Stretches = readonly (readonly [from: number, to: number])[];

/** The blind file of a metronome call, joined with its scores only once they are made. */
export interface Programmed {
  readonly programme: MetronomeProgramme;
  /** Of each act's sound, in order. */
  readonly truths: readonly SoundTruth[];
  /** Acts the metronome itself says it did not keep to: they say nothing about the harness. */
  readonly notKept: readonly number[];
}
