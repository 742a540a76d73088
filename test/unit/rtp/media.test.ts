import { createSocket, type Socket } from 'node:dgram';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realClock } from '../../../harness/clock/real.ts';
import { VirtualClock } from '../../../harness/clock/virtual.ts';
import { after, type Clock, ms } from '../../../harness/model/time.ts';
import type { MediaLeg } from '../../../harness/rtp/media-leg.ts';
import { type Media, openMedia } from '../../../harness/rtp/media.ts';
import { buildPacket, parsePacket, type RtpPacket } from '../../../harness/rtp/packet.ts';
import { newMasterKey } from '../../../harness/rtp/srtp-keys.ts';
import { SrtpSender } from '../../../harness/rtp/srtp.ts';
import type { LegSetup } from '../../../harness/rtp/rtp-leg.ts';
import { hasIPv6 } from '../../peers/loopback.ts';

const clock = realClock();
let media: Media;
beforeAll(async () => {
  media = await openMedia(clock);
});
afterAll(() => media.close());

const setup = (seed: number): LegSetup => ({
  codec: 'PCMU',
  payloadType: 0,
  accepts: { codecs: { 0: 'PCMU' }, events: [101] },
  rate: 8_000,
  keys: { payloadType: 101, clockRate: 8_000 },
  seed,
});
const local = (port: number): { host: string; port: number } => ({ host: '127.0.0.1', port });
const pass = (duration: number): Promise<void> => clock.sleepUntil(after(clock.now(), duration));

async function joined(): Promise<readonly [MediaLeg, MediaLeg]> {
  const [near, far] = [await media.open(), await media.open()] as const;
  near.start(setup(1), local(far.localPort));
  far.start(setup(2), local(near.localPort));
  return [near, far];
}

/** A plain socket in place of a peer, and the RTP it got. */
async function plainPeer(): Promise<{ socket: Socket; port: number; got: RtpPacket[] }> {
  const socket = createSocket('udp4');
  const got: RtpPacket[] = [];
  socket.on('message', (bytes) => {
    const packet = parsePacket(bytes);
    if (packet) got.push(packet);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { socket, port: socket.address().port, got };
}

const voice = (seq: number, payloadType = 0): Uint8Array =>
  buildPacket({ payloadType, marker: false, seq, timestamp: seq * 160, ssrc: 5, payload: new Uint8Array(160) });

test('two legs hear each other, and what one sent is what the other got', async () => {
  const [near, far] = await joined();
  const startAt = after(clock.now(), 300);
  const clip = Int16Array.from({ length: 4_000 }, (_, i) => (i % 16 < 8 ? 6_000 : -6_000));
  const played = await near.play([clip], startAt).done;
  expect(played).toMatchObject({ samples: 4_000, cut: false });
  near.sendKey('3');
  await pass(300);
  const keys: string[] = [];
  const reading = (async () => {
    for await (const item of far.incoming) if (item.kind === 'key') keys.push(item.key);
  })();
  const [sent, got] = await Promise.all([near.stop(), far.stop()]);
  await reading;
  expect(keys).toEqual(['3']);
  const audio = got.received.filter(({ samples }) => samples > 0);
  const first = sent.sent.find(({ seq }) => seq === audio[0]?.seq);
  const from = first?.mediaIndex ?? 0;
  const until = from + got.receivedAudio.length;
  expect(got.receivedAudio).toEqual(sent.sentAudio.subarray(from, until));
  const loud = sent.sentAudio.findIndex((sample) => Math.abs(sample) > 3_000);
  expect(Math.abs(loud / 8 + (sent.sent[0]?.dueAt ?? 0) - startAt)).toBeLessThanOrEqual(0.0626);
  expect(Math.abs((got.maps[0]?.originMs ?? 0) - (first?.dueAt ?? 0))).toBeLessThan(10);
});

test('a main thread that stalls puts no gap into a word', async () => {
  const [near, far] = await joined();
  const playing = near.play([new Int16Array(8_000).fill(3_000)]);
  await playing.started;
  const stalledUntil = clock.now() + 400;
  while (clock.now() < stalledUntil);
  await playing.done;
  const [sent] = await Promise.all([near.stop(), far.stop()]);
  const during = sent.sent.filter(({ at }) => at > stalledUntil - 350 && at < stalledUntil - 50);
  expect(during.length).toBeGreaterThanOrEqual(13);
});

test('media goes to where media comes from, when signalling named another port', async () => {
  const [named, real] = [await plainPeer(), await plainPeer()];
  const leg = await media.open();
  leg.start(setup(3), local(named.port));
  await pass(150);
  expect(named.got.length).toBeGreaterThan(2);
  for (let seq = 0; seq < 10; seq++) {
    real.socket.send(voice(seq), leg.localPort, '127.0.0.1');
    await pass(20);
  }
  await pass(100);
  expect(real.got.length).toBeGreaterThan(5);
  const book = await leg.stop();
  expect(book.received.length).toBe(10);
  for (const { socket } of [named, real]) socket.close();
});

test('a re-INVITE moves the media to the new place', async () => {
  const [first, second] = [await plainPeer(), await plainPeer()];
  const leg = await media.open();
  leg.start(setup(4), local(first.port));
  first.socket.send(voice(1), leg.localPort, '127.0.0.1');
  await pass(150);
  leg.setRemote(local(second.port));
  await pass(100);
  const before = first.got.length;
  await pass(100);
  expect(second.got.length).toBeGreaterThan(3);
  expect(first.got.length).toBe(before);
  await leg.stop();
  for (const { socket } of [first, second]) socket.close();
});

test('media that never arrives is visible, and sending to a closed port does not end the thread', async () => {
  const gone = await plainPeer();
  const leg = await media.open();
  leg.start(setup(5), local(gone.port));
  gone.socket.send(voice(1, 18), leg.localPort, '127.0.0.1');
  await pass(100);
  await new Promise<void>((resolve) => gone.socket.close(() => resolve()));
  await pass(200);
  expect([leg.firstHeardAt, leg.lastHeardAt, leg.ignoredPayloadType]).toEqual([undefined, undefined, 18]);
  const book = await leg.stop();
  expect(book.sent.length).toBeGreaterThan(10);
  expect(book.maps).toEqual([]);
});

test('stamps are on the clock of the call, not of the thread', async () => {
  const later = realClock(clock.zeroNs - 5_000_000_000n);
  const leg = await media.open({ clock: later });
  leg.start(setup(6), local(9));
  await pass(60);
  const { sent } = await leg.stop();
  expect(Math.abs((sent.at(-1)?.at ?? 0) - later.now())).toBeLessThan(1_000);
});

test('a leg that was never started stops with empty books; stopping twice is one stop', async () => {
  const leg = await media.open();
  const [first, second] = await Promise.all([leg.stop(), leg.stop()]);
  expect(first).toBe(second);
  expect([first.sent.length, first.received.length]).toEqual([0, 0]);
});

test('a host that is not ours is one clear fault', async () => {
  await expect(media.open({ clock, host: '203.0.113.1' })).rejects.toThrow(/no port for the call's media/);
});

test('virtual time has no network', async () => {
  const virtual: Clock = new VirtualClock();
  await expect(openMedia(virtual)).rejects.toThrow('media over a network needs the real clock');
});

test('closing ends the legs that were left, and may be done twice', async () => {
  const own = await openMedia(clock);
  const leg = await own.open();
  leg.start(setup(7), local(9));
  const playing = leg.play([new Int16Array(80_000)], ms(0));
  await playing.started;
  await own.close();
  await own.close();
  expect((await playing.done).cut).toBe(true);
  await expect(own.open()).rejects.toThrow('media thread');
});

test.skipIf(!hasIPv6)('two legs hear each other over IPv6', async () => {
  const [near, far] = [await media.open({ clock, host: '::1' }), await media.open({ clock, host: '::1' })] as const;
  near.start(setup(1), { host: '::1', port: far.localPort });
  far.start(setup(2), { host: '::1', port: near.localPort });
  await pass(300);
  const [ours, theirs] = await Promise.all([near.stop(), far.stop()]);
  expect(Math.min(ours.received.length, theirs.received.length)).toBeGreaterThan(8);
});

test('a stranger who sends to an encrypted leg is neither heard nor followed', async () => {
  const [stranger, friend] = [await plainPeer(), await plainPeer()];
  const leg = await media.open();
  const keys = { send: newMasterKey('AES_CM_128_HMAC_SHA1_80'), receive: newMasterKey('AES_CM_128_HMAC_SHA1_80') };
  leg.start(setup(1), local(friend.port), { impairment: { loss: 0, seed: 1 }, srtp: keys });
  for (let seq = 0; seq < 10; seq++) {
    stranger.socket.send(voice(seq), leg.localPort, '127.0.0.1');
    await pass(20);
  }
  expect(leg.isUnreadable).toBe(true);
  const sealed = new SrtpSender(keys.receive);
  for (let seq = 0; seq < 10; seq++) {
    friend.socket.send(sealed.protect(voice(seq)), leg.localPort, '127.0.0.1');
    await pass(20);
  }
  const { received } = await leg.stop();
  expect(received).toHaveLength(10);
  expect(friend.got.length).toBeGreaterThan(15);
  expect(stranger.got).toEqual([]);
  for (const { socket } of [stranger, friend]) socket.close();
});
