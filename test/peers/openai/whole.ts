import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerCall, soundAgent } from '../../../agent/agent.ts';
import type { Certificate } from '../../../agent/openai/certificate.ts';
import type { AgentParts } from '../../../agent/parts.ts';
import { WholeCall } from '../../../agent/realtime/call.ts';
import realtime from '../../../agent/wholes/realtime.ts';
import type { CallWorld } from '../../../agent/world.ts';
import { realClock } from '../../../harness/clock/real.ts';
import loopback from '../../../harness/lines/loopback.ts';
import type { Line } from '../../../harness/model/line.ts';
import type { Claim, OfficeRequest } from '../../../harness/model/office.ts';
import { resample } from '../../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../../harness/speech/dsp/samples.ts';
import { callAgent, soundings } from '../../calls/agent-call.ts';
import { sessionInProcess } from './in-process.ts';
import { certificate, openBench } from './open.ts';
import type { Bench } from './open.ts';

export function wholeAgent(): void {
  let bench: Bench;
  let issued: Certificate;
  beforeAll(async () => {
    issued = await certificate();
    bench = await openBench({ certificate: issued });
  });
  afterAll(async () => {
    delete process.env['HANGUP_CA'];
    await bench.close();
    issued.remove();
    expect(bench.troubles).toEqual([]);
  });

  const named = (): { engine: string; url: string } => ({
    engine: 'realtime',
    url: bench.server.url.replace('https', 'wss'),
  });

  const GREETING = 'Bright Smile Dental, this is the virtual assistant. How can I help?';

  /** One caller on an agent that a session leads, in real time. */
  class Call {
    readonly claims: Claim[] = [];
    readonly requests: OfficeRequest[] = [];
    readonly troubles: string[] = [];
    line!: Line;
    /** How long the agent has sounded. */
    soundedMs = 0;
    #soundedAt = 0;

    async run(act: () => Promise<void>): Promise<void> {
      const clock = realClock();
      const whole = await realtime.open(named());
      const parts = { ...soundAgent(bench.engines), whole };
      const transport = await loopback.open(clock);
      const closing = new AbortController();
      const { signal } = closing;
      const office = () => ({
        ask: async (request: OfficeRequest) => {
          if (request.kind === 'claim') this.claims.push(request.claim);
          else this.requests.push(request);
          return request.kind === 'desks'
            ? ({ kind: 'desks', desks: {} } as const)
            : ({ kind: 'done', id: 'r' } as const);
        },
      });
      const world = { clock, signal, seed: 1, office, trouble: (text: string) => void this.troubles.push(text) };
      let answered = Promise.resolve();
      await transport.listen('loopback:agent', (call) => (answered = answerCall(call, parts, world)));
      const phone = { codec: 'PCMU', loss: 0 } as const;
      this.line = await transport.dial({ address: 'loopback:agent' }, { clock, signal, phone, seed: 2, headers: {} });
      const listening = this.#listen();
      await act();
      await this.line.hangUp();
      await Promise.all([answered, listening]);
      closing.abort();
      await transport.close();
      await whole.close();
    }

    async say(text: string): Promise<void> {
      const { samples } = await bench.engines.voice.speak(text, { engine: 'flite', name: 'rms', rate: 1.1 });
      await this.line.play([toPcm(resample(toFloats(samples), 16_000, 8000))]).done;
    }

    /** What the agent says it has said. */
    get said(): readonly string[] {
      return this.claims.flatMap(({ what, text = '' }) => (what === 'said' ? [text] : []));
    }

    get sounding(): boolean {
      return performance.now() - this.#soundedAt < 100;
    }

    async until(met: () => boolean): Promise<void> {
      for (let waited = 0; !met(); waited += 20) {
        if (waited > 12_000) throw new Error(`nothing came of it; said: ${this.said.join(' / ')}`);
        await pass(20);
      }
    }

    async #listen(): Promise<void> {
      for await (const item of this.line.incoming) {
        if (item.kind === 'audio' && item.samples.some((sample) => Math.abs(sample) > 400)) {
          this.#soundedAt = performance.now();
          this.soundedMs += item.samples.length / 8;
        }
      }
    }
  }

  test('no session leads to one sentence before any phone rings', async () => {
    delete process.env['HANGUP_CA'];
    await expect(realtime.open(named())).rejects.toThrow(/self-signed certificate; put the file .* into HANGUP_CA/);
    process.env['HANGUP_CA'] = issued.file;
    await expect(realtime.open({ ...named(), model: 'gpt-9' })).rejects.toThrow(/realtime:gpt-9 at .*gpt-9/);
    await expect(realtime.open({ engine: 'realtime', url: 'wss://127.0.0.1:1/v1' })).rejects.toThrow(/ECONNREFUSED/);
    expect(await realtime.missing({ engine: 'realtime', model: 'gpt-realtime' })).toMatch(/OPENAI_API_KEY/);
  });

  test('a session of the local server stops late, answers late, or forgets what was cut off: measured in virtual time', async () => {
    const sentence = 'no wait, i would like to book a cleaning please';
    const { samples } = await bench.engines.voice.speak(sentence, { engine: 'flite', name: 'rms', rate: 1.1 });
    const speech = toPcm(resample(toFloats(samples), 16_000, 8000));
    let [spokeAt, doneAt] = [0, 0];
    const troubles: string[] = [];
    const answer = (line: Line, parts: AgentParts, world: CallWorld): Promise<void> => {
      const session = sessionInProcess(bench.engines, world.clock, (text) => void troubles.push(text));
      return new WholeCall(line, parts, world, session).run();
    };
    const parts = (): AgentParts => ({
      ...soundAgent(bench.engines),
      whole: { answer, close: () => Promise.resolve() },
    });
    const { line, claims } = await callAgent({ sentences: ['-'], parts }, async (caller) => {
      while (!caller.sounding()) await caller.wait(5);
      await caller.wait(1200);
      spokeAt = caller.clock.now();
      await caller.line.play([speech]).done;
      doneAt = caller.clock.now();
      await caller.wait(3000);
    });
    const [greeting, reply] = soundings(line);
    if (!greeting || !reply) throw new Error('it did not answer');
    expect(greeting.to - spokeAt).toBeLessThan(200);
    expect(reply.from - doneAt).toBeGreaterThan(100);
    expect(reply.from - doneAt).toBeLessThan(800);
    const said = claims.flatMap(({ what, text = '' }) => (what === 'said' ? [text] : []));
    expect(GREETING.startsWith(said[0] ?? '-')).toBe(true);
    expect(said[0]).not.toBe(GREETING);
    expect(said[1]).toBe('Which day would you like?');
    expect(troubles).toEqual([]);
  });

  test('a session of the local server leads a call, and when the server is killed the caller is told and not left in silence', async () => {
    process.env['HANGUP_CA'] = issued.file;
    const call = new Call();
    await call.run(async () => {
      await call.until(() => call.sounding);
      await pass(1000);
      await call.say('no wait, i would like to book a cleaning please');
      await call.until(() => call.said.length > 0);
      const [greeting = ''] = call.said;
      expect(GREETING.startsWith(greeting)).toBe(true);
      await call.until(() => call.claims.some(({ name, what }) => what === 'stage' && name === 'voice'));
      await call.until(() => call.sounding);
      expect(call.claims.find(({ what }) => what === 'transcript')?.text).toContain('cleaning');
      const before = call.soundedMs;
      await bench.server.close();
      await call.until(() => call.said.some((text) => text.includes('something is wrong on my side')));
      expect(call.soundedMs - before).toBeGreaterThan(2000);
    });
    expect(call.troubles).toEqual([]);
  });
}
