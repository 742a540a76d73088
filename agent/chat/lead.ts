import type { OfficeReply, OfficeRequest } from '../../harness/model/office.ts';
import { blank, say } from '../brain/dialogue.ts';
import type { Act, Cue, Dialogue, HandOver } from '../brain/dialogue.ts';
import { greeting, oneMoment } from '../brain/phrases.ts';
import { read } from '../ear/read.ts';
import { PHONE_DIGITS } from '../ear/slots.ts';
import type { Lead, LeadMaker, Reply } from '../lead.ts';
import { wordsIn } from '../words.ts';
import type { CallWorld } from '../world.ts';
import { messagesOf, resulted, saidBy, shortened, told } from './history.ts';
import type { History } from './history.ts';
import { ModelTrouble } from './model.ts';
import type { ChatModel, NamedUse } from './model.ts';
import type { Happening } from './notes.ts';
import { askModel, usualPatience } from './patience.ts';
import type { Patience } from './patience.ts';
import { callAgain, callsBack, handsOver, lostThread } from './phrases.ts';
import { prompt } from './prompt.ts';
import { deedOf } from './tools.ts';
import type { Deed, Tool, ToolResult } from './tools.ts';
import { topicOf } from './topic.ts';

/** Answers in a row in which a model may use its tools wrongly. */
const ROUNDS = 3;
/** Failures in a row after which a person takes over. */
const FAILURES = 2;

/** A chat model leads: it is asked after every turn of hers, and what it says is said clause by clause. */
export const chatLead =
  (model: ChatModel, patience: Patience = usualPatience): LeadMaker =>
  (_parts, world) =>
    new ChatLead(model, patience, world);

/** A reply in the making. */
interface Making {
  readonly stop: AbortController;
  /** Its turns in the history, and what they say. */
  readonly turns: { readonly key: number; text: string }[];
  whole: boolean;
}

class ChatLead implements Lead {
  readonly #model: ChatModel;
  readonly #patience: Patience;
  readonly #world: CallWorld;
  #dialogue: Dialogue = blank;
  #history: History = [];
  #turns = 0;
  /** Answers in a row that failed. */
  #failures = 0;
  /** The last answer was empty: she is about to go on, or was asked to wait. */
  #wordless = false;
  /** She was put through for want of an answer. */
  #gaveUp = false;
  /** The model has said goodbye. */
  #closing = false;
  /** She cut in, and what she says has not come yet. */
  #cutIn = false;
  /** What she said while a desk rang. */
  #meanwhile: Happening | undefined;
  /** Office requests that wait for their result, and the handover under way. */
  readonly #owed = new Map<OfficeRequest, { readonly id: string; readonly name: Tool['name'] }>();
  #handing: string | undefined;
  #making: Making | undefined;
  /** Resolves when the last reply was made. */
  #made: Promise<void> = Promise.resolve();

  constructor(model: ChatModel, patience: Patience, world: CallWorld) {
    this.#model = model;
    this.#patience = patience;
    this.#world = world;
  }

  get dialogue(): Dialogue {
    return this.#dialogue;
  }

  ahead(): undefined {
    return undefined;
  }

  meanwhile(cue: Cue): 'stays' {
    if (cue.kind === 'heard') this.#meanwhile = cue;
    return 'stays';
  }

  end(): void {
    this.#making?.stop.abort();
  }

  take(cue: Cue): readonly Act[] | Reply {
    switch (cue.kind) {
      case 'answered':
        this.#dialogue = { ...blank, call: cue.call };
        this.#history = told(this.#history, { cutIn: false, what: cue });
        return this.#reply(
          () => undefined,
          (making) => this.#says(making, greeting),
        );
      case 'heard':
        return this.#onHeard(cue);
      case 'key':
        return this.#onKey(cue);
      case 'silence':
        return this.#making ? [] : this.#answer(this.#noting(cue));
      case 'cut':
        this.#cutIn = true;
        return [];
      case 'sound':
        return [];
      case 'office-slow':
        return this.#making ? [] : [say(oneMoment)];
      case 'office':
        return this.#onOffice(cue.asked, cue.reply);
      case 'desk-failed':
        return this.#onDeskFailed(cue.desk);
    }
  }

  #onHeard(cue: Extract<Cue, { kind: 'heard' }>): Reply {
    const { slots } = read(cue.text, this.#dialogue.asked);
    this.#dialogue = { ...this.#dialogue, slots: { ...this.#dialogue.slots, ...slots } };
    return this.#overtake(cue);
  }

  /** Digits of a number are typed one by one: they are taken together. */
  #onKey(cue: Extract<Cue, { kind: 'key' }>): readonly Act[] | Reply {
    const { asked, keys } = this.#dialogue;
    const typed = /\d/.test(cue.key) ? keys + cue.key : keys;
    const inNumber = (asked === 'phone' || keys !== '') && cue.key !== '#' && cue.key !== '*';
    if (!inNumber || typed.length >= PHONE_DIGITS) {
      this.#dialogue = { ...this.#dialogue, keys: '' };
      return this.#overtake(cue);
    }
    this.#dialogue = { ...this.#dialogue, keys: typed };
    this.#noting(cue)();
    return [];
  }

  /** What she says now counts, and no answer to what was before it. */
  #overtake(cue: Happening): Reply {
    this.#making?.stop.abort();
    this.#closing = false;
    return this.#answer(this.#noting(cue));
  }

  #onOffice(asked: OfficeRequest, reply: OfficeReply): readonly Act[] | Reply {
    const owed = this.#owed.get(asked);
    if (!owed) return [];
    this.#owed.delete(asked);
    const result: ToolResult = reply.kind === 'desks' ? { kind: 'refused', why: 'no answer' } : reply;
    const note = (): void => void (this.#history = resulted(this.#history, owed.id, owed.name, result));
    if (asked.kind === 'commit' && reply.kind === 'done') this.#committed(asked);
    const more = this.#owed.size > 0 || this.#handing !== undefined || this.#closing;
    if (!more) return this.#answer(note);
    note();
    return [];
  }

  #committed({ action, values }: Extract<OfficeRequest, { kind: 'commit' }>): void {
    const { slots, done } = this.#dialogue;
    const held = { ...slots, ...values };
    this.#dialogue = {
      ...this.#dialogue,
      wish: action,
      slots: held,
      agreed: held,
      committed: values,
      done: [...done.filter((one) => one !== action), action],
    };
  }

  #onDeskFailed(desk: string): Reply {
    const id = this.#handing;
    const meanwhile = this.#meanwhile;
    this.#handing = undefined;
    this.#meanwhile = undefined;
    this.#dialogue = { ...this.#dialogue, tried: [...this.#dialogue.tried, desk] };
    const result = { kind: 'desk-failed', desk } as const;
    return this.#answer(() => {
      this.#history =
        id === undefined
          ? told(this.#history, { cutIn: false, what: { kind: 'answers', tool: 'hand_over', result } })
          : resulted(this.#history, id, 'hand_over', result);
      if (meanwhile) this.#history = told(this.#history, { cutIn: false, what: meanwhile });
    });
  }

  /** Puts it into the history, when it is its turn. */
  #noting(what: Happening): () => void {
    const cutIn = this.#cutIn;
    this.#cutIn = false;
    return () => void (this.#history = told(this.#history, { cutIn, what }));
  }

  #answer(note: () => void): Reply {
    return this.#reply(note, (making) => this.#rounds(making));
  }

  /** One reply at a time: `note` and the making of it come after all of the one before. */
  #reply(note: () => void, make: (making: Making) => AsyncGenerator<Act> | Generator<Act>): Reply {
    const making: Making = { stop: new AbortController(), turns: [], whole: false };
    const before = this.#made;
    const done = Promise.withResolvers<void>();
    this.#made = done.promise;
    this.#making = making;
    const acts = async function* (this: ChatLead): AsyncGenerator<Act> {
      try {
        await before;
        note();
        yield* make(making);
        making.whole = true;
      } finally {
        if (this.#making === making) this.#making = undefined;
        done.resolve();
      }
    };
    return { acts: acts.call(this), heard: (words) => this.#heard(making, words) };
  }

  /** What was not heard of it is forgotten, and what is not made of it yet is not made. */
  #heard({ stop, turns, whole }: Making, words: string): void {
    if (!whole) stop.abort();
    let left = wordsIn(words);
    for (const { key, text } of turns) {
      const own = wordsIn(text).length;
      if (left.length < own) this.#history = shortened(this.#history, key, left.slice(0, own).join(' '));
      left = left.slice(own);
    }
  }

  /** Asks until it has used its tools as they are meant to be, or has failed. */
  async *#rounds(making: Making): AsyncGenerator<Act> {
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const deeds = yield* this.#round(making);
        if (deeds === 'again') continue;
        yield* deeds;
        return;
      }
      throw new Error('the model cannot use its tools');
    } catch (error) {
      if (!making.stop.signal.aborted) yield* this.#failed(making, error as Error);
    }
  }

  /** One answer: says it, and returns what is to be done. */
  async *#round(making: Making): AsyncGenerator<Act, readonly Act[] | 'again'> {
    const { signal } = making.stop;
    const { clock } = this.#world;
    const begun = clock.now();
    const asking = { model: this.#model, clock, patience: this.#patience, signal };
    const chat = [{ role: 'system', text: prompt } as const, ...messagesOf(this.#history)];
    const key = ++this.#turns;
    let uses: readonly NamedUse[] = [];
    for await (const coming of askModel(asking, chat)) {
      if (coming.kind === 'begins') this.#world.claims.stage('first-token', begun, clock.now());
      if (coming.kind === 'wait') yield* this.#says(making, oneMoment, key);
      if (coming.kind === 'clause') yield* this.#says(making, coming.text, key);
      if (coming.kind === 'whole') uses = coming.uses;
      signal.throwIfAborted();
    }
    const text = making.turns.find((turn) => turn.key === key)?.text ?? '';
    const nothing = text === '' && uses.length === 0;
    if (nothing && this.#wordless) throw new ModelTrouble('the model had nothing to say, twice in a row', 'stays');
    this.#wordless = nothing;
    if (nothing) return [];
    this.#failures = 0;
    this.#history = saidBy(this.#history, key, text, uses);
    const deeds = uses.flatMap((use) => this.#deed(use));
    return deeds.length > 0 || uses.length === 0 ? deeds : 'again';
  }

  /** Says `text` as more of the turn `key`, or as one of its own. */
  *#says(making: Making, text: string, key = ++this.#turns): Generator<Act> {
    const known = making.turns.find((turn) => turn.key === key);
    const turn = known ?? { key, text: '' };
    if (!known) making.turns.push(turn);
    turn.text = turn.text === '' ? text : `${turn.text} ${text}`;
    this.#history = saidBy(this.#history, key, turn.text, []);
    const { asked, askedBefore } = this.#dialogue;
    const topic = topicOf(turn.text, asked);
    this.#dialogue = { ...this.#dialogue, asked: topic, askedBefore: topic === asked ? askedBefore : asked };
    yield say(text);
  }

  #deed({ id, use }: NamedUse): readonly Act[] {
    const deed = deedOf(use);
    if (typeof deed === 'string') {
      this.#history = resulted(this.#history, id, use.name as Tool['name'], { kind: 'wrong', why: deed });
      return [];
    }
    switch (deed.kind) {
      case 'office':
        this.#owed.set(deed.request, { id, name: use.name as Tool['name'] });
        return [deed];
      case 'hand-over':
        this.#handing = id;
        return [this.#handOver(deed)];
      case 'hang-up':
        this.#closing = true;
        this.#history = resulted(this.#history, id, 'hang_up', { kind: 'hanging-up' });
        return [deed];
    }
  }

  #handOver({ to, with: known }: Extract<Deed, { kind: 'hand-over' }>): Act {
    const { slots, wish, upset, urgent } = this.#dialogue;
    this.#dialogue = {
      ...this.#dialogue,
      slots: { ...slots, ...known.facts },
      wish: known.intent ?? wish,
      upset: upset || known.sentiment === 'upset',
      urgent: urgent || known.urgency === 'urgent',
      sent: to,
    };
    return { kind: 'hand-over', to };
  }

  /** Never silence: she is asked to say it again, then a person takes over, and if there is none she is called back. */
  *#failed(making: Making, trouble: Error): Generator<Act> {
    this.#failures++;
    this.#world.claims.state('trouble', `the brain gave no answer: ${trouble.message}`, this.#world.clock.now());
    const key = making.turns.at(-1)?.key;
    if (this.#failures < FAILURES) return yield* this.#says(making, lostThread, key);
    if (!this.#gaveUp) {
      this.#gaveUp = true;
      const to: HandOver = { desk: 'front desk', reason: 'the assistant could not go on' };
      this.#dialogue = { ...this.#dialogue, sent: to };
      yield* this.#says(making, handsOver, key);
      return yield { kind: 'hand-over', to };
    }
    const { name, phone } = this.#dialogue.slots;
    const values = { ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) };
    yield* this.#says(making, phone === undefined ? callAgain : callsBack, key);
    if (phone !== undefined) yield { kind: 'office', request: { kind: 'commit', action: 'message', values } };
    yield { kind: 'hang-up' };
  }
}
