import type { Pcm } from '../../../harness/model/audio.ts';
import type { Heard } from '../../../harness/model/speech.ts';
import { ms } from '../../../harness/model/time.ts';
import type { Dialogue } from '../../brain/dialogue.ts';
import type { Happening } from '../../chat/notes.ts';
import { Attention } from '../../ear/attention.ts';
import { endOfTurn } from '../../ear/end-of-turn.ts';
import { OVERHEARD, overheard } from '../../ear/overheard.ts';
import { revisable, stateAfter } from '../../ear/revisions.ts';
import { turnHeard } from '../../ear/turn-heard.ts';
import { takeTurns } from '../../floor/floor.ts';
import { openFloor } from '../../floor/state.ts';
import type { FloorEvent, FloorState, Intention } from '../../floor/state.ts';
import { Listening } from '../../listening.ts';
import type { Manners } from '../../manners.ts';
import eager from '../../manners/eager.ts';
import patient from '../../manners/patient.ts';
import usual from '../../manners/usual.ts';
import type { Backend } from '../exchange.ts';
import type { TurnDetection } from './config.ts';
import { FRAME_MS } from './formats.ts';

/** What becomes of the caller's turns. Instants are ms of her audio since the session began. */
export interface TurnNews {
  /** She speaks. `cutIn`: while we did. */
  started(atMs: number, cutIn: boolean): void;
  /** Her turn is over. What is returned is to be told what it was. */
  stopped(atMs: number): (what: Happening) => void;
  /** What she has said so far may be all. */
  maybe(text: string): void;
  /** Nobody has spoken for as long as the session waits. */
  idle(): void;
  failed(error: unknown): void;
}

const EAGERNESS = { low: patient, medium: usual, high: eager, auto: usual } as const;

function mannersFor(detection: TurnDetection): Manners {
  const silenceMs = detection.idle_timeout_ms ?? Infinity;
  if (detection.type === 'semantic_vad') return { ...EAGERNESS[detection.eagerness].manners, silenceMs };
  const ends = detection.silence_duration_ms;
  const alike = { unclearMs: ends, unheardMs: ends, unfinishedMs: ends };
  return { ...usual.manners, ...alike, trivialMs: 0, noiseMs: 0, silenceMs };
}

/**
 * Whose turn it is, by the reference agent's own floor, on the time of her audio: a recording that is sent all at once has
 * the turns it has in real time. Our own words are taken to sound from when they were sent.
 */
export class Turns {
  readonly #news: TurnNews;
  readonly #dialogueNow: () => Dialogue;
  readonly #attention: Attention;
  readonly #listening: Listening;
  #detection: TurnDetection;
  #manners: Manners;
  #floor: FloorState = openFloor;
  #dialogue: Dialogue;
  #now = 0;
  #speaking = false;
  #speakingUntil = 0;
  #saidUntil = -Infinity;
  #turnFrom = 0;
  #maybe = '';

  constructor({ engines, clock }: Backend, detection: TurnDetection, dialogue: () => Dialogue, news: TurnNews) {
    this.#news = news;
    this.#dialogueNow = dialogue;
    this.#dialogue = dialogue();
    this.#detection = detection;
    this.#manners = mannersFor(detection);
    this.#attention = new Attention(engines.vad(), clock);
    this.#listening = new Listening(engines.ear, clock, (heard, final) => this.#understood(heard, final));
  }

  /** She has the floor. */
  get hers(): boolean {
    return this.#floor.mode === 'holding' || this.#floor.mode === 'yielding';
  }

  /** From now on turns are told so. */
  detectBy(detection: TurnDetection): void {
    this.#detection = detection;
    this.#manners = mannersFor(detection);
  }

  async frame(samples: Pcm): Promise<void> {
    this.#now += FRAME_MS;
    if (this.#speaking && this.#now >= this.#speakingUntil) this.hush();
    const sound = await this.#attention.hear(samples, () => this.#floor.mode);
    this.#listening.frame(samples);
    this.#tell({ kind: 'frame', at: ms(this.#now), lengthMs: FRAME_MS, ...sound });
  }

  /** So much more of ours was sent. */
  speak(lengthMs: number): void {
    if (!this.#speaking) {
      this.#speaking = true;
      this.#speakingUntil = this.#now;
      this.#tell({ kind: 'say', at: ms(this.#now) });
      // Plain voice activity: what sounds over us is a turn, as at any time.
      if (this.#detection.type === 'server_vad') this.#tell({ kind: 'said', at: ms(this.#now) });
    }
    this.#speakingUntil += lengthMs;
  }

  /** What was sent sounds no longer. */
  hush(): void {
    if (!this.#speaking) return;
    this.#speaking = false;
    this.#saidUntil = this.#now;
    if (this.#detection.type === 'semantic_vad') this.#tell({ kind: 'said', at: ms(this.#now) });
  }

  /** There was nothing to say to that. */
  nothing(): void {
    this.#tell({ kind: 'silent', at: ms(this.#now) });
  }

  /** Drops what is under way. */
  forget(): void {
    this.#listening.forget();
  }

  #understood(heard: Heard, final: boolean): void {
    const at = ms(this.#now);
    const { mode, patienceMs: waits } = this.#floor;
    if (mode === 'ducked' || mode === 'resuming') {
      return this.#tell({ kind: 'understood', at, gist: overheard(heard), patienceMs: waits, final });
    }
    const { gist, patienceMs } = endOfTurn(heard, this.#dialogue.asked, this.#manners);
    const fixed = this.#detection.type === 'server_vad' ? this.#detection.silence_duration_ms : patienceMs;
    this.#tell({ kind: 'understood', at, gist, patienceMs: fixed, final });
    if (gist !== 'content' || heard.text === this.#maybe) return;
    this.#maybe = heard.text;
    this.#news.maybe(heard.text);
  }

  #tell(event: FloorEvent): void {
    const { mode } = this.#floor;
    const [floor, intentions] = takeTurns(this.#floor, event, this.#manners);
    this.#floor = floor;
    for (const intention of intentions) this.#carryOut(intention);
    if (mode === 'holding' && intentions.includes('forget')) {
      this.#news.stopped(this.#now)({ kind: 'sound' });
    }
  }

  #carryOut(intention: Intention): void {
    switch (intention) {
      case 'hear':
        return this.#hear();
      case 'overhear':
        this.#turnFrom = this.#now;
        return this.#listening.overhear(OVERHEARD);
      case 'settle':
        return this.#listening.settle();
      case 'doubt':
        return this.#listening.doubt();
      case 'forget':
        return this.#listening.forget();
      case 'answer':
        return void this.#answer().catch((error: unknown) => this.#news.failed(error));
      case 'prompt':
        return this.#news.idle();
      // What was sent can only be taken back by whoever plays it.
      case 'duck':
      case 'unduck':
      case 'cut':
    }
  }

  #hear(): void {
    this.#turnFrom = this.#now;
    this.#maybe = '';
    this.#dialogue = this.#dialogueNow();
    const { asked, askedBefore, slots } = this.#dialogue;
    this.#listening.open(stateAfter(asked, revisable(asked, askedBefore, slots)));
    const since = Math.max(0, this.#floor.burst?.since ?? this.#now);
    this.#news.started(Math.round(since), this.#speaking);
  }

  async #answer(): Promise<void> {
    const tell = this.#news.stopped(this.#now);
    const [from, saidUntil] = [this.#turnFrom, this.#saidUntil];
    tell(turnHeard(await this.#listening.finish(), from, saidUntil));
  }
}
