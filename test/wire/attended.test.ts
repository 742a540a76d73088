import { afterAll, beforeAll, expect, test } from 'vitest';
import sip from '../../harness/lines/sip.ts';
import type { IncomingCall, Line, Transport } from '../../harness/model/line.ts';
import { clock, context } from './lines.ts';
import { rawPeer, request, responseTo, sdp, type RawPeer } from './raw.ts';

let transport: Transport;
beforeAll(async () => {
  transport = await sip.open(clock);
});
afterAll(() => transport.close());

const portOf = (address: string): number => Number(/:(\d+)$/.exec(address)?.[1]);
const header = (text: string, name: string): string =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(text)?.[1]?.trim() ?? '';
const offer = ['Content-Type: application/sdp'];

/** A listener of ours that takes every call, and the calls and lines it had. */
async function desk(): Promise<{ address: string; calls: IncomingCall[]; lines: Line[]; close(): Promise<void> }> {
  const calls: IncomingCall[] = [];
  const lines: Line[] = [];
  const place = await transport.listen('sip:billing@127.0.0.1:0', (call) => {
    calls.push(call);
    void call.accept(context({ seed: 3 })).then((line) => lines.push(line));
  });
  return { address: place.address, calls, lines, close: () => place.close() };
}

const hungUp = (text: string): string | undefined => (text.startsWith('BYE') ? responseTo(text, '200 OK') : undefined);

/** An INVITE of `peer` that asks to take the place of another call. */
const inPlaceOf = (peer: RawPeer, replaces: string): string =>
  request('INVITE', peer.port, [...offer, 'Require: replaces', `Replaces: ${replaces}`], sdp);

const ended = (text: string, peer: RawPeer, to: number): void =>
  peer.send(
    request('ACK', peer.port)
      .replace(/^To: .*$/m, `To: ${header(text, 'To')}`)
      .replace(/^Call-ID: .*$/m, `Call-ID: ${header(text, 'Call-ID')}`),
    to,
  );

test('the REFER of an attended transfer names the consultation and the context, and an INVITE that repeats them takes its place', async () => {
  const billing = await desk();
  const answered = Promise.withResolvers<Line>();
  const at = await transport.listen('sip:agent@127.0.0.1:0', (call) =>
    answered.resolve(call.accept(context({ seed: 2 }))),
  );
  const caller = await rawPeer((text) => (text.startsWith('REFER') ? responseTo(text, '202 Accepted') : hungUp(text)));
  caller.send(request('INVITE', caller.port, offer, sdp), portOf(at.address));
  ended(await caller.next(/^SIP\/2\.0 200/), caller, portOf(at.address));
  const line = await answered.promise;
  const consultation = await transport.dial({ address: billing.address }, context({ context: 'packet-7' }));
  const outcome = line.transfer(billing.address, 'packet-7', consultation);

  const refer = await caller.next(/^REFER/);
  const [, address = '', replaces = '', uui = ''] =
    /^<(sip:billing@[^?]+)\?Replaces=([^&]+)&User-to-User=([^&>]+)>$/.exec(header(refer, 'Refer-To')) ?? [];
  expect(address).toBe(billing.address);
  expect(decodeURIComponent(replaces)).toMatch(/^[^;\s]+;to-tag=[^;]+;from-tag=[^;]+$/);
  expect(replaces).not.toMatch(/[;=@]/);
  expect(Buffer.from(decodeURIComponent(uui).split(';')[0] ?? '', 'hex').toString()).toBe('packet-7');
  expect(header(refer, 'Referred-By')).toMatch(/^<sip:/);

  const other = await rawPeer();
  const wrong = decodeURIComponent(replaces).replace(/to-tag=/, 'to-tag=x');
  other.send(inPlaceOf(other, wrong), portOf(billing.address));
  await other.next(/^SIP\/2\.0 481/);
  expect(billing.calls).toHaveLength(1);

  const follower = await rawPeer(hungUp);
  follower.send(inPlaceOf(follower, decodeURIComponent(replaces)), portOf(billing.address));
  ended(await follower.next(/^SIP\/2\.0 200/), follower, portOf(billing.address));
  expect(await consultation.ended).toMatchObject({ by: 'them', reason: 'transferred' });
  expect(await billing.lines[0]?.ended).toMatchObject({ by: 'us', reason: 'transferred' });
  expect(billing.calls[1]?.replaces).toBe(billing.lines[0]);

  await line.hangUp();
  expect(await outcome).toMatchObject({ accepted: false });
  await billing.lines[1]?.hangUp();
  for (const peer of [caller, other, follower]) peer.close();
  await Promise.all([at.close(), billing.close()]);
});

test('who follows an attended transfer sends Replaces, who sent it, and the context', async () => {
  const invites: string[] = [];
  const far = await rawPeer((text) => {
    if (!text.startsWith('INVITE')) return hungUp(text);
    invites.push(text);
    return header(text, 'Replaces') === ''
      ? responseTo(text, '200 OK', [`Contact: <sip:x@127.0.0.1:${far.port}>`, ...offer], sdp)
      : responseTo(text, '486 Busy Here');
  });
  const answered = Promise.withResolvers<Line>();
  const at = await transport.listen('sip:agent@127.0.0.1:0', (call) =>
    answered.resolve(call.accept(context({ seed: 2 }))),
  );
  const caller = await transport.dial({ address: at.address }, context({ headers: { 'X-Hangup-Call': 'call-9' } }));
  const agent = await answered.promise;
  const address = `sip:billing@127.0.0.1:${far.port}`;
  const consultation = await transport.dial({ address }, context({ context: 'packet-9' }));
  const outcome = agent.transfer(address, 'packet-9', consultation);
  for await (const item of caller.incoming) {
    if (item.kind !== 'notice' || item.notice.kind !== 'refer') continue;
    await expect(item.notice.follow()).rejects.toMatchObject({ ending: { reason: 'busy' } });
    break;
  }
  expect(await outcome).toMatchObject({ accepted: false, status: 486 });
  const [consulting = '', inPlace = ''] = invites;
  expect(header(consulting, 'Referred-By')).toBe('');
  const tags = `to-tag=there;from-tag=${/tag=([^;\s]+)/.exec(header(consulting, 'From'))?.[1]}`;
  expect(header(inPlace, 'Replaces')).toBe(`${header(consulting, 'Call-ID')};${tags}`);
  expect(header(inPlace, 'Require')).toBe('replaces');
  expect(header(inPlace, 'Referred-By')).toMatch(/^<sip:/);
  expect(header(inPlace, 'User-to-User')).toBe(header(consulting, 'User-to-User'));
  expect(header(inPlace, 'X-Hangup-Call')).toBe('call-9');
  await Promise.all([caller.hangUp(), consultation.hangUp()]);
  far.close();
  await at.close();
});
