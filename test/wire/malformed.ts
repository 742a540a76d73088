import { request, sdp } from './raw.ts';

/** Messages that are no SIP, or SIP gone wrong in one place each; some look as if they came from `port`. */
export function malformed(port: number): readonly string[] {
  const invite = request('INVITE', port, ['Content-Type: application/sdp'], sdp);
  return [
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
    request('NOTIFY', port),
    request('REFER', port),
    request('BYE', port),
    request('ACK', port),
    request('CANCEL', port),
    request('WHATEVER', port),
    `INVITE ${'x'.repeat(60_000)}`,
  ];
}
