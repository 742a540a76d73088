import { createServer, type Server, type Socket } from 'node:net';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import sip from '../../harness/lines/sip.ts';
import { UsageError } from '../../harness/model/errors.ts';
import type { IncomingCall, Line, Listening, Presence, Target, Transport } from '../../harness/model/line.ts';
import { after } from '../../harness/model/time.ts';
import { tone } from '../contracts/line-signals.ts';
import { hasIPv6 } from '../peers/loopback.ts';
import { authority, type Authority, type Certificate } from './certificates.ts';
import { clock, context } from './lines.ts';
import { rawTcp } from './raw.ts';

let ours: Authority;
let strangers: Authority;
let good: Certificate;
let transport: Transport;

beforeAll(async () => {
  ours = authority();
  strangers = authority();
  good = ours.issue(['DNS:localhost', 'IP:127.0.0.1', 'IP:::1']);
  transport = await sip.open(clock);
});

afterAll(async () => {
  await transport.close();
  ours.remove();
  strangers.remove();
});

const portOf = (at: Listening): number => Number(/:(\d+)(?:;|$)/.exec(at.address)?.[1]);

interface Answering {
  readonly at: Listening;
  readonly ringing: Promise<IncomingCall>;
  readonly line: Promise<Line>;
}

/** Listens and answers the first call. */
async function answering(address: string, presence: Presence): Promise<Answering> {
  const ringing = Promise.withResolvers<IncomingCall>();
  const line = Promise.withResolvers<Line>();
  const onCall = (call: IncomingCall): void => {
    ringing.resolve(call);
    line.resolve(call.accept(context({ seed: 2 })));
  };
  return { at: await transport.listen(address, onCall, presence), ringing: ringing.promise, line: line.promise };
}

const dial = (target: Target): Promise<Line> => transport.dial(target, context());

for (const [named, listen, call] of [
  ['sips: over IPv4', 'sips:agent@127.0.0.1:0', (port: number) => `sips:agent@127.0.0.1:${port}`],
  [
    'transport=tls over IPv6',
    'sip:agent@[::1]:0;transport=tls',
    (port: number) => `sip:agent@[::1]:${port};transport=tls`,
  ],
  ['sips: by name', 'sips:agent@localhost:0', (port: number) => `sips:agent@localhost:${port}`],
] as const) {
  for (const first of ['the caller', 'the callee'] as const) {
    test.skipIf(!hasIPv6 && named.endsWith('IPv6'))(
      `a whole call by ${named}, which ${first} ends: audio both ways, keys, and one ending`,
      async () => {
        const { at, ringing, line } = await answering(listen, { certificate: good });
        const caller = await dial({ address: call(portOf(at)), ca: ours.ca });
        const callee = await line;
        expect((await ringing).to).toMatch(named.startsWith('sips') ? /^sips:agent@/ : /^sip:agent@\[::1\]/);
        await Promise.all([
          caller.play([tone(1_600)], after(clock.now(), 100)).done,
          callee.play([tone(1_600)], after(clock.now(), 100)).done,
        ]);
        const [leaving, staying] = first === 'the caller' ? [caller, callee] : [callee, caller];
        await leaving.hangUp();
        expect(await staying.ended).toMatchObject({ by: 'them', reason: 'hung-up' });
        for (const { leg } of [caller, callee].map((end) => ({ leg: end.leg() }))) {
          expect(leg.receivedAudio.filter((sample) => Math.abs(sample) > 3_000).length).toBeGreaterThan(800);
        }
        await at.close();
      },
    );
  }
}

test('one port answers UDP, TCP and TLS, and survives what is none of them', async () => {
  const at = await transport.listen('sips:agent@127.0.0.1:0', (call) => void call.accept(context()), {
    certificate: good,
  });
  const port = portOf(at);
  await rawTcp('\u0016\u0003\u0001\u0002\u0000 this is no handshake', port);
  await rawTcp('\u0016', port);
  await rawTcp('\u0080\u0000GET / HTTP/1.1\r\n\r\n', port);
  await new Promise<void>((resolve) => {
    const deaf = connect({ host: '127.0.0.1', port, rejectUnauthorized: true }, () => resolve());
    deaf.on('error', () => resolve());
  });
  for (const address of [
    `sip:a@127.0.0.1:${port}`,
    `sip:a@127.0.0.1:${port};transport=tcp`,
    `sips:a@127.0.0.1:${port}`,
  ]) {
    const line = await dial({ address, ca: ours.ca });
    await line.hangUp();
    expect(await line.ended).toMatchObject({ by: 'us', reason: 'hung-up' });
  }
  await at.close();
});

test('a transfer over TLS keeps sips:, and reaches its target with its context and the ids of its call', async () => {
  const desk = await answering('sips:billing@127.0.0.1:0', { certificate: good });
  const { at, line, ringing } = await answering('sips:agent@127.0.0.1:0', { certificate: good });
  const ids = {
    'X-Hangup-Call': 'call-7',
    'X-Hangup-Run': 'run-3',
    traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  };
  const caller = await transport.dial(
    { address: at.address, ca: ours.ca, headers: { 'X-Tenant': 'clinic' } },
    context({ headers: ids }),
  );
  const callee = await line;
  expect((await ringing).headers).toMatchObject({ 'x-tenant': 'clinic', 'x-hangup-call': 'call-7' });
  const outcome = callee.transfer(desk.at.address, 'packet-7');
  for await (const item of caller.incoming) {
    if (item.kind !== 'notice' || item.notice.kind !== 'refer') continue;
    expect(item.notice).toMatchObject({ to: desk.at.address, context: 'packet-7' });
    // The desk's certificate is trusted as the agent's is: the call goes on by the same authority.
    const joined = await item.notice.follow();
    await joined.hangUp();
    break;
  }
  expect(await outcome).toMatchObject({ accepted: true, status: 200 });
  expect((await desk.ringing).context).toBe('packet-7');
  // It is the same call of the same run, wherever it is sent; what the suite told the agent is for the agent.
  const { headers } = await desk.ringing;
  expect(headers).toMatchObject({ 'x-hangup-call': 'call-7', 'x-hangup-run': 'run-3', traceparent: ids.traceparent });
  expect(headers).not.toHaveProperty('x-tenant');
  await callee.hangUp();
  await Promise.all([caller.ended, at.close(), desk.at.close()]);
});

/** The sentence a dial fails with; it must be a mistake of configuration. */
async function mistake(target: Target): Promise<string> {
  const error = await dial(target).then(
    () => expect.unreachable('the call stood'),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message;
}

test('each thing that can be wrong with a certificate is one sentence that says what, where and what to do', async () => {
  const address = async (certificate: Certificate): Promise<string> => {
    const { at } = await answering('sips:agent@127.0.0.1:0', { certificate });
    return at.address;
  };
  const { ca } = ours;
  expect(await mistake({ address: await address(ours.issue(['IP:127.0.0.1'], -1)), ca })).toMatch(
    /^the certificate of 127\.0\.0\.1:\d+ has expired; have it renewed there$/,
  );
  expect(await mistake({ address: await address(strangers.issue(['IP:127.0.0.1'])), ca })).toMatch(
    /^the certificate of 127\.0\.0\.1:\d+ is signed by nobody we trust; name the authority .*--ca FILE.*sip\.ca/,
  );
  expect(await mistake({ address: await address(good) })).toMatch(/signed by nobody we trust/);
  expect(await mistake({ address: await address(ours.issue(['DNS:other.example'])), ca })).toMatch(
    /^the certificate of 127\.0\.0\.1:\d+ is for other\.example, not for 127\.0\.0\.1; call it by a name it is for$/,
  );
});

test('TLS to a port that speaks plain is told from nobody there, whether the port hangs up, answers or stays silent', async () => {
  const plain = async (onBytes: (socket: Socket) => void): Promise<[Server, number]> => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => onBytes(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    return [server, typeof bound === 'object' && bound ? bound.port : 0];
  };
  const said =
    /^127\.0\.0\.1:\d+ takes connections but does not speak TLS; name its TLS port \(often 5061\), or call it without/;
  for (const onBytes of [
    (socket: Socket) => void socket.destroy(),
    (socket: Socket) => void socket.end('SIP/2.0 400 Bad Request\r\n\r\n'),
    () => undefined,
  ]) {
    const [server, port] = await plain(onBytes);
    expect(await mistake({ address: `sips:agent@127.0.0.1:${port}` })).toMatch(said);
    server.close();
  }
  const { at } = await answering('sip:agent@127.0.0.1:0', {});
  expect(await mistake({ address: at.address.replace('sip:', 'sips:') })).toMatch(said);
  const nobody = dial({ address: 'sips:agent@127.0.0.1:9' });
  await expect(nobody).rejects.toMatchObject({
    ending: {
      by: 'line',
      reason: 'unreachable',
      detail: 'nobody listens on TCP port 127.0.0.1:9; check the port, and that the agent runs',
    },
  });
  await at.close();
});

test('a listener without a certificate, or with one that does not fit its key, is not opened', async () => {
  const listen = (presence: Presence): Promise<Listening> =>
    transport.listen('sips:agent@127.0.0.1:0', () => undefined, presence);
  await expect(listen({})).rejects.toThrow(
    /cannot be listened on without a certificate; give --tls-cert and --tls-key/,
  );
  const other = ours.issue(['IP:127.0.0.1']);
  for (const certificate of [
    { cert: good.cert, key: other.key },
    { cert: 'nonsense', key: good.key },
  ]) {
    await expect(listen({ certificate })).rejects.toThrow(
      /^the TLS certificate cannot be used .*--tls-cert .*--tls-key$/,
    );
  }
});
