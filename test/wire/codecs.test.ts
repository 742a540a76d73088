import { afterAll, beforeAll, expect, test } from 'vitest';
import sip from '../../harness/lines/sip.ts';
import { CODECS, DialFailed, rateOf, type Line, type Phone, type Transport } from '../../harness/model/line.ts';
import { after } from '../../harness/model/time.ts';
import { throughCodec } from '../../harness/rtp/codec.ts';
import { chirp, find } from './chirp.ts';
import { clock, context } from './lines.ts';

let transport: Transport;
beforeAll(async () => {
  transport = await sip.open(clock);
});
afterAll(() => transport.close());

const pass = (duration: number): Promise<void> => clock.sleepUntil(after(clock.now(), duration));

/** A call between `near` and `far`, both ends in hand. */
async function connected(
  near: Phone,
  far: Phone,
  host = '127.0.0.1',
): Promise<{ near: Line; far: Line; close(): Promise<void> }> {
  const answered = Promise.withResolvers<Line>();
  answered.promise.catch(() => undefined);
  const place = await transport.listen(
    `sip:agent@${host}:0`,
    (call) => void call.accept(context({ seed: 2, phone: far })).then(answered.resolve, answered.reject),
  );
  const line = await transport.dial({ address: place.address }, context({ phone: near }));
  return { near: line, far: await answered.promise, close: () => place.close() };
}

for (const codec of CODECS) {
  for (const band of [undefined, 'wide'] as const) {
    const phone: Phone = { codec, otherCodecs: [], loss: 0, ...(band && { band }) };
    test(`${codec}, ${band ?? 'telephone'} band: what either side says is recorded by both, in its place`, async () => {
      const { near, far, close } = await connected(phone, { codec: 'PCMU', loss: 0 });
      const rate = rateOf(phone);
      expect([near.format.codec, far.format.codec]).toEqual([codec, codec]);
      expect([near.format.rate, far.format.rate]).toEqual([rate, 8_000]);
      const startAt = after(clock.now(), 200);
      await Promise.all([near.play([chirp(rate)], startAt).done, far.play([chirp(8_000)], startAt).done]);
      for (const key of ['7', '#'] as const) near.sendKey(key);
      await pass(500);
      await near.hangUp();
      await far.ended;
      const [ours, theirs] = [near.leg(), far.leg()];
      const first = ours.sent[0]?.dueAt ?? 0;
      const sent = find(chirp(rate), ours.sentAudio);
      expect(Math.abs(sent.at - ((startAt - first) * rate) / 1000)).toBeLessThanOrEqual(1);
      for (const [heard, said] of [
        [ours.receivedAudio, chirp(rate)],
        [ours.sentAudio, throughCodec(codec, chirp(rate), rate)],
      ] as const) {
        expect(find(said, heard).likeness).toBeGreaterThan(0.9);
      }
      // A sample of ours may lie between two of theirs.
      const between = [0, 0.5].map((late) => find(chirp(8_000, late), theirs.receivedAudio).likeness);
      expect(Math.max(...between)).toBeGreaterThan(0.9);
      const keys: string[] = [];
      for await (const item of far.incoming) if (item.kind === 'key') keys.push(item.key);
      expect(keys).toEqual(['7', '#']);
      const events = theirs.received.filter(({ payloadType }) => payloadType === (codec === 'opus' ? 97 : 101));
      expect(events.length).toBeGreaterThanOrEqual(14);
      await close();
    });
  }
}

test('who has none of the codecs offered refuses, and the caller is told which those were', async () => {
  const g722only: Phone = { codec: 'G722', otherCodecs: [], loss: 0 };
  const failure = await connected({ codec: 'PCMU', loss: 0 }, g722only).catch((reason: unknown) => reason);
  expect(failure).toBeInstanceOf(DialFailed);
  const { ending } = failure as DialFailed;
  expect(ending).toMatchObject({ by: 'them', reason: 'no-codec' });
  expect(ending.detail).toMatch(/^488 .*takes none of what we offered, plain audio in PCMU, PCMA$/);
});
