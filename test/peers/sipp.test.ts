import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, expect, test } from 'vitest';
import sip from '../../harness/lines/sip.ts';
import { DialFailed, type Line, type Target, type Transport } from '../../harness/model/line.ts';
import { after } from '../../harness/model/time.ts';
import { tone } from '../contracts/line-signals.ts';
import { clock, context } from '../wire/lines.ts';
import { needProgram } from './need.ts';
import { runSipp } from './sipp.ts';

const withSipp = test.skipIf(!needProgram('sipp'));

let transport: Transport;
beforeAll(async () => {
  transport = await sip.open(clock);
});
afterAll(() => transport.close());

/** Length of the stretch louder than -20 dBov, in samples. */
function loudStretch(samples: Int16Array): number {
  const loud = (sample: number): boolean => Math.abs(sample) > 3_000;
  const from = samples.findIndex(loud);
  return from < 0 ? 0 : samples.findLastIndex(loud) + 1 - from;
}

/** A UDP port that was free a moment ago, with its successors for SIPp's media. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port - (port % 2);
}

for (const [name, transportOption, parameter] of [
  ['UDP', 'u1', ''],
  ['TCP', 't1', ';transport=tcp'],
] as const) {
  withSipp(`SIPp calls our listener over ${name}: its audio is heard whole, and its BYE is answered`, async () => {
    const answered = Promise.withResolvers<Line>();
    const called = Promise.withResolvers<Readonly<Record<string, string>>>();
    const at = await transport.listen('sip:agent@127.0.0.1:0', (call) => {
      called.resolve(call.headers);
      answered.resolve(call.accept(context()));
    });
    const port = /:(\d+)$/.exec(at.address)?.[1] ?? '';
    const sipp = await runSipp('caller', ['-t', transportOption, '-s', 'desk', `127.0.0.1:${port}`], tone(8_000));
    const line = await Promise.race([answered.promise, sipp.done.then(({ output }) => expect.unreachable(output))]);
    expect(await line.ended).toMatchObject({ by: 'them', reason: 'hung-up' });
    const { code, output } = await sipp.done;
    expect(code, output).toBe(0);
    expect((await called.promise)['x-hangup-call']).toMatch(/^sipp-\d+$/);
    const leg = line.leg();
    expect(leg.received.every(({ payloadType }) => payloadType === 0)).toBe(true);
    expect(Math.abs(loudStretch(leg.receivedAudio) - 8_000)).toBeLessThan(320);
    await at.close();
  });

  withSipp(`SIPp answers our call over ${name} and echoes: what we say comes back, and our BYE ends it`, async () => {
    const [port, media] = [await freePort(), await freePort()];
    const sipp = await runSipp('callee', ['-t', transportOption, '-p', `${port}`, '-mp', `${media}`, '-rtp_echo']);
    const line = await dialUntilThere({ address: `sip:echo@127.0.0.1:${port}${parameter}` });
    await line.play([tone(4_000)], after(clock.now(), 200)).done;
    await clock.sleepUntil(after(clock.now(), 200));
    await line.hangUp();
    expect(await line.ended).toMatchObject({ by: 'us', reason: 'hung-up' });
    const { code, output } = await sipp.done;
    expect(code, output).toBe(0);
    expect(Math.abs(loudStretch(line.leg().receivedAudio) - 4_000)).toBeLessThan(320);
  });
}

for (const [name, transportOption, parameter] of [
  ['UDP', 'u1', ''],
  ['TCP', 't1', ';transport=tcp'],
] as const) {
  withSipp(`SIPp over ${name} lets in whom it knows by its own digest, and nobody else`, async () => {
    for (const password of ['secret', 'wrong']) {
      const [port, media] = [await freePort(), await freePort()];
      const sipp = await runSipp('guarded', ['-t', transportOption, '-p', `${port}`, '-mp', `${media}`, '-rtp_echo']);
      const target = { address: `sip:echo@127.0.0.1:${port}${parameter}`, user: 'paula', password };
      if (password === 'wrong') {
        await expect(dialUntilThere(target)).rejects.toMatchObject({ ending: { detail: '403 Forbidden' } });
        sipp.stop();
      } else {
        const line = await dialUntilThere(target);
        await line.hangUp();
        const { code, output } = await sipp.done;
        expect(code, output).toBe(0);
      }
    }
  });
}

/** SIPp says nowhere when it is ready: a refused call is tried again for five seconds. */
async function dialUntilThere(target: Target): Promise<Line> {
  const giveUp = after(clock.now(), 5_000);
  for (;;) {
    try {
      return await transport.dial(target, context());
    } catch (error) {
      const there = !(error instanceof DialFailed && error.ending.reason === 'unreachable');
      if (there || clock.now() > giveUp) throw error;
      await clock.sleepUntil(after(clock.now(), 100));
    }
  }
}
