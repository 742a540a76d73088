import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openSipAgent } from '../../harness/sip/agent.ts';
import { ring } from '../../harness/sip/answer.ts';
import { mustReadUri } from '../../harness/sip/uri.ts';
import { hasIPv6 } from '../peers/loopback.ts';
import { authority } from './certificates.ts';
import { call, clock, dialler, listener, media } from './pair.ts';
import { malformed } from './malformed.ts';
import { rawPeer, rawTcp, request } from './raw.ts';

test('malformed messages over UDP and TCP leave the listener answering', async () => {
  const to = await listener((ringing) => void ringing.accept(media, () => undefined).catch(() => undefined));
  const peer = await rawPeer();
  const hostile = malformed(peer.port);
  for (const text of hostile) {
    peer.send(text, to.port);
    await rawTcp(text, to.port);
  }
  await rawTcp(request('INVITE', peer.port).slice(0, 200), to.port);
  peer.send(request('OPTIONS', peer.port), to.port);
  expect(await peer.next(/^SIP\/2\.0 200[^]*CSeq: 1 OPTIONS/i)).toContain('Allow:');
  const from = await dialler();
  await (await call(from, to)).bye();
  await (await call(from, to, { transport: 'tcp' })).bye();
  peer.close();
  await Promise.all([from.close(), to.close()]);
});

test.skipIf(!hasIPv6)('the same over UDP and TLS on IPv6: the listener goes on answering, TLS included', async () => {
  const signer = authority();
  const own = signer.issue(['IP:::1']);
  const plan = { clock, host: '::1', port: 0, user: 'agent', tls: { own, ca: signer.ca } };
  const to = await openSipAgent(plan);
  to.onInvite = (invitation) =>
    void ring(to, invitation)
      .accept(media, () => undefined)
      .catch(() => undefined);
  const socket = createSocket('udp6');
  for (const text of malformed(5060).map((text) => text.replaceAll('127.0.0.1', '[::1]').replaceAll('sip:', 'sips:'))) {
    await new Promise<void>((resolve) => socket.send(text, to.port, '::1', () => resolve()));
    await new Promise<void>((resolve, reject) => {
      const secure = connect({ host: '::1', port: to.port, ca: signer.ca }, () => secure.end(text));
      secure.on('error', reject);
      secure.on('close', () => resolve());
      secure.resume();
    });
  }
  socket.close();
  const from = await openSipAgent({ ...plan, user: 'hangup', tls: { ca: signer.ca } });
  for (const address of [`sip:agent@[::1]:${to.port}`, `sips:agent@[::1]:${to.port}`]) {
    await (await call(from, to, { to: mustReadUri(address) })).bye();
  }
  await Promise.all([from.close(), to.close()]);
  signer.remove();
});

test('an ACK that never arrives ends that call, not the process, and the process then exits by itself', async () => {
  const script = fileURLToPath(new URL('./no-ack.ts', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  child.stdout.on('data', (bytes: Buffer) => output.push(bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => output.push(bytes.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(output.join('')).toContain('both calls are over\n');
  expect(code, output.join('')).toBe(0);
});
