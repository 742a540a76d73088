import { afterAll, beforeAll, expect, test } from 'vitest';
import sip from '../../harness/lines/sip.ts';
import { UsageError } from '../../harness/model/errors.ts';
import type { Transport } from '../../harness/model/line.ts';
import { after } from '../../harness/model/time.ts';
import { clock, context } from './lines.ts';
import { rawPeer, responseTo, sdp, type RawPeer } from './raw.ts';

let transport: Transport;
beforeAll(async () => {
  transport = await sip.open(clock);
});
afterAll(() => transport.close());

const header = (text: string, name: string): string => new RegExp(`^${name}: ([^\\r\\n]*)`, 'im').exec(text)?.[1] ?? '';
const contactOf = (text: string): string => /<[^>]*>/.exec(header(text, 'Contact'))?.[0] ?? '';
const granted = (text: string, seconds: number): string =>
  responseTo(text, '200 OK', [`Contact: <sip:other@10.0.0.9>;expires=9, ${contactOf(text)};expires=${seconds}`]);
const inviteAnswered = (text: string): string =>
  responseTo(text, '200 OK', ['Contact: <sip:agent@127.0.0.1:9>', 'Content-Type: application/sdp'], sdp);

/** A registrar that answers each REGISTER as told. */
const registrar = (answer: (text: string, count: number) => string): Promise<RawPeer> => {
  let count = 0;
  return rawPeer((text) => {
    if (text.startsWith('REGISTER')) return answer(text, ++count);
    return text.startsWith('INVITE') ? inviteAnswered(text) : undefined;
  });
};

const listen = (at: string, more: object = {}): Promise<{ close(): Promise<void> }> =>
  transport.listen('sip:agent@127.0.0.1:0', (call) => void call.reject(486), { registrar: at, ...more });

test('a listener registers its Contact under its own name, and takes it back when it closes', async () => {
  const peer = await registrar((text) => granted(text, 300));
  const at = await listen(`sip:paula@127.0.0.1:${peer.port}`);
  const first = await peer.next(/^REGISTER/);
  expect(first).toMatch(/^REGISTER sip:127\.0\.0\.1:\d+ SIP\/2\.0/);
  expect(header(first, 'To')).toBe('<sip:paula@127.0.0.1>');
  expect(header(first, 'From')).toMatch(/^<sip:paula@127\.0\.0\.1>;tag=/);
  expect(contactOf(first)).toMatch(/^<sip:hangup@127\.0\.0\.1:\d+>$/);
  expect(header(first, 'Expires')).toBe('120');
  await at.close();
  const last = await peer.next(/^REGISTER/);
  expect(header(last, 'Expires')).toBe('0');
  expect(header(last, 'Call-ID')).toBe(header(first, 'Call-ID'));
  expect(Number.parseInt(header(last, 'CSeq'), 10)).toBeGreaterThan(Number.parseInt(header(first, 'CSeq'), 10));
  peer.close();
});

test('a registration is refreshed before it runs out, and one that fails is told and tried again', async () => {
  const troubles: string[] = [];
  const peer = await registrar((text, count) =>
    count < 3 ? granted(text, 2) : responseTo(text, '503 Out of order', ['Retry-After: 9']),
  );
  const at = await listen(`sip:paula@127.0.0.1:${peer.port}`, {
    trouble: (sentence: string) => troubles.push(sentence),
  });
  const began = clock.now();
  const [one, two] = [await peer.next(/^REGISTER/), await peer.next(/^REGISTER/)];
  expect(clock.now() - began).toBeLessThan(2_000);
  expect(header(two, 'Call-ID')).toBe(header(one, 'Call-ID'));
  await peer.next(/^REGISTER/);
  await clock.sleepUntil(after(clock.now(), 50));
  expect(troubles).toEqual([
    expect.stringMatching(
      /^cannot register sip:paula@127\.0\.0\.1: 127\.0\.0\.1:\d+ refuses \(503 Out of order\).* tried again in 10 s$/,
    ),
  ]);
  await at.close();
  peer.close();
});

test('a registrar that wants a longer time gets it (423)', async () => {
  const peer = await registrar((text, count) =>
    count === 1 ? responseTo(text, '423 Interval Too Brief', ['Min-Expires: 3600']) : granted(text, 3600),
  );
  const at = await listen(`sip:paula@127.0.0.1:${peer.port}`);
  await peer.next(/^REGISTER/);
  expect(header(await peer.next(/^REGISTER/), 'Expires')).toBe('3600');
  await at.close();
  peer.close();
});

test('whoever must register before calling does so once, with its proof, and calls under that name', async () => {
  const peer = await registrar((text) =>
    text.includes('Authorization: Digest username="paula"')
      ? granted(text, 300)
      : responseTo(text, '401 Unauthorized', ['WWW-Authenticate: Digest realm="pbx", nonce="n", algorithm=SHA-256']),
  );
  const target = {
    address: `sip:600@127.0.0.1:${peer.port}`,
    registrar: `sip:127.0.0.1:${peer.port}`,
    user: 'paula',
    password: 'secret',
  };
  for (const line of [await transport.dial(target, context()), await transport.dial(target, context())]) {
    void line.hangUp();
    expect(await line.ended).toMatchObject({ by: 'us' });
  }
  await peer.next(/^REGISTER/);
  expect(await peer.next(/^REGISTER/)).toContain('username="paula"');
  expect(peer.heard(/^REGISTER/)).toBe(false);
  expect(header(await peer.next(/^INVITE/), 'From')).toMatch(/^<sip:paula@127\.0\.0\.1>/);
  peer.close();
});

test('an outbound proxy gets every request outside a dialog, preloaded as a route', async () => {
  const proxy = await registrar((text) => granted(text, 300));
  const target = {
    address: 'sip:600@pbx.invalid',
    proxy: `sip:127.0.0.1:${proxy.port}`,
    registrar: 'sip:paula@pbx.invalid',
  };
  const line = await transport.dial(target, context());
  void line.hangUp();
  await line.ended;
  for (const method of ['REGISTER sip:pbx.invalid', 'INVITE sip:600@pbx.invalid']) {
    const text = await proxy.next(new RegExp(`^${method.replaceAll('.', String.raw`\.`)} `));
    expect(header(text, 'Route')).toBe(`<sip:127.0.0.1:${proxy.port};lr>`);
  }
  proxy.close();
});

test('each way a registrar can fail is one sentence that says what to mend', async () => {
  const saying = async (status: string, more: object = {}): Promise<string> => {
    const challenge = ['WWW-Authenticate: Digest realm="pbx", nonce="n", algorithm=MD5'];
    const peer = await registrar((text) => responseTo(text, status, challenge));
    const error = await listen(`sip:paula@127.0.0.1:${peer.port}`, more).catch((caught: unknown) => caught);
    peer.close();
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  };
  expect(await saying('403 Forbidden')).toMatch(
    /^cannot register sip:paula@127\.0\.0\.1: 127\.0\.0\.1:\d+ refuses \(403 Forbidden\); check user and host/,
  );
  expect(await saying('401 Unauthorized')).toMatch(/asks for a password; set SIP_USER and SIP_PASSWORD/);
  expect(await saying('401 Unauthorized', { password: 'wrong' })).toMatch(/does not accept the password of paula/);
  await expect(listen('sip:paula@127.0.0.1:9')).rejects.toThrow(
    /^cannot register sip:paula@127\.0\.0\.1: nobody listens on UDP port 127\.0\.0\.1:9; check/,
  );
  await expect(listen('sip:paula@127.0.0.1:9;transport=tcp')).rejects.toThrow(/: nobody listens on TCP port/);
  await expect(listen('paula')).rejects.toThrow(/"paula" is not a SIP address/);
  await expect(listen('sip:paula@registrar.invalid')).rejects.toThrow(/: the host registrar\.invalid is unknown/);
});

test('a caller whose registrar is away is told so before any call, not that the agent failed', async () => {
  const target = { address: 'sip:600@127.0.0.1:9', registrar: 'sip:paula@127.0.0.1:9' };
  const dialled = transport.dial(target, context());
  await expect(dialled).rejects.toThrow(UsageError);
  await expect(transport.dial(target, context())).rejects.toThrow(
    /^cannot register sip:paula@127\.0\.0\.1: nobody listens/,
  );
});

test('a host nobody knows is a mistake to mend, not a call that failed', async () => {
  for (const protocol of ['udp', 'tcp', 'tls']) {
    const dialled = transport.dial({ address: `sip:agent@agent.invalid;transport=${protocol}` }, context());
    await expect(dialled).rejects.toThrow(
      new UsageError('the host agent.invalid is unknown to the name servers; check how it is written'),
    );
  }
});

test('a proxy that refuses is the outcome of that call, in its own words', async () => {
  const proxy = await rawPeer((text) =>
    text.startsWith('INVITE') ? responseTo(text, '403 Not from here') : undefined,
  );
  const dialled = transport.dial({ address: 'sip:600@pbx.invalid', proxy: `sip:127.0.0.1:${proxy.port}` }, context());
  await expect(dialled).rejects.toMatchObject({
    ending: { by: 'them', reason: 'rejected', detail: '403 Not from here' },
  });
  proxy.close();
});

test('a referral to a stranger does not take our proof along', async () => {
  const stranger = await rawPeer((text) =>
    text.startsWith('INVITE')
      ? responseTo(text, '401 Unauthorized', ['WWW-Authenticate: Digest realm="x", nonce="n", algorithm=MD5'])
      : undefined,
  );
  const at = await transport.listen('sip:agent@127.0.0.1:0', (call) => {
    void call.accept(context({ seed: 2 })).then((line) => line.transfer(`sip:desk@localhost:${stranger.port}`));
  });
  const line = await transport.dial({ address: at.address, user: 'paula', password: 'secret' }, context());
  for await (const item of line.incoming) {
    if (item.kind !== 'notice' || item.notice.kind !== 'refer') continue;
    await expect(item.notice.follow()).rejects.toMatchObject({ ending: { by: 'line', reason: 'unreachable' } });
    break;
  }
  await stranger.next(/^INVITE/);
  expect(stranger.heard(/Authorization/)).toBe(false);
  await line.hangUp();
  stranger.close();
  await at.close();
});
