import { afterAll, beforeAll, expect, test } from 'vitest';
import sip from '../../harness/lines/sip.ts';
import { DialFailed, type Line, type Phone, type Transport } from '../../harness/model/line.ts';
import { after } from '../../harness/model/time.ts';
import { findTone, tone } from '../contracts/line-signals.ts';
import { clock, context } from './lines.ts';
import { rawPeer, responseTo, sdp } from './raw.ts';

let transport: Transport;
beforeAll(async () => {
  transport = await sip.open(clock);
});
afterAll(() => transport.close());

const pass = (duration: number): Promise<void> => clock.sleepUntil(after(clock.now(), duration));
const plain: Phone = { codec: 'PCMU', loss: 0 };
const sealed: Phone = { ...plain, encrypted: true };

test.each(['udp', 'tcp'])(
  'a call with encrypted audio, its keys over %s, is heard both ways, with its keys',
  async (by) => {
    const answered = Promise.withResolvers<Line>();
    const place = await transport.listen('sip:agent@127.0.0.1:0', (call) =>
      answered.resolve(call.accept(context({ seed: 2, phone: plain }))),
    );
    const near = await transport.dial({ address: `${place.address};transport=${by}` }, context({ phone: sealed }));
    const far = await answered.promise;
    await Promise.all([near.play([tone(4_000)]).done, far.play([tone(4_000)]).done]);
    near.sendKey('5');
    await pass(300);
    await near.hangUp();
    await far.ended;
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      const [sent, received] = [from.leg(), to.leg()];
      expect(received.lost).toEqual([]);
      expect(received.received.length).toBeGreaterThan(30);
      const at = findTone(received.receivedAudio);
      expect(at).toBeGreaterThanOrEqual(0);
      const said = sent.sentAudio.subarray(findTone(sent.sentAudio)).subarray(0, 4_000);
      expect(received.receivedAudio.subarray(at, at + 4_000)).toEqual(said);
    }
    const keys: string[] = [];
    for await (const item of far.incoming) if (item.kind === 'key') keys.push(item.key);
    expect(keys).toEqual(['5']);
    await place.close();
  },
);

test('an agent that answers in the clear gets no call: the audio would not have been secret', async () => {
  const invites: string[] = [];
  const peer = await rawPeer((text) => {
    if (text.startsWith('INVITE')) invites.push(text);
    return text.startsWith('INVITE')
      ? responseTo(text, '200 OK', ['Contact: <sip:raw@127.0.0.1:9>', 'Content-Type: application/sdp'], sdp)
      : undefined;
  });
  const failure = await transport.dial({ address: `sip:raw@127.0.0.1:${peer.port}` }, context({ phone: sealed })).then(
    () => undefined,
    (reason: unknown) => reason as DialFailed,
  );
  expect(invites[0]).toMatch(/^m=audio \d+ RTP\/SAVP 0 8 101/m);
  expect(invites[0]?.match(/^a=crypto:\d AES_CM_128_HMAC_SHA1_(80|32) inline:\S{40}\r?$/gm)).toHaveLength(2);
  expect(failure).toBeInstanceOf(DialFailed);
  expect(failure?.ending).toMatchObject({ reason: 'no-codec' });
  expect(failure?.ending.detail).toBe(
    'answered, but we want encrypted audio, and the other side brings no key for it that we can use',
  );
  peer.close();
});
