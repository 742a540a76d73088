import { expect, test } from 'vitest';
import { VirtualClock } from '../../../harness/clock/virtual.ts';
import type { Leg } from '../../../harness/model/line.ts';
import { after } from '../../../harness/model/time.ts';
import type { PeerNews } from '../../../harness/webrtc/mail.ts';
import { Peer } from '../../../harness/webrtc/peer.ts';

/** A peer whose connection is told by hand what happens; what `ask` of it comes to, in words. */
async function outcome(
  ask: (peer: Peer) => Promise<unknown>,
  news: readonly PeerNews[],
  plan: ConstructorParameters<typeof Peer>[2] = { iceServers: [] },
): Promise<string> {
  const clock = new VirtualClock();
  const leg = {
    onWireNews: undefined as ((news: object) => void) | undefined,
    orderWire: () => undefined,
    closed: new Promise<Leg>(() => undefined),
  };
  const peer = new Peer(leg, clock, plan);
  return clock.run(
    (async () => {
      const asked = ask(peer).then(String, (error: unknown) => String(error));
      for (const each of news) {
        await clock.sleepUntil(after(clock.now(), 10));
        leg.onWireNews?.(each);
      }
      return asked;
    })(),
  );
}

const connected = (peer: Peer): Promise<void> => peer.connected();
const local = { what: 'candidate', candidate: 'candidate:1 1 UDP 1 127.0.0.1 4000 typ host', mid: '0' } as const;

test('no path is told from a path over which the encryption could not be set up', async () => {
  const none = await outcome(connected, [
    { what: 'path', state: 'failed' },
    { what: 'state', state: 'failed' },
  ]);
  expect(none).toBe('PeerTrouble: no path for the audio to the other side was found (ICE failed)');
  const sealed = await outcome(connected, [
    { what: 'path', state: 'connected' },
    { what: 'state', state: 'failed' },
  ]);
  expect(sealed).toMatch(/a path to the other side was found, but the encryption .* could not be set up \(DTLS\)/);
});

test('a path never found is given up, and a TURN server that gave no relay is named', async () => {
  const turn = { iceServers: [{ url: 'turn:relay.example.org:3478' }] };
  expect(await outcome(connected, [local], turn)).toMatch(
    /ICE failed\); turn:relay\.example\.org:3478 gave us no relay: it refused our account, or cannot be reached$/,
  );
  const relay = { ...local, candidate: 'candidate:2 1 UDP 1 192.0.2.1 4000 typ relay raddr 0.0.0.0 rport 0' };
  expect(await outcome(connected, [relay], turn)).toMatch(/ICE failed\)$/);
});

test('where only a relay may be used, one that refuses us ends the call before it is placed', async () => {
  const plan = { iceServers: [{ url: 'turn:relay.example.org:3478' }], relayOnly: true } as const;
  const offer = (peer: Peer): Promise<string> => peer.offer({ mid: '0', formats: [], ssrc: 1 }, undefined);
  expect(
    await outcome(
      offer,
      [
        { what: 'described', sdp: 'v=0' },
        { what: 'gathered', sdp: 'v=0' },
      ],
      plan,
    ),
  ).toMatch(/^PeerTrouble: turn:relay\.example\.org:3478 gave us no relay/);
});

test('a data channel that never opens is named', async () => {
  const said = await outcome((peer) => peer.channelOpen('oai-events'), []);
  expect(said).toMatch(/audio is connected, but the data channel oai-events did not open within 10 s/);
});

test('a search for candidates that takes too long is cut short, and the rest is told one by one', async () => {
  const late: string[] = [];
  const offered = outcome(
    async (peer) => {
      const sdp = await peer.offer({ mid: '0', formats: [], ssrc: 1 }, undefined);
      peer.onCandidate = ({ candidate }) => late.push(candidate);
      return sdp;
    },
    [{ what: 'described', sdp: 'v=0\r\nm=audio 9\r\na=mid:0\r\nm=application 9\r\na=mid:1\r\n' }, local],
  );
  expect(await offered).toBe(`v=0\r\nm=audio 9\r\na=mid:0\r\na=${local.candidate}\r\nm=application 9\r\na=mid:1\r\n`);
  expect(late).toEqual([]);
});

test('a connection that breaks is told from one that was closed', async () => {
  const over = async (peer: Peer): Promise<string> => JSON.stringify(await peer.over);
  const open = { what: 'open' } as const;
  expect(await outcome(over, [open, { what: 'state', state: 'closed' }])).toMatch(/"by":"them"/);
  expect(await outcome(over, [open, { what: 'state', state: 'failed' }])).toMatch(/"by":"line".*broke/);
});
