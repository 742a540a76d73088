import type { Leg, Line, Playing } from '../model/line.ts';
import type { Plan, PlannedStimulus } from '../model/plan.ts';
import type { CallEvent } from '../model/record.ts';
import type { Rendered } from '../model/rendered.ts';
import { CallFault } from '../model/errors.ts';
import { after, samplesToMs } from '../model/time.ts';
import type { Clock, Ms } from '../model/time.ts';
import { afterLine, afterStimulus, emptyAgenda, isClosing } from './agenda.ts';
import type { Agenda, Saying } from './agenda.ts';
import { noDesk } from './desk.ts';
import type { DeskTalk } from './desk.ts';
import { openErrands } from './errands.ts';
import { floor, openFloor } from './floor.ts';
import type { FloorEvent, FloorState, Intention } from './floor-state.ts';
import { stimulusKeys, thenKeys } from './keypad.ts';
import { joinLegs } from './legs.ts';
import type { Legs } from './legs.ts';
import { logbook } from './logbook.ts';
import type { Choice, DeskQuestion, Mind } from './mind.ts';
import { leadsOf, lineClip, saidEvent, sayAt, stimulusClip, stimulusEvent } from './mouth.ts';

/** What a caller brings back: her events on the call's clock, and the books of both legs. */
export interface CallerResult {
  readonly events: readonly CallEvent[];
  readonly leg: Leg;
  /** The leg to the desk, when she was put through. */
  readonly desk: Leg | undefined;
}

/**
 * Carries a plan out on an open line and resolves when every leg has ended.
 * She reads `line.incoming` herself. Trouble of our own becomes a `fault` event, never an exception.
 */
export async function runCaller(
  plan: Plan,
  rendered: Rendered,
  line: Line,
  clock: Clock,
  mind: Mind,
  signal: AbortSignal,
  desks: DeskTalk = noDesk,
): Promise<CallerResult> {
  const caller = new Caller(plan, rendered, clock, mind, desks);
  return caller.converse(line, signal);
}

type Stimulus = Extract<CallEvent, { kind: 'stimulus' }>;

/** One caller in one call. Decisions are the floor's and the mind's; this only carries them out. */
class Caller {
  readonly #plan: Plan;
  readonly #rendered: Rendered;
  readonly #clock: Clock;
  readonly #mind: Mind;
  readonly #desks: DeskTalk;
  readonly #book;
  readonly #errands;
  readonly #over = new AbortController();
  #legs: Legs | undefined;
  #floor: FloorState;
  #agenda: Agenda = emptyAgenda;
  #chosen: Saying | undefined;
  #playing: Playing | undefined;
  #wake: AbortController | undefined;
  #questions: readonly DeskQuestion[] = [];
  #satisfied = false;

  constructor(plan: Plan, rendered: Rendered, clock: Clock, mind: Mind, desks: DeskTalk) {
    this.#plan = plan;
    this.#rendered = rendered;
    this.#clock = clock;
    this.#mind = mind;
    this.#desks = desks;
    this.#floor = openFloor(plan, clock.now(), leadsOf(rendered));
    this.#book = logbook((facts) => desks.told(facts));
    this.#errands = openErrands((error) => this.#failed(error));
  }

  async converse(line: Line, signal: AbortSignal): Promise<CallerResult> {
    const legs = joinLegs(line, this.#clock, {
      agent: (event) => this.#happened(event),
      speech: (samples) => this.#mind.listen(samples),
      saw: (event) => this.#book.write(event),
      joined: () => this.#errands.run(() => this.#listenToDesk()),
    });
    this.#legs = legs;
    const hangUp = (): void => this.#hangUp();
    signal.addEventListener('abort', hangUp, { once: true });
    if (signal.aborted) hangUp();
    this.#happened({ kind: 'answered', at: this.#clock.now() });
    await legs.ended.catch((error: unknown) => this.#failed(error));
    this.#over.abort();
    this.#wake?.abort();
    await this.#errands.done();
    this.#mind.forget();
    signal.removeEventListener('abort', hangUp);
    this.#neverDue();
    return { events: this.#book.events, leg: line.leg(), desk: legs.desk()?.leg() };
  }

  #failed(error: unknown): void {
    this.#book.fault(this.#clock.now(), error);
    this.#hangUp();
  }

  #hangUp(): void {
    const legs = this.#legs;
    if (legs) this.#errands.run(() => legs.current().hangUp());
  }

  #happened(event: FloorEvent): void {
    if (this.#over.signal.aborted) return;
    // Nobody answered: what was said before she was put through asks for nothing any more.
    if (event.kind === 'returned') this.#mind.forget();
    const [state, intentions] = floor(this.#floor, event);
    this.#floor = state;
    for (const intention of intentions) this.#carryOut(intention);
  }

  #carryOut(intention: Intention): void {
    switch (intention.kind) {
      case 'wake':
        return this.#wakeAt(intention.at);
      case 'choose':
        return this.#errands.run(() => this.#choose(intention.why));
      case 'say':
        return this.#errands.run(() => this.#say(intention.startAt));
      case 'cut-line':
        return void this.#playing?.cut();
      case 'stimulate':
        return this.#errands.run(() => this.#stimulate(intention.id, intention.at));
      case 'not-fired':
        return this.#notFired(intention);
      case 'give-up':
        return this.#book.write({ source: 'caller', kind: 'gave-up', at: this.#clock.now(), why: intention.why });
      case 'hang-up':
        return this.#hangUp();
    }
  }

  #wakeAt(at: Ms): void {
    this.#wake?.abort();
    const wake = new AbortController();
    this.#wake = wake;
    this.#errands.run(async () => {
      await this.#clock.sleepUntil(at, wake.signal);
      if (!wake.signal.aborted) this.#happened({ kind: 'wake', at: this.#clock.now() });
    });
  }

  async #choose(why: 'turn' | 'nudge'): Promise<void> {
    const joined = this.#legs?.desk() !== undefined;
    const desk = joined ? { question: this.#questions[0], satisfied: this.#satisfied } : undefined;
    const { choice, heard } = await this.#mind.think({ agenda: this.#agenda, why, desk });
    const at = this.#clock.now();
    if (heard) this.#book.write({ source: 'caller', kind: 'heard', at, ...heard });
    this.#happened(this.#decided(choice, at));
  }

  #decided(choice: Choice, at: Ms): FloorEvent {
    if (choice.kind === 'leave') return { kind: 'chose-to-leave', at };
    if (choice.kind === 'wait') return { kind: 'chose-to-wait', at };
    this.#chosen = choice.saying;
    const clip = lineClip(this.#rendered, choice.saying);
    const lengthMs = samplesToMs(clip.end - clip.onset, clip.rate);
    const { id, silence } = choice.saying.line;
    const closing = isClosing(choice.saying);
    return { kind: 'chose-line', at, line: id, lengthMs, again: choice.again, closing, silence };
  }

  async #say(startAt: Ms): Promise<void> {
    const saying = this.#chosen;
    const legs = this.#legs;
    if (!saying || !legs) return;
    const desk = legs.desk() !== undefined;
    const clip = lineClip(this.#rendered, saying);
    this.#mind.forget();
    this.#playing = sayAt(legs.current(), clip, startAt);
    const played = await this.#playing.done;
    this.#playing = undefined;
    const spoken = saidEvent(saying, clip, played, desk);
    const said = spoken && (await thenKeys(spoken, saying, legs.current(), this.#clock, this.#over.signal));
    if (said) this.#book.write(said);
    this.#agenda = afterLine(this.#agenda, saying, said?.cut ?? true);
    if (desk && said?.cut === false) this.#questions = this.#questions.slice(1);
    const now = this.#clock.now();
    this.#happened({ kind: 'line-over', at: now, end: said?.end ?? now });
  }

  async #stimulate(id: string, at: Ms): Promise<void> {
    const stimulus = this.#plan.stimuli.find((planned) => planned.id === id);
    const legs = this.#legs;
    if (!stimulus || !legs) return;
    if (stimulus.takesFloor && !stimulus.sham) this.#mind.forget();
    const event = await (stimulus.kind === 'key'
      ? stimulusKeys(stimulus, at, legs.current(), this.#clock, this.#over.signal)
      : this.#sound(stimulus, at, legs.current()));
    if (event) this.#book.write(event);
    if (stimulus.sham) return;
    this.#agenda = afterStimulus(this.#agenda, stimulus);
    const now = this.#clock.now();
    this.#happened({ kind: 'stimulus-over', at: now, end: event?.end ?? now, takesFloor: stimulus.takesFloor });
  }

  /** Plays what she does to the agent; undefined when nothing of it left. */
  async #sound(stimulus: PlannedStimulus, at: Ms, line: Line): Promise<Stimulus | undefined> {
    const clip = stimulusClip(this.#rendered, stimulus);
    const asIntended = after(at, -samplesToMs(clip.onset, clip.rate));
    if (stimulus.sham) return stimulusEvent(stimulus, clip, at, asIntended);
    const { startedAt } = await sayAt(line, clip, at).done;
    return startedAt === undefined ? undefined : stimulusEvent(stimulus, clip, at, startedAt);
  }

  /** A real stimulus that found no moment spoils the call; a sham that found none only tells us nothing. */
  #notFired({ id, sham, why }: Extract<Intention, { kind: 'not-fired' }>): void {
    if (sham) return;
    const at = this.#clock.now();
    this.#book.write({ source: 'caller', kind: 'not-fired', at, id, why });
    this.#book.fault(at, new CallFault('stimulus-not-fired', `${id} was not played: ${why}`));
  }

  /** Real stimuli whose line or reply never came up, because the call went another way. */
  #neverDue(): void {
    const done = new Set(this.#book.events.flatMap((event) => ('id' in event ? [event.id] : [])));
    const at = this.#clock.now();
    const why = 'the call was over before its moment came';
    for (const { id, sham } of this.#plan.stimuli) {
      if (!sham && !done.has(id)) this.#book.write({ source: 'caller', kind: 'not-fired', at, id, why });
    }
  }

  async #listenToDesk(): Promise<void> {
    const questions = this.#desks.questions[Symbol.asyncIterator]();
    const over = Promise.withResolvers<undefined>();
    this.#over.signal.addEventListener('abort', () => over.resolve(undefined), { once: true });
    for (;;) {
      const next = await Promise.race([questions.next(), over.promise]);
      if (!next) return;
      if (next.done) this.#satisfied = true;
      else this.#questions = [...this.#questions, next.value];
      this.#happened({ kind: 'desk-spoke', at: this.#clock.now() });
      if (next.done) return;
    }
  }
}
