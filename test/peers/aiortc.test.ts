import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import webrtc from '../../harness/lines/webrtc.ts';
import type { Transport } from '../../harness/model/line.ts';
import { after } from '../../harness/model/time.ts';
import { findTone, tone } from '../contracts/line-signals.ts';
import { clock, context } from '../wire/lines.ts';
import { needPython } from './need.ts';

const able = needPython('aiortc');

let transport: Transport;
let stopped = (): void => undefined;
beforeAll(async () => {
  transport = await webrtc.open(clock);
});
afterAll(async () => {
  stopped();
  await transport.close();
});

/** Starts the bot; where it takes offers. */
async function bot(): Promise<string> {
  const child = spawn('/usr/bin/python3', [new URL('aiortc_bot.py', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  stopped = () => void child.kill('SIGKILL');
  const port = await new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  return `webrtc+pipecat:http://127.0.0.1:${port}/api/offer`;
}

test.skipIf(!able)(
  'a SmallWebRTC bot on aiortc hears us, is heard, and answers our pings',
  async () => {
    const phone = { codec: 'opus', otherCodecs: ['PCMU'], loss: 0 } as const;
    const line = await transport.dial({ address: await bot() }, context({ phone }));
    expect(line.format.codec).toBe('opus');
    const said: string[] = [];
    const reading = (async () => {
      for await (const item of line.incoming) if (item.kind === 'message') said.push(item.text);
    })();
    await clock.sleepUntil(after(clock.now(), 500));
    await line.play([tone(4_000)]).done;
    await clock.sleepUntil(after(clock.now(), 1_000));
    await line.hangUp();
    await reading;
    expect(findTone(line.leg().receivedAudio)).toBeGreaterThanOrEqual(0);
    expect(said[0]).toContain('"data": "ping: 1"');
  },
  40_000,
);
