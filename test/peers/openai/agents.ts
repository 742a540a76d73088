import { RealtimeAgent, RealtimeSession, tool } from '@openai/agents/realtime';
import type { RealtimeItem } from '@openai/agents/realtime';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openBench } from './open.ts';
import type { Bench } from './open.ts';
import { silence, spoken } from './sound.ts';

export function agentsSdk(): void {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(async () => {
    await bench.close();
    expect(bench.troubles).toEqual([]);
  });

  /** What was said on one side, as the session's history has it. */
  const wordsOf = (history: readonly RealtimeItem[], role: 'user' | 'assistant'): string =>
    history
      .flatMap((item): readonly { transcript?: string | null | undefined; text?: string | undefined }[] =>
        item.type === 'message' && item.role === role ? item.content : [],
      )
      .map(({ transcript, text }) => transcript ?? text ?? '')
      .join(' / ');

  async function until(met: () => boolean): Promise<void> {
    for (let waited = 0; !met(); waited += 20) {
      if (waited > 8000) throw new Error('nothing came of it');
      await pass(20);
    }
  }

  test("the agents' SDK holds a spoken talk: sound both ways, a tool, and an interruption that costs the words not heard", async () => {
    const handed: string[] = [];
    const handOver = tool({
      name: 'hand_over',
      description: 'Puts the caller through to a person.',
      parameters: z.object({ desk: z.string(), reason: z.string() }),
      execute: ({ desk }) => {
        handed.push(desk);
        return '{"kind":"done","id":"r-1"}';
      },
    });
    const agent = new RealtimeAgent({ name: 'desk', instructions: 'Help.', tools: [handOver] });
    const session = new RealtimeSession(agent, {
      transport: 'websocket',
      model: 'hangup-realtime',
      tracingDisabled: true,
    });
    let [heardMs, cuts] = [0, 0];
    const errors: unknown[] = [];
    session.on('audio', ({ data }) => (heardMs += data.byteLength / 48));
    session.on('audio_interrupted', () => cuts++);
    session.on('error', (error) => errors.push(error));
    const url = `${bench.server.url.replace('http', 'ws')}/realtime?model=hangup-realtime`;
    await session.connect({ apiKey: 'any', url });
    const say = (samples: Int16Array): void => session.sendAudio(new Uint8Array(samples.buffer).buffer as ArrayBuffer);

    session.transport.requestResponse?.();
    await until(() => heardMs > 2500);
    await until(() => wordsOf(session.history, 'assistant').endsWith('help?'));
    await pass(700);
    say(silence(1000));
    say(await spoken(bench, 'no wait, I have a question about my bill, please'));
    say(silence(1500));
    await until(() => cuts > 0);
    await until(() => wordsOf(session.history, 'assistant').includes('billing'));
    const [greeting = ''] = wordsOf(session.history, 'assistant').split(' / ');
    expect(greeting).toMatch(/^Bright/);
    expect(greeting).not.toContain('help');
    expect(wordsOf(session.history, 'user')).toMatch(/bill/);
    session.sendMessage('maya lopez');
    await until(() => handed.length > 0);
    expect(handed).toEqual(['billing']);
    expect(errors).toEqual([]);
    session.close();
  });
}
