import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { call, dialler, listener, media } from './pair.ts';
import { rawPeer, rawTcp, request, sdp } from './raw.ts';

test('malformed messages over UDP and TCP leave the listener answering', async () => {
  const to = await listener((ringing) => void ringing.accept(media, () => undefined).catch(() => undefined));
  const peer = await rawPeer();
  const invite = request('INVITE', peer.port, ['Content-Type: application/sdp'], sdp);
  const hostile = [
    '',
    '\r\n\r\n',
    '\u0000\u0001\u0002',
    'INVITE',
    'INVITE sip:agent@127.0.0.1 SIP/2.0\r\n\r\n',
    'SIP/2.0 200 OK\r\n\r\n',
    'SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 1.2.3.4;branch=z9hG4bKx\r\nCSeq: 1 INVITE\r\n\r\n',
    invite.replace(/^From.*\r\n/m, ''),
    invite.replace(/^Contact.*\r\n/m, 'Contact: *\r\n').replace(/branch=z9hG4bK/, 'branch=z9hG4bKa'),
    invite.replace(/^CSeq.*\r\n/m, 'CSeq: banana INVITE\r\n'),
    invite.replace('sip:agent@127.0.0.1 SIP', 'tel:+1 SIP').replace(/branch=z9hG4bK/, 'branch=z9hG4bKb'),
    invite.replace('Content-Length: ', 'Content-Length: 99').replace(/branch=z9hG4bK/, 'branch=z9hG4bKc'),
    invite
      .replace('v=0', 'v=9')
      .replace('m=audio', 'm=nothing')
      .replace(/branch=z9hG4bK/, 'branch=z9hG4bKd'),
    request('NOTIFY', peer.port),
    request('REFER', peer.port),
    request('BYE', peer.port),
    request('ACK', peer.port),
    request('CANCEL', peer.port),
    request('WHATEVER', peer.port),
    `INVITE ${'x'.repeat(60_000)}`,
  ];
  for (const text of hostile) {
    peer.send(text, to.port);
    await rawTcp(text, to.port);
  }
  await rawTcp(invite.slice(0, 200), to.port);
  peer.send(request('OPTIONS', peer.port), to.port);
  expect(await peer.next(/^SIP\/2\.0 200[^]*CSeq: 1 OPTIONS/i)).toContain('Allow:');
  const from = await dialler();
  await (await call(from, to)).bye();
  await (await call(from, to, { transport: 'tcp' })).bye();
  peer.close();
  await Promise.all([from.close(), to.close()]);
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
