import { answerCall, soundAgent } from '../../agent/agent.ts';
import type { AgentParts } from '../../agent/agent.ts';
import { VirtualClock } from '../../harness/clock/virtual.ts';
import loopback from '../../harness/lines/loopback.ts';
import type { Line, Playing } from '../../harness/model/line.ts';
import type { Claim, OfficeReply, OfficeRequest } from '../../harness/model/office.ts';
import type { Plan } from '../../harness/model/plan.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import { after } from '../../harness/model/time.ts';
import type { DeskSpeech } from '../../harness/office/desk-voice.ts';
import { openDesks } from '../../harness/office/desks.ts';
import { openOffice } from '../../harness/office/office.ts';
import { lengthOf, tone, toneEar, toneVad, toneVoice } from './agent-tones.ts';

/** What a test's caller can do. */
export interface Caller {
  readonly line: Line;
  readonly clock: VirtualClock;
  /** The desk's, once she was put through. */
  readonly desk: Line | undefined;
  /** Says one of the sentences; resolves when its last sample has left. */
  say(text: string): Promise<void>;
  begin(text: string, lengthMs?: number): Playing;
  wait(lengthMs: number): Promise<void>;
  /** Waits until the agent has sounded since she spoke, and has been silent for 800 ms. */
  agentDone(): Promise<void>;
  /** Whether the agent sounded in the last 60 ms. */
  sounding(): boolean;
}

/** What came of a call. */
export interface CallOutcome {
  readonly line: Line;
  readonly requests: readonly OfficeRequest[];
  readonly claims: readonly Claim[];
  readonly troubles: readonly string[];
  /** What the office and its desks saw. */
  readonly seen: readonly CallEvent[];
}

/** Stretches in which the agent sounded, ms on the call's clock, parted by 200 ms of quiet or more. */
export function soundings(line: Line): readonly { readonly from: number; readonly to: number }[] {
  const { receivedAudio, maps } = line.leg();
  const origin = maps[0]?.originMs ?? 0;
  const found: { from: number; to: number }[] = [];
  receivedAudio.forEach((sample, index) => {
    if (Math.abs(sample) < 400) return;
    const at = origin + index / 8;
    const last = found.at(-1);
    if (last && at - last.to < 200) last.to = at;
    else found.push({ from: at, to: at });
  });
  return found;
}

/** What differs from a plain call to the sound agent. */
export interface CallSetting {
  readonly sentences: readonly string[];
  readonly parts?: (sound: AgentParts) => AgentParts;
  readonly office?: (request: OfficeRequest) => OfficeReply | Promise<OfficeReply>;
  /** What the harness's desks do when they are called; without it there are none. */
  readonly desks?: Plan['desks'];
  /** Facts the desks hold out for. */
  readonly required?: readonly string[];
  /** An agent that can be called and cannot call. */
  readonly cannotDial?: true;
  /** Her telephone takes no notice of a transfer. */
  readonly neverFollows?: true;
}

const ordinary = (request: OfficeRequest): OfficeReply =>
  request.kind === 'desks' ? { kind: 'desks', desks: {} } : { kind: 'done', id: 'r-1' };

const phone = { codec: 'PCMU', loss: 0 } as const;
const deskTones: DeskSpeech = {
  greeting: () => tone(20, 700),
  question: () => tone(21, 900),
  closing: () => tone(22, 800),
};

/** Calls the agent with tones for words, on the loopback line in virtual time. */
export async function callAgent(setting: CallSetting, act: (caller: Caller) => Promise<void>): Promise<CallOutcome> {
  const clock = new VirtualClock();
  const signal = new AbortController().signal;
  const requests: OfficeRequest[] = [];
  const troubles: string[] = [];
  const sound = soundAgent({ voice: toneVoice, ear: toneEar(setting.sentences), vad: toneVad });
  const parts = setting.parts?.(sound) ?? sound;
  const office = openOffice(clock);
  const handoff = { truth: 'may', facts: setting.required ?? [] } as const;
  office.begin('call', { desks: setting.desks ?? 'answer', expect: { handoff }, phone, seed: 4 });
  const door = {
    ask: async (request: OfficeRequest): Promise<OfficeReply> => {
      requests.push(request);
      const reply = setting.desks === undefined ? undefined : await office.door('call').ask(request);
      return setting.office?.(request) ?? reply ?? ordinary(request);
    },
  };
  const trouble = (text: string): void => void troubles.push(text);
  const whole = async (): Promise<Line> => {
    const transport = await loopback.open(clock);
    const dials = setting.cannotDial ? {} : { transport };
    const world = { clock, signal, seed: 1, office: () => door, trouble, ...dials };
    let answered = Promise.resolve();
    await transport.listen('loopback:agent', (call) => (answered = answerCall(call, parts, world)));
    const on = { at: (name: string) => `loopback:${name}`, nowhere: (name: string) => `loopback:${name}.gone` };
    const desks = await openDesks(transport, office, deskTones, clock, on);
    const headers = { 'X-Hangup-Call': 'call' };
    const line = await transport.dial({ address: 'loopback:agent' }, { clock, signal, phone, seed: 2, headers });
    await act(new TonesCaller(line, clock, setting));
    await line.hangUp();
    await answered;
    await desks.close();
    await transport.close();
    return line;
  };
  const line = await clock.run(whole());
  const claims = requests.flatMap((request) => (request.kind === 'claim' ? [request.claim] : []));
  return { line, requests, claims, troubles, seen: office.events('call') };
}

class TonesCaller implements Caller {
  readonly line: Line;
  readonly clock: VirtualClock;
  desk: Line | undefined;
  readonly #sentences: readonly string[];
  readonly #follows: boolean;
  #soundedAt = -Infinity;
  #spokeAt = -1;

  constructor(line: Line, clock: VirtualClock, { sentences, neverFollows }: CallSetting) {
    this.line = line;
    this.clock = clock;
    this.#sentences = sentences;
    this.#follows = neverFollows === undefined;
    void this.#listen();
  }

  begin(text: string, lengthMs = lengthOf(text)): Playing {
    const pitch = this.#sentences.indexOf(text);
    if (pitch < 0) throw new Error(`the ear does not know "${text}"`);
    this.#spokeAt = this.clock.now();
    const playing = this.line.play([tone(pitch, lengthMs)]);
    void playing.done.then(() => (this.#spokeAt = this.clock.now()));
    return playing;
  }

  async say(text: string): Promise<void> {
    await this.begin(text).done;
  }

  wait(lengthMs: number): Promise<void> {
    return this.clock.sleepUntil(after(this.clock.now(), lengthMs));
  }

  sounding(): boolean {
    return this.clock.now() - this.#soundedAt < 60;
  }

  async agentDone(): Promise<void> {
    const begun = this.clock.now();
    while (this.clock.now() - begun < 20_000) {
      await this.wait(20);
      const heard = this.#soundedAt > this.#spokeAt;
      if (heard && this.clock.now() - this.#soundedAt >= 800) return;
    }
    throw new Error('the agent said nothing for 20 s');
  }

  async #listen(): Promise<void> {
    for await (const item of this.line.incoming) {
      if (item.kind === 'notice' && item.notice.kind === 'refer' && this.#follows) {
        item.notice.follow().then(
          (line) => (this.desk = line),
          () => undefined,
        );
      }
      if (item.kind === 'audio' && item.samples.some((sample) => Math.abs(sample) > 400)) {
        this.#soundedAt = item.arrivedAt;
      }
    }
  }
}
