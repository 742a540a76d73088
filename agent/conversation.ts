import type { DtmfKey, Incoming, Line } from '../harness/model/line.ts';
import type { Heard } from '../harness/model/speech.ts';
import { after } from '../harness/model/time.ts';
import type { Ms } from '../harness/model/time.ts';
import type { Act, Cue, HandOver } from './brain/dialogue.ts';
import { HandOff } from './handoff.ts';
import { Attention } from './ear/attention.ts';
import { LastSound } from './ear/last-sound.ts';
import { OVERHEARD, overheard } from './ear/overheard.ts';
import { revisable, stateAfter } from './ear/revisions.ts';
import { turnHeard } from './ear/turn-heard.ts';
import { openFloor } from './floor/state.ts';
import type { FloorEvent, FloorState, Intention } from './floor/state.ts';
import { isReply } from './lead.ts';
import type { Lead, Reply } from './lead.ts';
import { Listening } from './listening.ts';
import type { Mouth } from './mouth.ts';
import type { AgentParts } from './parts.ts';
import type { Claims } from './claims.ts';
import { askPatiently, untilQuiet } from './patience.ts';
import { Talk } from './talk.ts';
import type { About } from './talk.ts';
import { GrowingWords, plain } from './words.ts';
import type { Words } from './words.ts';
import type { CallWorld } from './world.ts';

type AudioItem = Extract<Incoming, { kind: 'audio' }>;

/** Before what a key in mid-sentence is answered with, ms: begun at once, it would sound like that sentence going on. */
const BREATH = 300;

/**
 * One call under way: frames in, intentions out. Every decision is the floor's, which is pure, or the lead's;
 * this only carries them out, so no decision is ever spread over a wait.
 */
export class Conversation {
  readonly #line: Line;
  readonly #parts: AgentParts;
  readonly #world: CallWorld;
  readonly #claims: Claims;
  readonly #mouth: Mouth;
  readonly #talk: Talk;
  readonly #attention: Attention;
  readonly #lastSound = new LastSound();
  readonly #listening: Listening;
  readonly #handoff: HandOff;
  #floor: FloorState = openFloor;
  readonly #lead: Lead;
  #thought = '';
  #heardUntil: Ms;
  /** When her turn began. */
  #turnFrom: Ms;
  #turn = 0;

  constructor(line: Line, parts: AgentParts, world: CallWorld, mouth: Mouth) {
    this.#line = line;
    this.#parts = parts;
    this.#world = world;
    this.#claims = world.claims;
    this.#mouth = mouth;
    this.#lead = parts.lead(parts, world);
    this.#attention = new Attention(parts.vad(), world.clock);
    this.#heardUntil = this.#turnFrom = world.clock.now();
    this.#listening = new Listening(parts.ear, world.clock, (heard, final) => this.#understood(heard, final));
    this.#handoff = new HandOff(line, parts, world, this.#claims);
    this.#talk = new Talk(line, mouth, world, this.#claims, {
      began: (at) => this.#tell({ kind: 'say', at }),
      cutOff: (heard) => this.#cue({ kind: 'cut', heard }),
      ended: (at) => this.#tell({ kind: 'said', at }),
    });
  }

  /** Runs to the end of the call. */
  async run(): Promise<void> {
    this.#cue({ kind: 'answered', ...(this.#world.call === undefined ? {} : { call: this.#world.call }) });
    for await (const item of this.#line.incoming) {
      if (item.kind === 'audio') await this.#attend(item);
      if (item.kind === 'key') this.#world.watch(this.#press(item.key));
    }
    this.#listening.forget();
    this.#lead.end();
  }

  async #attend(item: AudioItem): Promise<void> {
    const sound = await this.#attention.hear(item.samples, () => this.#floor.mode);
    this.#listening.frame(item.samples);
    const lengthMs = (item.samples.length * 1000) / this.#line.format.rate;
    this.#lastSound.frame(item.samples, item.arrivedAt, sound.loud);
    if (sound.loud) this.#heardUntil = after(item.arrivedAt, lengthMs);
    this.#tell({ kind: 'frame', at: this.#world.clock.now(), lengthMs, ...sound });
  }

  /** A key stops what is being said, like any interruption, and is taken once that is over and a breath was drawn. */
  async #press(key: DtmfKey): Promise<void> {
    if (this.#floor.mode === 'handing-over') return;
    const stopped = this.#talk.underWay;
    this.#talk.stop();
    await this.#talk.over();
    if (stopped) await this.#pass(BREATH);
    this.#cue({ kind: 'key', key });
  }

  #understood(heard: Heard, final: boolean): void {
    const at = this.#world.clock.now();
    const { mode, patienceMs: waits } = this.#floor;
    if (mode === 'ducked' || mode === 'resuming') {
      return this.#tell({ kind: 'understood', at, gist: overheard(heard), patienceMs: waits, final });
    }
    const { gist, patienceMs } = this.#parts.endOfTurn(heard, this.#lead.dialogue.asked, this.#parts.manners);
    this.#tell({ kind: 'understood', at, gist, patienceMs, final });
    const soon = patienceMs <= this.#parts.manners.openMs && heard.text !== this.#thought;
    if (gist === 'content' && soon) this.#thinkAhead(heard.text);
  }

  /** Makes the reply to what was understood so far, in case that is all: it is thrown away if it is not. */
  #thinkAhead(text: string): void {
    this.#thought = text;
    const next = this.#lead.ahead(text);
    // A reply that cannot be made is reported when it is wanted.
    if (next !== undefined) this.#mouth.warm(next).catch(() => undefined);
  }

  #tell(event: FloorEvent): void {
    const { mode } = this.#floor;
    const [floor, intentions] = this.#parts.floor(this.#floor, event, this.#parts.manners);
    this.#floor = floor;
    for (const intention of intentions) this.#carryOut(intention);
    if (mode === 'holding' && intentions.includes('forget')) this.#cue({ kind: 'sound' });
    if (this.#floor.mode === 'listening' && this.#talk.waiting) this.#talk.speak();
  }

  #carryOut(intention: Intention): void {
    switch (intention) {
      case 'hear':
        this.#world.news?.({ what: 'caller-began' });
        this.#turnFrom = this.#world.clock.now();
        return this.#listening.open(this.#state());
      case 'overhear':
        this.#turnFrom = this.#world.clock.now();
        return this.#listening.overhear(OVERHEARD);
      case 'settle':
        return this.#listening.settle();
      case 'doubt':
        return this.#listening.doubt();
      case 'forget':
        this.#world.news?.({ what: 'caller-stopped' });
        return this.#listening.forget();
      case 'duck':
        return this.#talk.hold();
      case 'unduck':
        return this.#talk.goOn();
      case 'cut':
        return this.#talk.stop();
      case 'answer':
        this.#world.news?.({ what: 'caller-stopped' });
        return this.#world.watch(this.#answer());
      case 'prompt':
        return this.#cue({ kind: 'silence' });
    }
  }

  /** The grammar to hear her in: what was asked, and the values before it, which she may still take back. */
  #state(): string {
    const { asked, askedBefore, slots } = this.#lead.dialogue;
    return stateAfter(asked, revisable(asked, askedBefore, slots));
  }

  /** The caller's turn is over. */
  async #answer(): Promise<void> {
    const { clock } = this.#world;
    const turn = ++this.#turn;
    const decided = clock.now();
    const finishing = this.#listening.finish();
    const spokenUntil = this.#lastSound.end(this.#line.format.rate, this.#attention.floorDb, this.#heardUntil);
    this.#claims.stage('endpointing', spokenUntil, decided);
    const heard = await finishing;
    const { earDelayMs, brainDelayMs, replyDelayMs } = this.#parts.manners;
    await this.#pass(earDelayMs + this.#simulated('ear', turn));
    const read = clock.now();
    this.#claims.stage('ear', decided, read);
    this.#claims.transcript(heard.text, spokenUntil, read);
    if (heard.trouble !== undefined) this.#claims.state('trouble', heard.trouble, read);
    await this.#pass(replyDelayMs);
    const thinks = clock.now();
    await this.#pass(brainDelayMs + this.#simulated('brain', turn));
    if (turn !== this.#turn) return;
    this.#cue(turnHeard(heard, this.#turnFrom, this.#talk.saidUntil), thinks);
  }

  #simulated(stage: 'ear' | 'brain', turn: number): number {
    return this.#parts.simulated(stage, this.#world.seed, turn);
  }

  async #pass(duration: number): Promise<void> {
    const { clock, signal } = this.#world;
    if (duration > 0) await clock.sleepUntil(after(clock.now(), duration), signal);
  }

  /** `thinks` is when the brain began to think of it, where that is a stage of a reply. */
  #cue(cue: Cue, thinks?: Ms): void {
    // A goodbye is not stale: she may say hers before it is out.
    if (cue.kind === 'heard' && !this.#lead.dialogue.over) this.#talk.dropAnswers();
    const taken = this.#lead.take(cue);
    const about: About = cue.kind === 'heard' ? 'answer' : 'news';
    // What the office answered is thought over while she waits, as her own words are.
    const since = thinks ?? (cue.kind === 'office' ? this.#world.clock.now() : undefined);
    if (isReply(taken)) return this.#world.watch(this.#follow(taken, about, since));
    this.#carryOn(taken, cue, about);
    if (thinks !== undefined) this.#claims.stage('brain', thinks, this.#world.clock.now());
  }

  #carryOn(acts: readonly Act[], cue: Cue, about: About): void {
    const text = acts.flatMap((act) => (act.kind === 'say' ? [act.text] : [])).join(' ');
    if (text !== '') this.#say(plain(text), about);
    const rest = acts.filter((act) => act.kind !== 'say');
    if (rest.length > 0) this.#world.watch(this.#act(rest));
    else if (text === '' && cue.kind !== 'cut' && cue.kind !== 'sound')
      this.#tell({ kind: 'silent', at: this.#world.clock.now() });
  }

  /** Says a reply as it is made, and does the rest of it once it is whole. */
  async #follow(reply: Reply, about: About, thinks: Ms | undefined): Promise<void> {
    const words = new GrowingWords((heard) => reply.heard(heard));
    const rest: Act[] = [];
    for await (const act of reply.acts) {
      if (act.kind !== 'say') {
        rest.push(act);
        continue;
      }
      const first = words.text === '';
      words.add(act.text);
      if (first) this.#say(words, about);
      if (first && thinks !== undefined) this.#claims.stage('brain', thinks, this.#world.clock.now());
    }
    words.end();
    const done = this.#world.clock.now();
    // To decide on a deed takes her as long as to find a word.
    if (thinks !== undefined && words.text === '' && rest.length > 0) this.#claims.stage('brain', thinks, done);
    if (thinks !== undefined) this.#claims.stage('brain-whole', thinks, done);
    if (rest.length > 0) await this.#act(rest);
    else if (words.text === '') this.#tell({ kind: 'silent', at: this.#world.clock.now() });
  }

  async #act(acts: readonly Act[]): Promise<void> {
    for (const act of acts) {
      if (act.kind === 'office') {
        const slow = (): void => this.#cue({ kind: 'office-slow' });
        const reply = await askPatiently(this.#world, act.request, this.#parts.manners.officeMs, slow);
        this.#cue({ kind: 'office', asked: act.request, reply });
      }
      if (act.kind === 'hang-up') {
        await this.#farewell();
        await this.#line.hangUp();
      }
      if (act.kind === 'hand-over') {
        await this.#talk.over();
        this.#tell({ kind: 'hand-over', at: this.#world.clock.now() });
        await this.#handOver(act.to);
      }
    }
  }

  /** Puts her through, and listens meanwhile: back from a desk that did not take her, it knows what she has said. */
  async #handOver(to: HandOver): Promise<void> {
    this.#listening.open(this.#state());
    const handed = await this.#handoff.to(this.#lead.dialogue, to);
    if (handed !== 'nobody') return this.#listening.forget();
    const heard = await this.#listening.finish();
    const { endOfTurn, manners } = this.#parts;
    const told = endOfTurn(heard, this.#lead.dialogue.asked, manners).gist === 'content';
    const meanwhile: Cue = { kind: 'heard', text: heard.text, began: 'before-our-end' };
    if (told && this.#lead.meanwhile(meanwhile) === 'leaves') return this.#cue(meanwhile);
    this.#cue({ kind: 'desk-failed', desk: to.desk });
  }

  /** Lets the goodbye be heard, and hers be said. */
  async #farewell(): Promise<void> {
    await this.#talk.over();
    const herTurn = (): boolean =>
      this.#floor.mode !== 'listening' || this.#floor.burst !== undefined || this.#talk.underWay;
    await untilQuiet(this.#world, this.#parts.manners.farewellMs, herTurn);
  }

  /** Says `words` now, after what is being said, or once the caller is done. */
  #say(words: Words, about: About): void {
    this.#talk.keep(words, about);
    const { mode } = this.#floor;
    if (mode === 'listening' || mode === 'answering' || mode === 'handing-over') this.#talk.speak();
  }
}
