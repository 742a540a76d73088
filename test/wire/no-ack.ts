// Run as a process of its own: two callers are answered and never send an ACK; one of them says BYE all the same.
import { Core } from 'sip.js';
import type { SipCall } from '../../harness/sip/call.ts';
import { after } from '../../harness/model/time.ts';
import { clock, listener, media } from './pair.ts';
import { rawPeer, request, sdp } from './raw.ts';

// 64 * T1 is 32 s by the book; sip.js keeps its own copy.
Object.assign(Core.Timers, { T1: 20, TIMER_L: 600, TIMER_F: 600 });

const calls: Promise<SipCall>[] = [];
const to = await listener((ringing) => calls.push(ringing.accept(media, () => undefined)));
const silent = await rawPeer();
const rude = await rawPeer();
for (const peer of [silent, rude]) {
  peer.send(request('INVITE', peer.port, ['Content-Type: application/sdp'], sdp), to.port);
}
const answered = await rude.next(/^SIP\/2\.0 200/);
const tag = /^To:.*(;tag=\S+)/im.exec(answered)?.[1] ?? '';
rude.send(
  request('BYE', rude.port)
    .replace('CSeq: 1', 'CSeq: 2')
    .replace('Call-ID: BYE', 'Call-ID: INVITE')
    .replace(/^To: (\S+)/m, `To: $1${tag}`),
  to.port,
);
// The book's answer to a missing ACK is a BYE from the callee.
await silent.next(/^BYE /);
for (const call of calls) await (await call).over;
// The timers of both have run out well before this, and whatever they throw would have ended the process.
await clock.sleepUntil(after(clock.now(), 1_500));
console.log('both calls are over');
silent.close();
rude.close();
await to.close();
