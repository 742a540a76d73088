import { afterAll, beforeAll, expect, test } from 'vitest';
import sip from '../../harness/lines/sip.ts';
import type { Line, Transport } from '../../harness/model/line.ts';
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

/** A call of a bare peer to a line of ours, and how the peer tells it what became of a REFER. */
interface Called {
  readonly line: Line;
  readonly peer: RawPeer;
  /** The CSeq of the next REFER that came. */
  referred(): Promise<number>;
  notify(event: string, status: string): Promise<void>;
  close(): Promise<void>;
}

async function called(): Promise<Called> {
  const answered = Promise.withResolvers<Line>();
  const at = await transport.listen('sip:agent@127.0.0.1:0', (call) =>
    answered.resolve(call.accept(context({ seed: 2 }))),
  );
  const port = portOf(at.address);
  const peer = await rawPeer((text) => {
    if (text.startsWith('REFER')) return responseTo(text, '202 Accepted');
    return text.startsWith('BYE') ? responseTo(text, '200 OK') : undefined;
  });
  peer.send(request('INVITE', peer.port, ['Content-Type: application/sdp'], sdp), port);
  const ok = await peer.next(/^SIP\/2\.0 200/);
  let count = 1;
  /** A request inside the call. */
  const inside = (method: string, more: readonly string[] = [], body = ''): string =>
    request(method, peer.port, more, body)
      .replace(/branch=[^;]+/, `branch=z9hG4bK${method}${peer.port}${count}`)
      .replace(/^To: .*$/m, `To: ${header(ok, 'To')}`)
      .replace(/^Call-ID: .*$/m, `Call-ID: ${header(ok, 'Call-ID')}`)
      .replace(/^CSeq: .*$/m, `CSeq: ${count} ${method}`);
  peer.send(inside('ACK'), port);
  return {
    line: await answered.promise,
    peer,
    referred: async () => Number(/^(\d+)/.exec(header(await peer.next(/^REFER/), 'CSeq'))?.[1]),
    notify: async (event, status) => {
      count++;
      const more = [`Event: ${event}`, 'Subscription-State: terminated', 'Content-Type: message/sipfrag;version=2.0'];
      peer.send(inside('NOTIFY', more, `SIP/2.0 ${status}\r\n`), port);
      await peer.next(new RegExp(`^SIP/2\\.0 200[^]*CSeq: ${count} NOTIFY`));
    },
    close: async () => {
      peer.close();
      await at.close();
    },
  };
}

/** Whether `work` is over by now. */
const over = async (work: Promise<unknown>): Promise<boolean> => {
  const open = Symbol('open');
  await new Promise((resolve) => setImmediate(resolve));
  return (await Promise.race([work, Promise.resolve(open)])) !== open;
};

test('the late verdict on a transfer that was given up is not taken for the verdict on the next one', async () => {
  const call = await called();
  const given = call.line.transfer('sip:billing@127.0.0.1:9', 'packet-1');
  const first = await call.referred();
  const next = call.line.transfer('sip:front@127.0.0.1:9', 'packet-2');
  const second = await call.referred();
  expect(second).toBeGreaterThan(first);

  await call.notify(`refer;id=${first}`, '486 Busy Here');
  expect(await given).toMatchObject({ accepted: false, status: 486 });
  expect(await over(next)).toBe(false);
  await call.notify(`refer; id=${second}`, '200 OK');
  expect(await next).toMatchObject({ accepted: true, status: 200 });
  await call.line.hangUp();
  await call.close();
});

test('verdicts that overtake one another reach the transfers they are about', async () => {
  const call = await called();
  const transfers = [1, 2].map((n) => call.line.transfer(`sip:desk${n}@127.0.0.1:9`));
  const ids = [await call.referred(), await call.referred()];
  await call.notify(`refer;id=${ids[1]}`, '200 OK');
  await call.notify(`refer;id=${ids[0]}`, '603 Decline');
  expect(await Promise.all(transfers)).toMatchObject([{ status: 603 }, { status: 200 }]);
  await call.line.hangUp();
  await call.close();
});

test('a telephone that names no REFER is understood: its first verdict is the first one, news of a stranger are none', async () => {
  const call = await called();
  const first = call.line.transfer('sip:billing@127.0.0.1:9');
  const id = await call.referred();
  await call.notify(`refer;id=${id + 7}`, '200 OK');
  expect(await over(first)).toBe(false);
  await call.notify('refer', '486 Busy Here');
  expect(await first).toMatchObject({ status: 486 });
  const second = call.line.transfer('sip:front@127.0.0.1:9');
  await call.referred();
  await call.notify('refer', '200 OK');
  expect(await second).toMatchObject({ accepted: true, status: 200 });
  await call.line.hangUp();
  await call.close();
});
