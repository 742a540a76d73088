import type { RealtimeClientEvent, RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { expect, test } from 'vitest';
import { WholeCall } from '../../agent/realtime/call.ts';
import type { LeadingSession } from '../../agent/realtime/call.ts';
import type { ToolUse } from '../../agent/chat/tools.ts';
import { decodeG711, encodeG711 } from '../../harness/rtp/g711.ts';
import { callAgent, soundings } from './agent-call.ts';
import type { Caller, CallOutcome, CallSetting } from './agent-call.ts';
import { tone } from './agent-tones.ts';

const GREETING = 'one two three four five six seven eight nine ten';
/** It hums for so long. */
const GREETING_MS = 3000;
/** A turn is told of once it has sounded for so long, and is over after so much quiet: frames of 20 ms. */
const TURN = 15;
const OVER = 25;

/** A session of few words: it greets, and tells of the turns it hears; what it does about them is the test's. */
class ScriptedSession implements LeadingSession {
  readonly sent: RealtimeClientEvent[] = [];
  readonly lost: Promise<string>;
  alive = true;
  readonly #lose: (why: string) => void;
  readonly #onTurn: (session: ScriptedSession) => void;
  #listener: (event: RealtimeServerEvent) => void = () => undefined;
  #loud = 0;
  #quiet = 0;
  #responses = 0;

  constructor(onTurn: (session: ScriptedSession) => void) {
    this.#onTurn = onTurn;
    const { promise, resolve } = Promise.withResolvers<string>();
    this.lost = promise;
    this.#lose = resolve;
  }

  listen(listener: (event: RealtimeServerEvent) => void): void {
    this.#listener = listener;
  }

  send(event: RealtimeClientEvent): void {
    this.sent.push(event);
    if (event.type === 'input_audio_buffer.append') this.#hear(decodeG711('PCMU', Buffer.from(event.audio, 'base64')));
    if (event.type === 'response.create' && this.#responses === 0) this.say(GREETING, GREETING_MS);
  }

  close(): void {
    this.alive = false;
  }

  breakDown(): void {
    this.alive = false;
    this.#lose('gone');
  }

  /** One response: words, their sound, and a tool. */
  say(text: string, lengthMs: number, use?: ToolUse): void {
    const id = this.#sound(text, lengthMs);
    this.#emit({ type: 'response.output_audio.done', item_id: id });
    if (use) this.#use(id, use);
    this.#emit({ type: 'response.done', response: { status: 'completed' } });
  }

  /** A response that is broken off behind its tool. */
  breakDownOver(text: string, lengthMs: number, use: ToolUse): void {
    this.#use(this.#sound(text, lengthMs), use);
    this.breakDown();
  }

  /** A response of which no more comes. */
  stallOver(text: string, lengthMs: number): void {
    this.#sound(text, lengthMs);
  }

  #sound(text: string, lengthMs: number): string {
    const id = `item-${++this.#responses}`;
    const at = { item_id: id };
    this.#emit({ type: 'response.created', response: {} });
    this.#emit({ type: 'response.output_audio_transcript.delta', ...at, delta: text });
    for (let ms = 0; ms < lengthMs; ms += 200) {
      const piece = encodeG711('PCMU', tone(20, Math.min(200, lengthMs - ms)));
      this.#emit({ type: 'response.output_audio.delta', ...at, delta: Buffer.from(piece).toString('base64') });
    }
    return id;
  }

  #use(id: string, use: ToolUse): void {
    this.#emit({ type: 'response.output_item.done', item: { type: 'function_call', call_id: `use-${id}`, ...use } });
  }

  /** Results and notes that the session was told, as text. */
  get told(): readonly string[] {
    return this.sent.flatMap((event) => {
      if (event.type !== 'conversation.item.create') return [];
      const { item } = event;
      if (item.type === 'function_call_output') return [item.output];
      return item.type === 'message'
        ? [String(item.content[0] && 'text' in item.content[0] && item.content[0].text)]
        : [];
    });
  }

  get truncations(): readonly number[] {
    return this.sent.flatMap((event) => (event.type === 'conversation.item.truncate' ? [event.audio_end_ms] : []));
  }

  #emit(event: object): void {
    this.#listener(event as RealtimeServerEvent);
  }

  #hear(samples: Int16Array): void {
    const loud = samples.some((sample) => Math.abs(sample) > 400);
    this.#quiet = loud ? 0 : this.#quiet + 1;
    if (loud) this.#loud++;
    if (loud && this.#loud === TURN) this.#emit({ type: 'input_audio_buffer.speech_started' });
    if (this.#quiet !== OVER) return;
    const turn = this.#loud >= TURN;
    this.#loud = 0;
    if (!turn) return;
    this.#emit({ type: 'input_audio_buffer.speech_stopped' });
    this.#onTurn(this);
  }
}

/** A call that a scripted session leads. */
async function ledCall(
  act: (caller: Caller, session: ScriptedSession) => Promise<void>,
  { onTurn = () => undefined, ...setting }: Partial<CallSetting> & { onTurn?: (session: ScriptedSession) => void } = {},
): Promise<CallOutcome & { readonly session: ScriptedSession }> {
  const session = new ScriptedSession(onTurn);
  const whole = {
    answer: (
      ...[line, parts, world]: ConstructorParameters<typeof WholeCall> extends [...infer Rest, unknown] ? Rest : never
    ) => new WholeCall(line, parts, world, session).run(),
    close: async () => undefined,
  };
  const outcome = await callAgent(
    { sentences: ['a b c d e f g h'], ...setting, parts: (sound) => ({ ...sound, whole }) },
    (caller) => act(caller, session),
  );
  return { ...outcome, session };
}

const soundedMs = (outcome: CallOutcome): number =>
  soundings(outcome.line).reduce((sum, { from, to }) => sum + to - from, 0);

test.each([300, 1110, 2050])(
  'cut off %d ms into an answer that came all at once, the agent is silent within a tenth of a second and the session knows what was heard',
  async (offset) => {
    let spokeAt = 0;
    const outcome = await ledCall(async (caller) => {
      while (!caller.sounding()) await caller.wait(5);
      await caller.wait(offset);
      spokeAt = caller.clock.now();
      await caller.begin('a b c d e f g h', 900).done;
      await caller.wait(800);
    });
    const [greeting] = soundings(outcome.line);
    if (!greeting) throw new Error('it never greeted');
    expect(greeting.to - spokeAt).toBeLessThan(150);
    expect(outcome.session.truncations).toHaveLength(1);
    expect(Math.abs((outcome.session.truncations[0] ?? 0) - (greeting.to - greeting.from))).toBeLessThan(30);
    expect(GREETING.startsWith(outcome.claims.find(({ what }) => what === 'said')?.text ?? '-')).toBe(true);
    expect(soundings(outcome.line)).toHaveLength(1);
  },
);

test('a sound that the session takes for no turn costs a pause, and not a word', async () => {
  const outcome = await ledCall(async (caller) => {
    while (!caller.sounding()) await caller.wait(5);
    await caller.wait(800);
    await caller.begin('a b c d e f g h', 160).done;
    await caller.agentDone();
  });
  expect(outcome.session.truncations).toEqual([]);
  expect(soundings(outcome.line)).toHaveLength(2);
  expect(Math.abs(soundedMs(outcome) - GREETING_MS)).toBeLessThan(50);
  expect(outcome.claims.find(({ what }) => what === 'said')?.text).toBe(GREETING);
});

test('a connection lost in mid-sentence is no silence: the own voice says so, and a person takes over with what was told', async () => {
  const outcome = await ledCall(
    async (caller, session) => {
      while (!caller.sounding()) await caller.wait(5);
      await caller.wait(1000);
      session.breakDown();
      while (!caller.desk) await caller.wait(50);
      await caller.wait(1000);
    },
    { desks: 'answer' },
  );
  const said = outcome.claims.flatMap(({ what, text = '' }) => (what === 'said' ? [text] : []));
  expect(said.at(-1)).toMatch(/something is wrong on my side/);
  expect(outcome.requests.find(({ kind }) => kind === 'handoff')).toMatchObject({ packet: { desk: 'front desk' } });
  expect(outcome.troubles).toEqual([]);
});

test('a connection lost over the goodbye leaves her on a line that nobody hangs up', async () => {
  const outcome = await ledCall(
    async (caller) => {
      await caller.agentDone();
      await caller.begin('a b c d e f g h', 900).done;
      await caller.line.ended;
    },
    { onTurn: (session) => session.breakDownOver('good bye', 600, { name: 'hang_up', arguments: '{}' }) },
  );
  expect(await outcome.line.ended).toMatchObject({ by: 'them', reason: 'hung-up' });
  expect(outcome.requests.filter(({ kind }) => kind === 'handoff')).toEqual([]);
});

test('a connection lost over the words before a handover has her put through twice', async () => {
  const nurse = { name: 'hand_over', arguments: '{"desk":"nurse","reason":"pain"}' };
  const outcome = await ledCall(
    async (caller) => {
      await caller.agentDone();
      await caller.begin('a b c d e f g h', 900).done;
      while (!caller.desk) await caller.wait(50);
      await caller.wait(1000);
    },
    { desks: 'answer', onTurn: (session) => session.breakDownOver('one moment', 600, nurse) },
  );
  expect(outcome.requests.filter(({ kind }) => kind === 'handoff')).toMatchObject([{ packet: { desk: 'front desk' } }]);
  expect(outcome.troubles).toEqual([]);
});

test('what the session wants done is done once its words are over, and it is told what came of it', async () => {
  const book = { name: 'office_commit', arguments: '{"action":"book","values":{"day":"tuesday"}}' };
  let turns = 0;
  const outcome = await ledCall(
    async (caller) => {
      await caller.agentDone();
      await caller.begin('a b c d e f g h', 900).done;
      await caller.agentDone();
      await caller.begin('a b c d e f g h', 900).done;
      await caller.line.ended;
    },
    {
      onTurn: (session) =>
        ++turns === 1
          ? session.say('one moment', 400, book)
          : session.say('bye', 600, { name: 'hang_up', arguments: '{}' }),
    },
  );
  expect(outcome.requests.find(({ kind }) => kind === 'commit')).toMatchObject({ values: { day: 'tuesday' } });
  expect(outcome.session.told).toEqual(['[the call begins]', '{"kind":"done","id":"r-1"}']);
  expect(outcome.session.sent.filter(({ type }) => type === 'response.create')).toHaveLength(2);
  expect(soundings(outcome.line)).toHaveLength(3);
  const stages = outcome.claims.flatMap(({ what, name }) => (what === 'stage' ? [name] : []));
  expect(stages).toEqual(expect.arrayContaining(['endpointing', 'brain', 'voice']));
});

test('a session that hears nothing for long is told so, and one that owes an answer for long is given up', async () => {
  const outcome = await ledCall(async (caller, session) => {
    await caller.agentDone();
    await caller.wait(8000);
    expect(session.told.at(-1)).toBe('[silence]');
    await caller.line.ended;
  });
  const said = outcome.claims.flatMap(({ what, text = '' }) => (what === 'said' ? [text] : []));
  expect(said.slice(1).join(' ')).toMatch(/something is wrong.*call again later/);
});

test('a session that stalls in mid-answer leaves her in silence', async () => {
  const outcome = await ledCall(
    async (caller) => {
      await caller.agentDone();
      await caller.begin('a b c d e f g h', 900).done;
      await caller.line.ended;
    },
    { onTurn: (session) => session.stallOver('one moment and', 600) },
  );
  const said = outcome.claims.flatMap(({ what, text = '' }) => (what === 'said' ? [text] : []));
  expect(said.slice(2).join(' ')).toMatch(/something is wrong.*call again later/);
});
