import { createSocket, type Socket } from 'node:dgram';
import { afterEach, expect, test } from 'vitest';
import { realClock } from '../../harness/clock/real.ts';
import type { Fate, Network } from '../../harness/model/network.ts';
import { ms } from '../../harness/model/time.ts';
import { buildPacket } from '../../harness/rtp/packet.ts';
import { Relay } from '../../harness/rtp/relay.ts';
import type { Timer } from '../../harness/rtp/wire.ts';

const HOST = '127.0.0.1';
const clock = realClock();
const timer: Timer = { now: () => clock.now(), at: (at, work) => void clock.sleepUntil(at).then(work) };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A socket, and what came to it: first bytes. */
async function agent(): Promise<{ socket: Socket; address: { host: string; port: number }; came: number[] }> {
  const socket = createSocket('udp4');
  const came: number[] = [];
  socket.on('message', (bytes) => came.push(bytes[0] ?? -1));
  await new Promise<void>((bound) => socket.bind(0, HOST, bound));
  closing.push(() => socket.close());
  return { socket, address: { host: HOST, port: socket.address().port }, came };
}

/** Two agents that have found each other through a relay. */
async function connected(network: Network) {
  const fates: Fate[] = [];
  const relay = await Relay.open({ host: HOST, network, seed: 5, timer, note: (fate) => fates.push(fate) });
  closing.push(() => relay.close());
  const [ours, theirs] = await Promise.all([agent(), agent()]);
  relay.expectOurs([ours.address]);
  relay.expectTheirs([theirs.address]);
  const send = (from: typeof ours, bytes: Uint8Array): void =>
    from.socket.send(bytes, (from === ours ? relay.near : relay.far).port, HOST);
  send(ours, STUN);
  send(theirs, STUN);
  await until(() => ours.came.includes(0) && theirs.came.includes(0));
  return { relay, ours, theirs, fates, send };
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !holds(); i++) await clock.sleepUntil(ms(clock.now() + 5));
  expect(holds()).toBe(true);
}

const STUN = Uint8Array.of(0, 1, 0, 0);
const DTLS = Uint8Array.of(22, 254, 253);
const rtp = (seq: number): Uint8Array =>
  buildPacket({ payloadType: 111, marker: false, seq, timestamp: seq * 960, ssrc: 1, payload: new Uint8Array(20) });

test('a relay impairs media both ways and lets checks and handshakes through', async () => {
  const { ours, theirs, fates, send } = await connected({ loss: 0.5 });
  for (let seq = 0; seq < 100; seq++) {
    send(ours, rtp(seq));
    send(theirs, rtp(seq));
    send(ours, DTLS);
    send(theirs, STUN);
    await clock.sleepUntil(ms(clock.now() + 1));
  }
  await until(() => theirs.came.filter((first) => first === 22).length === 100);
  await until(() => ours.came.filter((first) => first === 0).length === 101);
  const got = (came: readonly number[]): number => came.filter((first) => first === 128).length;
  const lost = (way: Fate['direction']): number => fates.filter((fate) => fate.direction === way && fate.lost).length;
  expect(lost('out')).toBeGreaterThan(20);
  expect(lost('in')).toBeGreaterThan(20);
  await until(() => got(theirs.came) === 100 - lost('out') && got(ours.came) === 100 - lost('in'));
});

test('media of a stranger does not get through, and a new check moves the relay', async () => {
  const { relay, ours, theirs, send } = await connected({ loss: 0 });
  const other = await agent();
  other.socket.send(rtp(1), relay.far.port, HOST);
  other.socket.send(STUN, relay.far.port, HOST);
  await until(() => ours.came.length === 2);
  expect(ours.came).toEqual([0, 0]);
  send(ours, DTLS);
  await until(() => other.came.includes(22));
  expect(theirs.came).not.toContain(22);
});
