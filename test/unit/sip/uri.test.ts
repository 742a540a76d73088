import { expect, test } from 'vitest';
import { realClock } from '../../../harness/clock/real.ts';
import { UsageError } from '../../../harness/model/errors.ts';
import { lowerSips, raiseSips } from '../../../harness/sip/sips.ts';
import { bareHost, mustReadUri, portOf, readUri, uriHost, writeUri } from '../../../harness/sip/uri.ts';

test('an address keeps its user, port and transport', () => {
  const uri = mustReadUri('sip:agent@10.0.0.5:5070;transport=tcp;lr');
  expect(uri).toMatchObject({ user: 'agent', host: '10.0.0.5', port: 5070, transport: 'tcp' });
  expect(writeUri(uri)).toBe('sip:agent@10.0.0.5:5070;transport=tcp');
});

test('sips: and transport=tls both mean TLS, each is written as it was read, and TLS has a port of its own', () => {
  const secure = mustReadUri('sips:agent@clinic.example;transport=tcp');
  expect(secure).toMatchObject({ transport: 'tls', secure: true });
  expect([writeUri(secure), portOf(secure)]).toEqual(['sips:agent@clinic.example', 5061]);
  const plain = mustReadUri('SIP:agent@[2001:db8::5]:5071;transport=TLS');
  expect(plain).toMatchObject({ transport: 'tls', secure: false, host: '[2001:db8::5]' });
  expect([writeUri(plain), portOf(plain)]).toEqual(['sip:agent@[2001:db8::5]:5071;transport=tls', 5071]);
  expect(portOf(mustReadUri('sip:a@h;transport=sctp'))).toBe(5060);
});

test('IPv6 is in brackets in a URI and bare for a socket, whichever it was', () => {
  expect([bareHost('[::1]'), bareHost('::1'), uriHost('::1'), uriHost('[::1]')]).toEqual([
    '::1',
    '::1',
    '[::1]',
    '[::1]',
  ]);
  expect(uriHost('10.0.0.5')).toBe('10.0.0.5');
  expect(writeUri({ ...mustReadUri('sip:a@h'), host: '::1', port: 5070 })).toBe('sip:a@[::1]:5070');
});

test('a message of sips: URIs comes back as it was, parameters, brackets and body included', () => {
  const message = [
    'INVITE sips:billing@[::1]:5061;user=phone SIP/2.0',
    'Via: SIP/2.0/TLS [::1]:5061;branch=z9hG4bK1',
    'From: "Sips: Co" <sips:me@clinic.example>;tag=1',
    'To: sips:billing@clinic.example',
    'Record-Route: <sips:p1.example;lr>, <sip:p2.example;lr>',
    'Contact: <sips:me@[::1]:5062;transport=tcp;ob>;expires=60',
    '',
    'a=sips:not@touched',
  ].join('\r\n');
  const lowered = lowerSips(message);
  expect(lowered.split('\r\n\r\n')[0]).not.toMatch(/sips:\S/);
  expect(lowered).toContain('INVITE sip:billing@[::1]:5061;scheme=sips;user=phone SIP/2.0');
  expect(lowered).toContain('a=sips:not@touched');
  expect(raiseSips(lowered)).toBe(message);
  expect(raiseSips('sip:a@h;transport=tls;scheme=sips;ob')).toBe('sips:a@h;transport=tls;ob');
  expect(readUri('sip:a@h;scheme=sips')).toMatchObject({ secure: true, transport: 'tls' });
});

test('a message made to be slow to read costs its length, not the square of it', () => {
  const clock = realClock();
  const began = clock.now();
  for (const text of ['sips:'.repeat(200_000), `sip:h${';x'.repeat(400_000)}`, 'sip:h;a;b '.repeat(100_000)]) {
    expect(raiseSips(lowerSips(text)).length).toBeGreaterThanOrEqual(text.length);
  }
  expect(clock.now() - began).toBeLessThan(5_000);
});

test('display names, angle brackets, passwords and IPv6 do not confuse it', () => {
  expect(readUri('"Dr. <No>" <sip:no@h>')).toBeUndefined();
  expect(readUri('"Desk" <sip:billing:secret@[::1]:5060>;tag=1')).toMatchObject({ user: 'billing', host: '[::1]' });
  expect(readUri('<sip:h;lr>')).toMatchObject({ user: undefined, host: 'h', port: undefined });
});

test('headers embedded in a URI are unescaped and never called back', () => {
  const uri = readUri('<sip:billing@h:1?User-to-User=7b7d%3Bencoding%3Dhex&X=%zz>');
  expect(uri?.headers).toEqual({ 'user-to-user': '7b7d;encoding=hex', x: '%zz' });
  expect(uri && writeUri(uri)).toBe('sip:billing@h:1');
});

test('what is not a SIP address is said in one sentence', () => {
  for (const bad of ['', 'agent', 'tel:+1', 'sip:', 'sip:a@h:99999', 'sip:a b@h', 'https://h']) {
    expect(() => mustReadUri(bad)).toThrow(UsageError);
  }
});
