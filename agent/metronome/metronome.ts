import type { Pcm } from '../../harness/model/audio.ts';
import type { Incoming, IncomingCall, Line, Playing } from '../../harness/model/line.ts';
import type { OfficeDoor } from '../../harness/model/office.ts';
import type { MetronomeProgramme } from '../../harness/model/plan.ts';
import { after } from '../../harness/model/time.ts';
import type { Clock, Ms } from '../../harness/model/time.ts';
import { claimer } from '../claims.ts';
import type { Claims } from '../claims.ts';
import { findChirps, noChirp } from './chirp.ts';
import type { ChirpEvent } from './chirp.ts';
import { arrivalOf, learnArrival, receivedClock } from './received.ts';
import { mirrored, vowel } from './sound.ts';

/** What the metronome needs of the world. */
export interface MetronomeWorld {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly seed: number;
  /** Told what was achieved, as claims; left out where nobody asks. */
  readonly office?: OfficeDoor;
}

/** A reply on its way or under way. */
interface Reply {
  readonly playing: Playing;
  readonly from: Ms;
  readonly to: Ms;
}

const nth = (times: readonly number[], index: number): number => times[index % times.length] ?? -1;

/** One call: chirps heard, replies scheduled on the clock of what was received. */
class Beat {
  readonly #line: Line;
  readonly #programme: MetronomeProgramme;
  readonly #claims: Claims;
  readonly #clock: Clock;
  readonly #sound: Pcm;
  #received: ReturnType<typeof receivedClock>;
  #finder = noChirp;
  #reply: Reply | undefined;
  #replies = 0;
  #stops = 0;
  /** The chirp under way began while we were sounding. */
  #over = false;

  constructor(line: Line, programme: MetronomeProgramme, claims: Claims, clock: Clock) {
    this.#line = line;
    this.#programme = programme;
    this.#claims = claims;
    this.#clock = clock;
    this.#sound = vowel(programme.replyLengthMs, line.format.rate);
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
    if (event.kind === 'onset') {
      this.#over = this.#reply !== undefined && this.#reply.from <= at && at < this.#reply.to;
      if (this.#over) this.#stop(at);
      return;
    }
    if (!this.#over) this.#answer(at);
  }

  #answer(at: Ms): void {
    if (this.#reply && at < this.#reply.from) void this.#reply.playing.cut();
    const from = after(at, nth(this.#programme.replyMs, this.#replies++));
    const playing = this.#line.play([this.#sound], from);
    this.#reply = { playing, from, to: after(from, this.#programme.replyLengthMs) };
    void playing.started.then((started) => {
      if (started !== undefined) this.#claims.stage('metronome reply', from, started);
    });
  }

  /**
   * Ends the sound at one sample rather than at a frame: its remainder is cancelled by its mirror image, which begins
   * a whole number of samples after it. Should that come too late, the sound is cut at the next frame instead.
   */
  #stop(at: Ms): void {
    const reply = this.#reply;
    const hold = nth(this.#programme.stopMs, this.#stops++);
    if (!reply || hold < 0) return;
    const rate = this.#line.format.rate;
    const samples = Math.round(((at + hold - reply.from) * rate) / 1000);
    if (samples >= this.#sound.length) return;
    const stopAt = after(reply.from, (samples * 1000) / rate);
    this.#reply = { ...reply, to: stopAt };
    if (stopAt - this.#clock.now() < this.#line.format.ptime) {
      void reply.playing.cut();
      this.#claims.state('metronome stop', 'too late for the sample; cut at the next frame', stopAt);
      return;
    }
    const mirror = this.#line.play([mirrored(this.#sound.subarray(samples))], stopAt);
    void mirror.started.then((started) => {
      if (started !== undefined) this.#claims.stage('metronome stop', stopAt, started);
    });
  }
}

/**
 * Answers a call as the metronome: replies and stops at programmed instants, counted from the very samples it received.
 * Measured minus programmed is the harness's own error (design.md section 8). Returns when the call has ended.
 */
export async function answerMetronome(
  call: IncomingCall,
  programme: MetronomeProgramme,
  world: MetronomeWorld,
): Promise<void> {
  const { clock, signal, seed } = world;
  const line = await call.accept({ clock, signal, seed, phone: { codec: 'PCMU', loss: 0 } });
  const beat = new Beat(line, programme, claimer(world.office), clock);
  for await (const item of line.incoming) if (item.kind === 'audio') beat.hear(item);
  await line.ended;
}
