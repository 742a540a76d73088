import type { Pcm } from '../../harness/model/audio.ts';
import { PHONE_RATE } from '../../harness/model/audio.ts';
import { UsageError } from '../../harness/model/errors.ts';
import type { Incoming, IncomingCall, Line, Playing } from '../../harness/model/line.ts';
import type { MetronomeProgramme } from '../../harness/model/metronome.ts';
import type { OfficeDoor } from '../../harness/model/office.ts';
import type { Voice } from '../../harness/model/speech.ts';
import { after, msToSamples } from '../../harness/model/time.ts';
import type { Clock, Ms } from '../../harness/model/time.ts';
import { claimer } from '../claims.ts';
import type { Claims } from '../claims.ts';
import { findChirps, noChirp } from './chirp.ts';
import type { ChirpEvent } from './chirp.ts';
import { arrivalOf, learnArrival, receivedClock } from './received.ts';
import { noiseBed, readied } from './score.ts';
import type { ReadyAct } from './score.ts';
import { mirrored } from './sound.ts';

/** What the metronome needs of the world. */
export interface MetronomeWorld {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly seed: number;
  /** Told when it could not keep to its programme, as a claim; left out where nobody asks. */
  readonly office?: OfficeDoor;
  /** Speaks what the programme wants spoken. */
  readonly voice?: Voice;
}

/** Something on its way or under way. */
interface Sound {
  readonly playing: Playing;
  readonly samples: Pcm;
  readonly from: Ms;
  readonly to: Ms;
}

/** A sound handed over later than this before it is to begin may miss its place, ms: the thread that sends it must hear of it. */
const LEAST_NOTICE = 20;

/** One call: chirps heard, acts scheduled on the clock of what was received. */
class Beat {
  readonly #line: Line;
  readonly #acts: readonly ReadyAct[];
  readonly #claims: Claims;
  readonly #clock: Clock;
  /** Length of one of our own samples on the call's clock: a sound and its mirror must meet to the sample. */
  readonly #sampleMs: number;
  #received: ReturnType<typeof receivedClock>;
  #finder = noChirp;
  /** Which act is under way, and how many of its chirps have been heard. */
  #act = 0;
  #heard = 0;
  #reply: Sound | undefined;
  /** The chirp under way began while we were answering: it interrupts. */
  #over = false;

  constructor(line: Line, acts: readonly ReadyAct[], skewPpm: number, claims: Claims, clock: Clock) {
    this.#sampleMs = 1000 / (line.format.rate * (1 + skewPpm * 1e-6));
    this.#line = line;
    this.#acts = acts;
    this.#claims = claims;
    this.#clock = clock;
    this.#received = receivedClock(line.format.rate);
  }

  hear(item: Extract<Incoming, { kind: 'audio' }>): void {
    this.#received = learnArrival(this.#received, item);
    if (item.lost) return;
    const [finder, events] = findChirps(this.#finder, item.samples, item.mediaIndex);
    this.#finder = finder;
    for (const event of events) this.#meet(event);
  }

  #meet(event: ChirpEvent): void {
    const at = arrivalOf(this.#received, event.sample);
    const now = this.#acts[this.#act % this.#acts.length];
    if (!now) return;
    if (event.kind === 'end') return this.#over ? undefined : this.#advance(now, at);
    this.#over = this.#reply !== undefined && this.#reply.from <= at && at < this.#reply.to;
    if (this.#over) return this.#stop(now, at);
    if (!this.#reply) return;
    // Who goes on before she is answered is answered when she has finished.
    if (at < this.#reply.from) void this.#reply.playing.cut();
    this.#next();
  }

  /** The act before has been answered. */
  #next(): void {
    this.#act++;
    this.#heard = 0;
    this.#reply = undefined;
  }

  #advance(first: ReadyAct, at: Ms): void {
    this.#heard++;
    const now = this.#acts[this.#act % this.#acts.length] ?? first;
    const { act, sound, inPause } = now;
    if (this.#heard < act.chirps) {
      if (act.inPause && inPause) this.#play(inPause, after(at, act.inPause.afterMs));
      return;
    }
    const from = after(at, act.replyMs);
    if (act.leadMs > 0) {
      const lead = msToSamples(act.leadMs, this.#line.format.rate);
      this.#line.play([new Int16Array(lead)], after(from, -act.leadMs));
    }
    this.#reply = this.#play(sound, from);
  }

  #play(samples: Pcm, from: Ms): Sound {
    if (from - this.#clock.now() < LEAST_NOTICE) this.#late(from);
    const playing = this.#line.play([samples], from);
    return { playing, samples, from, to: after(from, samples.length * this.#sampleMs) };
  }

  #late(at: Ms): void {
    this.#claims.state('metronome late', String(this.#act), at);
  }

  /**
   * Ends the sound at one sample rather than at a frame: its remainder is cancelled by its mirror image, which begins
   * a whole number of samples after it. Should that come too late, the sound is cut at the next frame instead.
   */
  #stop({ act: { stop } }: ReadyAct, at: Ms): void {
    const reply = this.#reply;
    if (!reply || !stop) return;
    const { rate, ptime } = this.#line.format;
    const samples = Math.round((at + stop.afterMs - reply.from) / this.#sampleMs);
    if (samples >= reply.samples.length) return;
    const stopAt = after(reply.from, samples * this.#sampleMs);
    this.#reply = { ...reply, to: after(stopAt, stop.fadeMs) };
    if (stopAt - this.#clock.now() < ptime) {
      void reply.playing.cut();
      return this.#late(stopAt);
    }
    const mirror = mirrored(reply.samples.subarray(samples), msToSamples(stop.fadeMs, rate));
    this.#play(mirror, stopAt);
  }
}

/**
 * Answers a call as the metronome: replies, stops, cuts in and backchannels at programmed instants, counted from the
 * very samples it received. Measured minus programmed is the harness's own error (design.md section 8). Returns when
 * the call has ended.
 */
export async function answerMetronome(
  call: IncomingCall,
  programme: MetronomeProgramme,
  world: MetronomeWorld,
): Promise<void> {
  const { clock, signal, seed } = world;
  const acts = await clock.hold(readied(programme, PHONE_RATE, voiceOf(world)));
  const { floorDb, sender, jitterMs, loss } = programme;
  const line = await call.accept({
    clock,
    signal,
    seed,
    phone: { codec: 'PCMU', loss, jitterMs, way: 'out' },
    bed: noiseBed(floorDb, PHONE_RATE, seed),
    sender,
  });
  const beat = new Beat(line, acts, sender.skewPpm ?? 0, claimer(world.office), clock);
  for await (const item of line.incoming) if (item.kind === 'audio') beat.hear(item);
  await line.ended;
}

const voiceOf =
  ({ voice }: MetronomeWorld) =>
  async (engine: string): Promise<Voice> => {
    if (voice) return voice;
    throw new UsageError(`the metronome's programme speaks with ${engine}, and it was given no voice`);
  };
