import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SipTransport } from '../../harness/lines/sip/transport.ts';
import type { Line } from '../../harness/model/line.ts';
import { after, ms } from '../../harness/model/time.ts';
import { seededDrops } from '../../harness/sip/drops.ts';
import { clock, context } from './lines.ts';

test('closing the transport leaves no port, thread or timer: the process ends by itself', async () => {
  const script = fileURLToPath(new URL('./leave.ts', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString();
  });
  const printed = once(child.stdout, 'end').then(() => clock.now());
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(0);
  expect(JSON.parse(output)).toEqual({ endings: ['aborted', expect.stringMatching(/aborted|hung-up/)], soon: true });
  expect(clock.now() - (await printed)).toBeLessThan(2_000);
});

test('30 of 30 lines connect, carry audio and end although 20 % of SIP packets are lost both ways', async () => {
  // Every packet passes two ends that lose it independently.
  const transport = await SipTransport.open(clock, seededDrops(5, 1 - Math.sqrt(0.8)));
  const callees: Line[] = [];
  const at = await transport.listen('sip:agent@127.0.0.1:0', (call) => {
    void call.accept(context({ seed: 2 })).then(
      (line) => callees.push(line),
      () => undefined,
    );
  });
  const callers = await Promise.all(
    Array.from({ length: 30 }, (_, seed) =>
      transport.dial({ address: at.address }, context({ seed, ringTimeout: ms(40_000) })),
    ),
  );
  await clock.sleepUntil(after(clock.now(), 300));
  await Promise.all(callers.map((line) => line.hangUp()));
  const endings = await Promise.all([...callers, ...callees].map((line) => line.ended));
  expect(callees).toHaveLength(30);
  expect(endings.map(({ reason }) => reason)).toEqual(Array.from({ length: 60 }, () => 'hung-up'));
  for (const line of callers) expect(line.leg().received.length).toBeGreaterThan(5);
  await transport.close();
}, 90_000);
