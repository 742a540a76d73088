import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  DialFailed,
  type Incoming,
  type IncomingCall,
  type Line,
  type Notice,
  type Transport,
} from '../../harness/model/line.ts';
import { UsageError } from '../../harness/model/errors.ts';
import { after, ms } from '../../harness/model/time.ts';
import sip from '../../harness/lines/sip.ts';
import { clock, context } from './lines.ts';
import { rawPeer, request, responseTo, sdp } from './raw.ts';

let transport: Transport;
beforeAll(async () => {
  transport = await sip.open(clock);
});
afterAll(() => transport.close());

/** Listens on a free port and takes every call with `take`. */
const listening = (take: (call: IncomingCall) => void): ReturnType<Transport['listen']> =>
  transport.listen('sip:agent@127.0.0.1:0', take);

/** A line between two ends of ours. */
async function pair(address = ''): Promise<{ caller: Line; callee: Line; close: () => Promise<void> }> {
  const accepted = Promise.withResolvers<Line>();
  const at = await listening((call) => accepted.resolve(call.accept(context({ seed: 2 }))));
  const caller = await transport.dial({ address: at.address + address }, context());
  return { caller, callee: await accepted.promise, close: () => at.close() };
}

async function asked(line: Line): Promise<Extract<Notice, { kind: 'refer' }>> {
  for await (const item of line.incoming) {
    if (item.kind === 'notice' && item.notice.kind === 'refer') return item.notice;
  }
  throw new Error('the line ended without a transfer');
}

async function next<K extends Incoming['kind']>(line: Line, kind: K): Promise<Extract<Incoming, { kind: K }>> {
  for await (const item of line.incoming) if (item.kind === kind) return item as Extract<Incoming, { kind: K }>;
  throw new Error(`the line ended without any ${kind}`);
}

test('a tone played on one end is heard on the other, and the books of both agree', async () => {
  const { caller, callee, close } = await pair();
  const tone = Int16Array.from({ length: 4_000 }, (_, n) => 8_000 * Math.sin((2 * Math.PI * 500 * n) / 8_000));
  const playing = caller.play([tone]);
  const played = await playing.done;
  expect(played).toMatchObject({ samples: 4_000, cut: false });
  await clock.sleepUntil(after(clock.now(), 100));
  await caller.hangUp();
  expect(await caller.ended).toMatchObject({ by: 'us', reason: 'hung-up' });
  expect(await callee.ended).toMatchObject({ by: 'them', reason: 'hung-up' });
  const sent = caller.leg();
  const heard = callee.leg();
  const loud = heard.receivedAudio.filter((sample) => Math.abs(sample) > 1_000).length;
  expect(loud).toBeGreaterThan(3_000);
  expect(heard.received.length).toBeGreaterThan(20);
  expect(heard.lost).toEqual([]);
  expect(sent.sent.length).toBeGreaterThanOrEqual(heard.received.length);
  await close();
});

test('calls over TCP work alike', async () => {
  const { caller, callee, close } = await pair(';transport=tcp');
  callee.sendKey('7');
  expect(await next(caller, 'key')).toMatchObject({ key: '7' });
  await callee.hangUp();
  expect(await caller.ended).toMatchObject({ by: 'them', reason: 'hung-up' });
  await close();
});

test('many listeners share the transport, each on a port of its own', async () => {
  const [one, two] = await Promise.all([listening(() => undefined), listening(() => undefined)]);
  expect(one.address).toMatch(/^sip:agent@127\.0\.0\.1:\d+$/);
  expect(one.address).not.toBe(two.address);
  const port = /\d+$/.exec(one.address)?.[0] ?? '';
  await expect(transport.listen(one.address, () => undefined)).rejects.toThrow(new RegExp(`port ${port} .* in use`));
  await Promise.all([one.close(), two.close()]);
  await (await transport.listen(one.address, () => undefined)).close();
});

test('each way a call can fail is told apart', async () => {
  const answers = { busy: 486, away: 480, no: 603 } as const;
  const at = await listening((call) => {
    const user = /^sip:(\w+)@/.exec(call.to)?.[1];
    if (user === 'busy' || user === 'away' || user === 'no') void call.reject(answers[user]);
  });
  const reasonFor = async (user: string): Promise<string> => {
    const dialled = transport.dial({ address: at.address.replace('agent', user) }, context({ ringTimeout: ms(300) }));
    const failed = (await dialled.then(
      () => undefined,
      (error: unknown) => error,
    )) as DialFailed;
    expect(failed).toBeInstanceOf(DialFailed);
    return `${failed.ending.by} ${failed.ending.reason}: ${failed.ending.detail}`;
  };
  expect(await reasonFor('busy')).toBe('them busy: 486 Busy Here');
  expect(await reasonFor('no')).toBe('them declined: 603 Decline');
  expect(await reasonFor('away')).toBe('them no-answer: 480 Temporarily Unavailable');
  expect(await reasonFor('silent')).toBe('them no-answer: nobody answered within 0.3 s');
  await at.close();
});

test('a 404 is a rejection that keeps its words', async () => {
  const peer = await rawPeer((text) => (text.startsWith('INVITE') ? responseTo(text, '404 Not Found') : undefined));
  const dialled = transport.dial({ address: `sip:x@127.0.0.1:${peer.port}` }, context());
  await expect(dialled).rejects.toMatchObject({ ending: { by: 'them', reason: 'rejected', detail: '404 Not Found' } });
  peer.close();
});

test('nobody at the port is unreachable at once', async () => {
  const began = clock.now();
  const dialled = transport.dial({ address: 'sip:nobody@127.0.0.1:9' }, context());
  await expect(dialled).rejects.toMatchObject({ ending: { by: 'line', reason: 'unreachable' } });
  expect(clock.now() - began).toBeLessThan(5_000);
});

test('answered without media ends the call and says so', async () => {
  const peer = await rawPeer((text) =>
    /^(?:INVITE|BYE)/.test(text)
      ? responseTo(text, '200 OK', ['Contact: <sip:x@127.0.0.1:9>', 'Content-Type: application/sdp'], sdp)
      : undefined,
  );
  const line = await transport.dial({ address: `sip:mute@127.0.0.1:${peer.port}` }, context());
  expect(await line.ended).toMatchObject({ by: 'line', reason: 'no-media', detail: expect.stringContaining('5 s') });
  peer.close();
});

test('a transfer reaches its target with its context, and the referrer learns of it', async () => {
  const desk = Promise.withResolvers<IncomingCall>();
  const deskLine = Promise.withResolvers<Line>();
  const at = await listening((call) => {
    desk.resolve(call);
    deskLine.resolve(call.accept(context({ seed: 3 })));
  });
  const { caller, callee, close } = await pair();
  const outcome = callee.transfer(at.address.replace('agent', 'billing'), 'packet-7');
  const notice = await asked(caller);
  expect(notice.context).toBe('packet-7');
  const joined = await notice.follow();
  expect(await outcome).toMatchObject({ accepted: true, status: 200 });
  expect((await desk.promise).context).toBe('packet-7');
  expect((await desk.promise).to).toContain('billing@');
  await callee.hangUp();
  expect(await caller.ended).toMatchObject({ by: 'them', reason: 'transferred' });
  expect(await next(joined, 'audio')).toMatchObject({ lost: false });
  await joined.hangUp();
  await (
    await deskLine.promise
  ).ended;
  await Promise.all([close(), at.close()]);
});

test('a transfer to a busy desk leaves the old line up', async () => {
  const at = await listening((call) => void call.reject(486));
  const { caller, callee, close } = await pair();
  const outcome = callee.transfer(at.address);
  const notice = await asked(caller);
  await expect(notice.follow()).rejects.toMatchObject({ ending: { reason: 'busy' } });
  expect(await outcome).toMatchObject({ accepted: false, status: 486 });
  caller.sendKey('1');
  expect(await next(callee, 'key')).toMatchObject({ key: '1' });
  await caller.hangUp();
  await Promise.all([close(), at.close()]);
});

test('audio of an unoffered payload type counts as no media, and the ending names it', async () => {
  const audio = createSocket('udp4');
  await new Promise<void>((resolve) => audio.bind(0, '127.0.0.1', resolve));
  const theirSdp = sdp.replace('40002', String(audio.address().port));
  const contact = ['Contact: <sip:x@127.0.0.1:9>', 'Content-Type: application/sdp'];
  const ourPort = Promise.withResolvers<number>();
  const peer = await rawPeer((text) => {
    if (!text.startsWith('INVITE')) return undefined;
    ourPort.resolve(Number(/^m=audio (\d+)/m.exec(text)?.[1]));
    return responseTo(text, '200 OK', contact, theirSdp);
  });
  const line = await transport.dial({ address: `sip:g729@127.0.0.1:${peer.port}` }, context());
  for (let seq = 0; seq < 10; seq++) {
    const packet = Buffer.alloc(32);
    packet.writeUInt16BE(0x8012, 0);
    packet.writeUInt16BE(seq, 2);
    packet.writeUInt32BE(seq * 160, 4);
    audio.send(packet, await ourPort.promise, '127.0.0.1');
  }
  expect(await line.ended).toMatchObject({
    by: 'line',
    reason: 'no-media',
    detail: expect.stringContaining('payload type 18'),
  });
  audio.close();
  peer.close();
});

test('a hold is answered with recvonly, told as a notice, and undone by the next offer', async () => {
  const answered = Promise.withResolvers<Line>();
  const at = await listening((call) => answered.resolve(call.accept(context())));
  const port = Number(/:(\d+)$/.exec(at.address)?.[1]);
  const peer = await rawPeer();
  const invite = request('INVITE', peer.port, ['Content-Type: application/sdp'], sdp);
  peer.send(invite, port);
  const tag = /^To:.*(;tag=\S+)/im.exec(await peer.next(/^SIP\/2\.0 200/))?.[1] ?? '';
  const inDialog = (text: string, cseq: number): string =>
    text
      .replace(/^To: (\S+)/m, `To: $1${tag}`)
      .replace('CSeq: 1', `CSeq: ${cseq}`)
      .replace('branch=z9hG4bK', `branch=z9hG4bK${cseq}`)
      .replace(/^Call-ID: \w+/m, 'Call-ID: INVITE');
  peer.send(inDialog(request('ACK', peer.port), 1), port);
  const line = await answered.promise;
  const notices: string[] = [];
  const reading = (async () => {
    for await (const item of line.incoming) if (item.kind === 'notice') notices.push(item.notice.kind);
  })();
  for (const [cseq, direction, answer] of [
    [2, 'sendonly', 'a=recvonly'],
    [3, 'sendrecv', 'a=sendrecv'],
  ] as const) {
    const offer = `${sdp}a=${direction}\r\n`;
    peer.send(inDialog(request('INVITE', peer.port, ['Content-Type: application/sdp'], offer), cseq), port);
    expect(await peer.next(new RegExp(`^SIP/2\\.0 200[^]*CSeq: ${cseq} INVITE`, 'i'))).toContain(answer);
    peer.send(inDialog(request('ACK', peer.port), cseq), port);
  }
  peer.send(inDialog(request('BYE', peer.port), 4), port);
  expect(await line.ended).toMatchObject({ by: 'them', reason: 'hung-up' });
  await reading;
  expect(notices).toEqual(['hold', 'resume']);
  peer.close();
  await at.close();
});

test("a target's credentials answer its challenge", async () => {
  const contact = ['Contact: <sip:x@127.0.0.1:9>', 'Content-Type: application/sdp'];
  const peer = await rawPeer((text) => {
    if (!text.startsWith('INVITE')) return undefined;
    const proof = /^Authorization: Digest [^\r\n]*username="paula"/im.test(text);
    const challenge = ['WWW-Authenticate: Digest realm="clinic", nonce="n1", algorithm=MD5'];
    return proof ? responseTo(text, '200 OK', contact, sdp) : responseTo(text, '401 Unauthorized', challenge);
  });
  const address = `sip:desk@127.0.0.1:${peer.port}`;
  await expect(transport.dial({ address }, context())).rejects.toThrow(UsageError);
  const line = await transport.dial({ address, user: 'paula', password: 'secret' }, context());
  void line.hangUp();
  expect(await line.ended).toMatchObject({ by: 'us', reason: 'hung-up' });
  peer.close();
});

test('a caller who offers nothing is made an offer, and its answer in the ACK settles the media', async () => {
  const answered = Promise.withResolvers<Line>();
  const at = await listening((call) => answered.resolve(call.accept(context())));
  const port = Number(/:(\d+)$/.exec(at.address)?.[1]);
  const peer = await rawPeer();
  peer.send(request('INVITE', peer.port), port);
  const offer = await peer.next(/^SIP\/2\.0 200/);
  expect(offer).toMatch(/^m=audio \d+ RTP\/AVP 0 8 9 96 101 97/m);
  const tag = /^To:.*(;tag=\S+)/im.exec(offer)?.[1] ?? '';
  const ack = request('ACK', peer.port, ['Content-Type: application/sdp'], sdp.replace('AVP 0', 'AVP 8'));
  peer.send(ack.replace(/^To: (\S+)/m, `To: $1${tag}`).replace('Call-ID: ACK', 'Call-ID: INVITE'), port);
  const line = await answered.promise;
  expect(line.format.codec).toBe('PCMA');
  void line.hangUp();
  await line.ended;
  peer.close();
  await at.close();
});
