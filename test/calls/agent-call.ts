import { answerCall, soundAgent } from '../../agent/agent.ts';
import type { AgentParts } from '../../agent/agent.ts';
import { VirtualClock } from '../../harness/clock/virtual.ts';
import loopback from '../../harness/lines/loopback.ts';
import type { Line, Playing } from '../../harness/model/line.ts';
import type { Claim, OfficeReply, OfficeRequest } from '../../harness/model/office.ts';
import { after } from '../../harness/model/time.ts';
import { lengthOf, tone, toneEar, toneVad, toneVoice } from './agent-tones.ts';

/** What a test's caller can do. */
export interface Caller {
  readonly line: Line;
  readonly clock: VirtualClock;
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
}

/** What differs from a plain call to the sound agent. */
export interface CallSetting {
  readonly sentences: readonly string[];
  readonly parts?: (sound: AgentParts) => AgentParts;
  readonly office?: (request: OfficeRequest) => OfficeReply | Promise<OfficeReply>;
  /** Runs beside the call, e.g. a desk that listens. */
  readonly desk?: 'answers' | 'busy';
}

const ordinary = (request: OfficeRequest): OfficeReply =>
  request.kind === 'desks' ? { kind: 'desks', desks: { billing: 'loopback:billing' } } : { kind: 'done', id: 'r-1' };

/** Calls the agent with tones for words, on the loopback line in virtual time. */
export async function callAgent(setting: CallSetting, act: (caller: Caller) => Promise<void>): Promise<CallOutcome> {
  const clock = new VirtualClock();
  const signal = new AbortController().signal;
  const requests: OfficeRequest[] = [];
  const troubles: string[] = [];
  const sound = soundAgent({ voice: toneVoice, ear: toneEar(setting.sentences), vad: toneVad });
  const parts = setting.parts?.(sound) ?? sound;
  const office = {
    ask: async (request: OfficeRequest): Promise<OfficeReply> => {
      requests.push(request);
      return (setting.office ?? ordinary)(request);
    },
  };
  const world = { clock, signal, seed: 1, office: () => office, trouble: (text: string) => void troubles.push(text) };
  const whole = async (): Promise<Line> => {
    const transport = await loopback.open(clock);
    let answered = Promise.resolve();
    await transport.listen('loopback:agent', (call) => (answered = answerCall(call, parts, world)));
    const phone = { codec: 'PCMU', loss: 0 } as const;
    await transport.listen('loopback:billing', (call) => {
      if (setting.desk === 'answers') void call.accept({ clock, signal, seed: 4, phone });
      else void call.reject(486);
    });
    const line = await transport.dial({ address: 'loopback:agent' }, { clock, signal, phone, seed: 2, headers: {} });
    await act(new TonesCaller(line, clock, setting.sentences));
    await line.hangUp();
    await answered;
    await transport.close();
    return line;
  };
  const line = await clock.run(whole());
  const claims = requests.flatMap((request) => (request.kind === 'claim' ? [request.claim] : []));
  return { line, requests, claims, troubles };
}

class TonesCaller implements Caller {
  readonly line: Line;
  readonly clock: VirtualClock;
  readonly #sentences: readonly string[];
  #soundedAt = -Infinity;
  #spokeAt = -1;

  constructor(line: Line, clock: VirtualClock, sentences: readonly string[]) {
    this.line = line;
    this.clock = clock;
    this.#sentences = sentences;
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
      if (item.kind === 'notice' && item.notice.kind === 'refer') item.notice.follow().catch(() => undefined);
      if (item.kind === 'audio' && item.samples.some((sample) => Math.abs(sample) > 400)) {
        this.#soundedAt = item.arrivedAt;
      }
    }
  }
}
