import type { DtmfKey, Incoming, Line } from '../harness/model/line.ts';
import type { OfficeReply, OfficeRequest } from '../harness/model/office.ts';
import type { Heard } from '../harness/model/speech.ts';
import { after } from '../harness/model/time.ts';
import type { Ms } from '../harness/model/time.ts';
import type { Act, Cue, Dialogue, HandOver } from './brain/dialogue.ts';
import { HandOff } from './handoff.ts';
import { judgeFrame, levelDb, quietLine } from './ear/loudness.ts';
import { OVERHEARD, overheard } from './ear/overheard.ts';
import type { Vad } from '../harness/model/speech.ts';
import { openFloor } from './floor/state.ts';
import type { FloorEvent, FloorState, Intention } from './floor/state.ts';
import { Listening } from './listening.ts';
import type { Mouth } from './mouth.ts';
import type { AgentParts } from './parts.ts';
import type { Claims } from './claims.ts';
import { claimer } from './claims.ts';
import type { Utterance } from './utterance.ts';
import type { CallWorld } from './world.ts';

type AudioItem = Extract<Incoming, { kind: 'audio' }>;

/** Nobody answers a question sooner after its end, ms: who speaks by then was speaking already. */
const SOONEST_ANSWER = 200;

/**
 * One call under way: frames in, intentions out. Every decision is the floor's or the brain's, both pure;
 * this only carries them out, so no decision is ever spread over a wait.
 */
export class Conversation {
  readonly #line: Line;
  readonly #parts: AgentParts;
  readonly #world: CallWorld;
  readonly #claims: Claims;
  readonly #mouth: Mouth;
  readonly #listening: Listening;
  readonly #handoff: HandOff;
  readonly #vad: Vad;
  #floor: FloorState = openFloor;
  #dialogue: Dialogue;
  #loudness = quietLine;
  #speech = 0;
  #utterance: Utterance | undefined;
  /** Said as soon as the caller has had her turn, unless that turn is answered otherwise. */
  #withheld: { readonly text: string; readonly cue: Cue['kind'] }[] = [];
  #thought = '';
  #heardUntil: Ms;
  /** When her turn began, and when our last words were over. */
  #turnFrom: Ms;
  #saidUntil: Ms;
  #turn = 0;

  constructor(line: Line, parts: AgentParts, world: CallWorld, mouth: Mouth) {
    this.#line = line;
    this.#parts = parts;
    this.#world = world;
    this.#claims = claimer(world.office);
    this.#mouth = mouth;
    this.#dialogue = parts.brain.begin;
    this.#vad = parts.vad();
    this.#heardUntil = this.#turnFrom = this.#saidUntil = world.clock.now();
    this.#listening = new Listening(parts.ear, world.clock, (heard, final) => this.#understood(heard, final));
    this.#handoff = new HandOff(line, parts, world, this.#claims);
  }

  /** Runs to the end of the call. */
  async run(): Promise<void> {
    this.#cue({ kind: 'answered', ...(this.#world.call === undefined ? {} : { call: this.#world.call }) });
    for await (const item of this.#line.incoming) {
      if (item.kind === 'audio') await this.#attend(item);
      if (item.kind === 'key') this.#world.watch(this.#press(item.key));
    }
    this.#listening.forget();
  }

  async #attend(item: AudioItem): Promise<void> {
    const { clock } = this.#world;
    const probabilities = await clock.hold(this.#vad.push(item.samples));
    this.#speech = probabilities.at(-1) ?? this.#speech;
    const { mode } = this.#floor;
    const hers = mode === 'holding' || mode === 'yielding';
    const open = hers || mode === 'listening';
    const db = levelDb(item.samples);
    const [loudness, sound] = judgeFrame(this.#loudness, { db, speech: this.#speech, hers, open });
    this.#loudness = loudness;
    this.#listening.frame(item.samples);
    const lengthMs = (item.samples.length * 1000) / this.#line.format.rate;
    if (sound.loud) this.#heardUntil = after(item.arrivedAt, lengthMs);
    this.#tell({ kind: 'frame', at: clock.now(), lengthMs, ...sound });
  }

  /** A key stops what is being said, like any interruption, and is taken once that is known to be over. */
  async #press(key: DtmfKey): Promise<void> {
    if (this.#floor.mode === 'handing-over') return;
    this.#utterance?.stop();
    await this.#utterance?.over;
    this.#cue({ kind: 'key', key });
  }

  #understood(heard: Heard, final: boolean): void {
    const at = this.#world.clock.now();
    const { mode, patienceMs: waits } = this.#floor;
    if (mode === 'ducked' || mode === 'resuming') {
      return this.#tell({ kind: 'understood', at, gist: overheard(heard), patienceMs: waits, final });
    }
    const { gist, patienceMs } = this.#parts.endOfTurn(heard, this.#dialogue.asked, this.#parts.manners);
    this.#tell({ kind: 'understood', at, gist, patienceMs, final });
    const soon = patienceMs <= this.#parts.manners.openMs && heard.text !== this.#thought;
    if (gist === 'content' && soon) this.#thinkAhead(heard.text);
  }

  /** Makes the reply to what was understood so far, in case that is all: it is thrown away if it is not. */
  #thinkAhead(text: string): void {
    this.#thought = text;
    const [, acts] = this.#parts.brain.take(this.#dialogue, { kind: 'heard', text }, this.#parts.policy);
    const next = acts.find((act) => act.kind === 'say');
    // A reply that cannot be made is reported when it is wanted.
    if (next) this.#mouth.warm(next.text).catch(() => undefined);
  }

  #tell(event: FloorEvent): void {
    const [floor, intentions] = this.#parts.floor(this.#floor, event, this.#parts.manners);
    this.#floor = floor;
    for (const intention of intentions) this.#carryOut(intention);
    if (this.#floor.mode === 'listening' && this.#withheld.length > 0) this.#speakWithheld();
  }

  #carryOut(intention: Intention): void {
    switch (intention) {
      case 'hear':
        this.#turnFrom = this.#world.clock.now();
        return this.#listening.open(this.#dialogue.asked);
      case 'overhear':
        this.#turnFrom = this.#world.clock.now();
        return this.#listening.overhear(OVERHEARD);
      case 'settle':
        return this.#listening.settle();
      case 'doubt':
        return this.#listening.doubt();
      case 'forget':
        return this.#listening.forget();
      case 'duck':
        return this.#utterance?.hold();
      case 'unduck':
        return this.#utterance?.goOn();
      case 'cut':
        return this.#utterance?.stop();
      case 'answer':
        return this.#world.watch(this.#answer());
      case 'prompt':
        return this.#cue({ kind: 'silence' });
    }
  }

  /** The caller's turn is over. */
  async #answer(): Promise<void> {
    const { clock } = this.#world;
    const turn = ++this.#turn;
    const spokenUntil = this.#heardUntil;
    const decided = clock.now();
    this.#claims.stage('endpointing', spokenUntil, decided);
    const heard = await this.#listening.finish();
    const { earDelayMs, brainDelayMs, replyDelayMs } = this.#parts.manners;
    await this.#pass(earDelayMs);
    const read = clock.now();
    this.#claims.stage('ear', decided, read);
    this.#claims.transcript(heard.text, spokenUntil, read);
    await this.#pass(replyDelayMs);
    const thinks = clock.now();
    await this.#pass(brainDelayMs);
    const early = this.#turnFrom < after(this.#saidUntil, SOONEST_ANSWER);
    if (turn !== this.#turn) return;
    this.#cue({ kind: 'heard', text: heard.text, ...(early ? { began: 'before-our-end' } : {}) });
    this.#claims.stage('brain', thinks, clock.now());
  }

  async #pass(duration: number): Promise<void> {
    const { clock, signal } = this.#world;
    if (duration > 0) await clock.sleepUntil(after(clock.now(), duration), signal);
  }

  #cue(cue: Cue): void {
    // What she has just said is answered now; an older answer to her is stale.
    if (cue.kind === 'heard') this.#withheld = this.#withheld.filter((kept) => kept.cue !== 'heard');
    const [dialogue, acts] = this.#parts.brain.take(this.#dialogue, cue, this.#parts.policy);
    this.#dialogue = dialogue;
    const text = acts.flatMap((act) => (act.kind === 'say' ? [act.text] : [])).join(' ');
    if (text !== '') this.#say(text, cue.kind);
    const rest = acts.filter((act) => act.kind !== 'say');
    if (rest.length > 0) this.#world.watch(this.#act(rest));
    else if (text === '' && cue.kind !== 'cut') this.#tell({ kind: 'silent', at: this.#world.clock.now() });
  }

  async #act(acts: readonly Act[]): Promise<void> {
    for (const act of acts) {
      if (act.kind === 'office') {
        const reply = await this.#askOffice(act.request);
        this.#cue({ kind: 'office', asked: act.request, reply });
      }
      if (act.kind === 'hang-up') {
        await this.#farewell();
        await this.#line.hangUp();
      }
      if (act.kind === 'hand-over') {
        await this.#utterance?.over;
        this.#tell({ kind: 'hand-over', at: this.#world.clock.now() });
        await this.#handOver(act.to);
      }
    }
  }

  /** Puts her through, and listens meanwhile: back from a desk that did not take her, it knows what she has said. */
  async #handOver(to: HandOver): Promise<void> {
    this.#listening.open(this.#dialogue.asked);
    const handed = await this.#handoff.to(this.#dialogue, to);
    if (handed !== 'nobody') return this.#listening.forget();
    const heard = await this.#listening.finish();
    if (this.#saidMeanwhile(heard) === 'leaves') return;
    this.#cue({ kind: 'desk-failed', desk: to.desk });
  }

  /** Keeps the values she told while nobody answered, and lets her go if she took her leave; the rest is asked for anew. */
  #saidMeanwhile(heard: Heard): 'leaves' | 'stays' {
    const { brain, endOfTurn, manners, policy } = this.#parts;
    if (endOfTurn(heard, this.#dialogue.asked, manners).gist !== 'content') return 'stays';
    const cue: Cue = { kind: 'heard', text: heard.text, began: 'before-our-end' };
    const [next, acts] = brain.take(this.#dialogue, cue, policy);
    if (acts.some(({ kind }) => kind === 'hang-up')) {
      this.#cue(cue);
      return 'leaves';
    }
    const { slots, digits, firstName, lastName } = next;
    this.#dialogue = { ...this.#dialogue, slots, digits, firstName, lastName };
    return 'stays';
  }

  /** Asks the office, and tells the caller when that takes long. */
  async #askOffice(request: OfficeRequest): Promise<OfficeReply> {
    const answered = new AbortController();
    this.#world.watch(this.#askForPatience(answered.signal));
    try {
      return await this.#world.office.ask(request);
    } finally {
      answered.abort();
    }
  }

  async #askForPatience(answered: AbortSignal): Promise<void> {
    const { clock } = this.#world;
    await clock.sleepUntil(after(clock.now(), this.#parts.manners.officeMs), answered);
    if (!answered.aborted) this.#cue({ kind: 'office-slow' });
  }

  /** Lets the goodbye be heard, and hers be said. */
  async #farewell(): Promise<void> {
    await this.#utterance?.over;
    const { clock, signal } = this.#world;
    const over = clock.now();
    const { farewellMs } = this.#parts.manners;
    const latest = after(over, 4 * farewellMs);
    for (;;) {
      const { mode, burst } = this.#floor;
      const herTurn = mode !== 'listening' || burst !== undefined || this.#utterance !== undefined;
      const now = clock.now();
      if (signal.aborted || now >= latest || (!herTurn && now - over >= farewellMs)) return;
      await clock.sleepUntil(after(now, 100), signal);
    }
  }

  /** Says `text` now, after what is being said, or once the caller is done. */
  #say(text: string, cue: Cue['kind']): void {
    this.#withheld.push({ text, cue });
    const { mode } = this.#floor;
    if (mode === 'listening' || mode === 'answering' || mode === 'handing-over') this.#speakWithheld();
  }

  #speakWithheld(): void {
    const text = this.#withheld.map((kept) => kept.text).join(' ');
    this.#withheld = [];
    const at = this.#world.clock.now();
    this.#tell({ kind: 'say', at });
    const utterance = this.#mouth.say(this.#line, text);
    this.#utterance = utterance;
    void utterance.started.then((started) => {
      if (started !== undefined) this.#claims.stage('voice', at, started);
    });
    this.#world.watch(this.#finishSaying(utterance));
  }

  async #finishSaying(utterance: Utterance): Promise<void> {
    const { heard, startedAt, endedAt, cut } = await utterance.over;
    const at = this.#world.clock.now();
    // Held, it was silent before it was known to be over: words are claimed for as long as they sounded.
    this.#claims.said(heard, startedAt ?? at, endedAt ?? at);
    if (this.#utterance !== utterance) return;
    this.#saidUntil = at;
    this.#utterance = undefined;
    if (cut) this.#cue({ kind: 'cut', heard });
    this.#tell({ kind: 'said', at });
  }
}
