/*
 * Two peer connections of ours, each told that the other one is at a relay; run by itself, because the library's addon
 * may be loaded by one thread of a process only. Prints what came of 100 packets each way, and what was decided.
 */
import { cleanup, initLogger } from 'node-datachannel';
import { realClock } from '../../harness/clock/real.ts';
import type { Fate } from '../../harness/model/network.ts';
import { ms } from '../../harness/model/time.ts';
import { buildPacket, parsePacket } from '../../harness/rtp/packet.ts';
import { Relay } from '../../harness/rtp/relay.ts';
import { candidatesIn, throughRelay } from '../../harness/webrtc/candidates.ts';
import type { PeerNews } from '../../harness/webrtc/mail.ts';
import { PeerPort } from '../../harness/webrtc/peer-port.ts';

const PACKETS = 100;
const HOST = '127.0.0.1';

initLogger('Fatal', () => undefined);
const clock = realClock();
const pass = (duration: number): Promise<void> => clock.sleepUntil(ms(clock.now() + duration));
const fates: Fate[] = [];
const relay = await Relay.open({
  host: HOST,
  network: { loss: 0.3, burst: 2, delayMs: 10 },
  seed: 4,
  timer: { now: () => clock.now(), at: (at, work) => void clock.sleepUntil(at).then(work) },
  note: (fate) => fates.push(fate),
});

function peer(name: string) {
  const described = Promise.withResolvers<string>();
  const open = Promise.withResolvers<void>();
  const port = new PeerPort(name, { iceServers: [], bind: HOST }, (news: PeerNews) => {
    if (news.what === 'gathered') described.resolve(news.sdp);
    if (news.what === 'open') open.resolve();
  });
  const came: number[] = [];
  port.onPacket = (bytes) => {
    const packet = parsePacket(bytes);
    if (packet?.payloadType === 111) came.push(packet.seq);
  };
  return { port, described: described.promise, open: open.promise, came };
}

const audio = (ssrc: number) =>
  ({ mid: '0', formats: [{ payloadType: 111, encoding: 'opus/48000/2' }], ssrc }) as const;
const [ours, theirs] = [peer('ours'), peer('theirs')];
ours.port.obey({ do: 'offer', audio: audio(1), channel: undefined });
const offer = await ours.described;
relay.expectOurs(candidatesIn(offer));
theirs.port.obey({ do: 'answer', sdp: throughRelay(offer, relay.far), audio: audio(2) });
const answer = await theirs.described;
relay.expectTheirs(candidatesIn(answer));
ours.port.obey({ do: 'settle', sdp: throughRelay(answer, relay.near) });
await Promise.all([ours.open, theirs.open]);

const rtp = (seq: number, ssrc: number): Uint8Array =>
  buildPacket({ payloadType: 111, marker: false, seq, timestamp: seq * 960, ssrc, payload: new Uint8Array(40) });
for (let seq = 0; seq < PACKETS; seq++) {
  ours.port.send(rtp(seq, 1));
  theirs.port.send(rtp(seq, 2));
  await pass(5);
}
await pass(300);
const lost = (direction: Fate['direction']): number[] =>
  fates.flatMap((fate) => (fate.direction === direction && fate.lost && fate.seq >= 0 ? [fate.seq] : []));
process.stdout.write(
  JSON.stringify({ out: { lost: lost('out'), came: theirs.came }, in: { lost: lost('in'), came: ours.came } }),
);
ours.port.close();
theirs.port.close();
relay.close();
cleanup();
