import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sip from '../../harness/lines/sip.ts';
import { UsageError } from '../../harness/model/errors.ts';
import type { IncomingCall, Line, Listening, Presence, Target, Transport } from '../../harness/model/line.ts';
import { after } from '../../harness/model/time.ts';
import { tone } from '../contracts/line-signals.ts';
import { authority, type Authority, type Certificate } from '../wire/certificates.ts';
import { clock, context } from '../wire/lines.ts';
import { startKamailio, type Kamailio } from './kamailio.ts';
import { hasIPv6 } from './loopback.ts';
import { needProgram } from './need.ts';

const found = needProgram('kamailio');

/** A TCP port that was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === 'object' && bound ? bound.port : 0));
    });
  });

for (const algorithm of ['MD5', 'SHA-256'] as const) {
  describe.skipIf(!found)(`through kamailio, which asks for ${algorithm}`, () => {
    let signer: Authority;
    let certificate: Certificate;
    let proxy: Kamailio;
    let transport: Transport;

    beforeAll(async () => {
      signer = authority();
      certificate = signer.issue(['IP:127.0.0.1', 'IP:::1', 'DNS:localhost']);
      const ports = { port: await freePort(), tlsPort: await freePort() };
      proxy = await startKamailio({ ...ports, algorithm, certificate, caFile: signer.caFile });
      transport = await sip.open(clock);
    });

    afterAll(async () => {
      await transport.close();
      await proxy.stop();
      signer.remove();
    });

    /** Kamailio's address over a protocol, as one who calls or registers writes it. */
    const at = (protocol: string, host: string): string =>
      protocol === 'tls'
        ? `sip:${host}:${proxy.tlsPort};transport=tls`
        : `sip:${host}:${proxy.port};transport=${protocol}`;

    const known = (protocol: string, host: string): Presence & Target => ({
      address: '',
      user: '',
      password: 'secret',
      registrar: at(protocol, host),
      ca: signer.ca,
    });

    interface Answered {
      readonly listening: Listening;
      readonly ringing: Promise<IncomingCall>;
      readonly line: Promise<Line>;
    }

    /** Registers `user` over `protocol` and answers the first call. */
    async function answerAs(user: string, protocol: string, host: string, more: Presence = {}): Promise<Answered> {
      const ringing = Promise.withResolvers<IncomingCall>();
      const line = Promise.withResolvers<Line>();
      const onCall = (call: IncomingCall): void => {
        ringing.resolve(call);
        line.resolve(call.accept(context({ seed: 2 })));
      };
      const presence = { ...known(protocol, host), user, ...more };
      const listening = await transport.listen(`sip:${user}@${host}:0`, onCall, presence);
      return { listening, ringing: ringing.promise, line: line.promise };
    }

    for (const [callers, callees, host] of [
      ['udp', 'udp', '127.0.0.1'],
      ['tcp', 'tcp', '127.0.0.1'],
      ['tls', 'tls', '127.0.0.1'],
      ['udp', 'tls', '127.0.0.1'],
      ['tls', 'tcp', '127.0.0.1'],
      ['udp', 'udp', '[::1]'],
      ['tls', 'tls', '[::1]'],
    ] as const) {
      test.skipIf(!hasIPv6 && host === '[::1]')(
        `a call from ${callers} to ${callees} at ${host}: registered, proxied both ways, heard, and ended by either`,
        async () => {
          for (const first of ['caller', 'callee'] as const) {
            // Over TLS once with a certificate of its own, and once only by the connection it registered with.
            const more = first === 'caller' && callees === 'tls' ? { certificate } : {};
            const { listening, ringing, line } = await answerAs('agent', callees, host, more);
            const target = { ...known(callers, host), user: 'paula', proxy: at(callers, host) };
            const address = `sip:agent@${host}:${proxy.port}`;
            const caller = await transport.dial(
              { ...target, address },
              context({ headers: { 'X-Hangup-Call': 'call-7' } }),
            );
            const callee = await line;
            expect((await ringing).headers).toMatchObject({ 'x-hangup-call': 'call-7' });
            await Promise.all([
              caller.play([tone(1_600)], after(clock.now(), 100)).done,
              callee.play([tone(1_600)], after(clock.now(), 100)).done,
            ]);
            await clock.sleepUntil(after(clock.now(), 100));
            const [leaving, staying] = first === 'caller' ? [caller, callee] : [callee, caller];
            await leaving.hangUp();
            expect(await staying.ended, proxy.log()).toMatchObject({ by: 'them', reason: 'hung-up' });
            for (const { receivedAudio } of [caller.leg(), callee.leg()]) {
              expect(receivedAudio.filter((sample) => Math.abs(sample) > 3_000).length).toBeGreaterThan(800);
            }
            await listening.close();
          }
        },
      );
    }

    test('who has unregistered is not found, and who never registered neither', async () => {
      const { listening } = await answerAs('leaver', 'udp', '127.0.0.1');
      await listening.close();
      const target = { ...known('udp', '127.0.0.1'), user: 'paula' };
      for (const user of ['leaver', 'nobody']) {
        const dialled = transport.dial({ ...target, address: `sip:${user}@127.0.0.1:${proxy.port}` }, context());
        await expect(dialled).rejects.toMatchObject({
          ending: { by: 'them', reason: 'rejected', detail: '404 Nobody by that name' },
        });
      }
    });

    test('a wrong password is said for what it is: calling, and registering', async () => {
      const wrong = { password: 'wrong', user: 'paula', ca: signer.ca };
      for (const address of [
        `sip:agent@127.0.0.1:${proxy.port}`,
        `sip:agent@127.0.0.1:${proxy.tlsPort};transport=tls`,
      ]) {
        const error = await transport.dial({ ...wrong, address }, context()).catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(UsageError);
        expect(String(error)).toMatch(/does not accept the password of paula; check SIP_USER and SIP_PASSWORD/);
      }
      await expect(answerAs('paula', 'tcp', '127.0.0.1', wrong)).rejects.toThrow(
        /does not accept the password of paula/,
      );
    });

    test('TLS to its plain port is told from nobody there', async () => {
      const dialled = transport.dial({ address: `sips:agent@127.0.0.1:${proxy.port}`, ca: signer.ca }, context());
      await expect(dialled).rejects.toThrow(/takes connections but does not speak TLS; name its TLS port/);
    });
  });
}
