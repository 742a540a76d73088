import { expect, test } from 'vitest';
import { destinationOf } from '../../../harness/sip/destination.ts';
import { Frames } from '../../../harness/sip/frames.ts';
import { addressedTo, contactOver, headerOf, headOf, REQUEST_URI_HEADER } from '../../../harness/sip/message.ts';
import { markReceived, stampVia, unstampVia, viaOf } from '../../../harness/sip/via.ts';

const invite = [
  'INVITE sip:billing@10.0.0.5:5070 SIP/2.0',
  'Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK77;rport',
  'CSeq: 1 INVITE',
  'Contact: <sip:me@10.0.0.1:5062;ob>',
  'Content-Length: 4',
  '',
  'v=0\n',
].join('\r\n');
const ok = 'SIP/2.0 200 OK\r\nv: SIP/2.0/TCP 10.0.0.1:5062;branch=z9hG4bK77\r\nCSeq: 1 INVITE\r\n\r\n';

test('a head is read from requests and responses, compact Via included, and nothing else', () => {
  expect(headOf(invite)).toEqual({ method: 'INVITE', status: 0, transaction: 'INVITE', branch: 'z9hG4bK77' });
  expect(headOf(ok)).toEqual({ method: undefined, status: 200, transaction: 'INVITE', branch: 'z9hG4bK77' });
  expect(headOf('GET / HTTP/1.1\r\nVia: SIP/2.0/UDP h;branch=b\r\nCSeq: 1 GET\r\n\r\n')).toBeUndefined();
  expect(headOf(invite.replace('branch', 'twig'))).toBeUndefined();
});

test('a request goes to its Route first and to the Request-URI without one', () => {
  expect(destinationOf(invite)).toEqual({ protocol: 'udp', host: '10.0.0.5', port: 5070 });
  const routed = invite.replace('CSeq', 'Route: <sip:proxy;transport=tcp;lr>, <sip:b>\r\nCSeq');
  expect(destinationOf(routed)).toEqual({ protocol: 'tcp', host: 'proxy', port: 5060 });
});

test('a response goes back to where the request really came from', () => {
  expect(destinationOf(ok)).toEqual({ protocol: 'tcp', host: '10.0.0.1', port: 5062 });
  const behindNat = markReceived(invite, '192.0.2.9', 40_000);
  expect(viaOf(behindNat)).toMatchObject({ host: '10.0.0.1', received: '192.0.2.9', rport: 40_000 });
  expect(destinationOf(behindNat.replace(/^INVITE.*\r\n/, 'SIP/2.0 180 Ringing\r\n'))).toMatchObject({
    host: '192.0.2.9',
    port: 40_000,
  });
  expect(behindNat.match(/rport/g)).toHaveLength(1);
});

test('the port put into Via on the way out is gone again on the way in', () => {
  const out = stampVia(invite, 'tcp', 5062);
  expect(viaOf(out)).toMatchObject({ protocol: 'tcp', host: '10.0.0.1', port: 5062 });
  expect(viaOf(unstampVia(out))).toMatchObject({ host: '10.0.0.1', port: 5060 });
});

test('any user reaches the one user agent, and who was meant is kept', () => {
  const up = addressedTo(invite.replace('CSeq', `${REQUEST_URI_HEADER}: sip:forged@h\r\nCSeq`), 'agent');
  expect(up).toMatch(/^INVITE sip:agent@10\.0\.0\.5:5070 SIP\/2\.0\r\n/);
  expect(headerOf(up, REQUEST_URI_HEADER)).toBe('sip:billing@10.0.0.5:5070');
  expect(up).not.toContain('forged');
  expect(addressedTo('INVITE sip:10.0.0.5 SIP/2.0\r\n\r\n', 'agent')).toContain('INVITE sip:agent@10.0.0.5 SIP/2.0');
});

test('a Contact says how we can be reached, once', () => {
  expect(contactOver(invite, 'tcp', 5062)).toContain('Contact: <sip:me@10.0.0.1:5062;transport=tcp;ob>');
  expect(contactOver(contactOver(invite, 'tcp', 5062), 'tcp', 5062).match(/transport=tcp/g)).toHaveLength(1);
});

test('a Contact in a dialog that anything calls sips: is sips: too (RFC 3261 8.1.1.8)', () => {
  expect(contactOver(invite, 'tls', 40_001)).toContain('Contact: <sip:me@10.0.0.1:40001;transport=tls;ob>');
  const secure = invite.replace('INVITE sip:billing@10.0.0.5:5070', 'INVITE sip:billing@10.0.0.5:5070;scheme=sips');
  expect(contactOver(secure, 'tls', 5062)).toContain('Contact: <sip:me@10.0.0.1:5062;scheme=sips;ob>');
});

test('TLS and IPv6 go through Via and back, and a TLS Via without a port means 5061', () => {
  const out = stampVia(invite.replace('UDP 10.0.0.1', 'UDP [::1]'), 'tls', 5062);
  expect(out).toContain('Via: SIP/2.0/TLS [::1]:5062;branch');
  expect(destinationOf(markReceived(out, '::1', 40_000).replace(/^INVITE.*\r\n/, 'SIP/2.0 180 Ringing\r\n'))).toEqual({
    protocol: 'tls',
    host: '::1',
    port: 40_000,
  });
  expect(viaOf(ok.replace('TCP 10.0.0.1:5062', 'TLS 10.0.0.1'))).toMatchObject({ protocol: 'tls', port: 5061 });
  expect(destinationOf(invite.replace('sip:billing@10.0.0.5:5070', 'sips:billing@[::1]'))).toEqual({
    protocol: 'tls',
    host: '[::1]',
    port: 5061,
  });
});

test('a header is looked for in the head only', () => {
  expect(headerOf('A b\r\nX: 1\r\n\r\nY: 2', 'Y')).toBeUndefined();
});

test('a byte stream is cut by Content-Length however it arrives', () => {
  const stream = Buffer.from(`\r\n\r\n${invite}${ok}${invite}`);
  const frames = new Frames();
  const got: string[] = [];
  for (let at = 0; at < stream.length; at += 7) got.push(...frames.push(stream.subarray(at, at + 7)));
  expect(got).toEqual([invite, ok, invite]);
  expect(() => new Frames().push(Buffer.from('Content-Length: 99999999\r\n\r\n'))).toThrow('megabyte');
  expect(() => new Frames().push(Buffer.alloc(2 << 20, 'x'))).toThrow('without an end');
});
