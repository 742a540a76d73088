import { expect, test } from 'vitest';
import { UsageError } from '../../../harness/model/errors.ts';
import { mustReadUri, readUri, writeUri } from '../../../harness/sip/uri.ts';

test('an address keeps its user, port and transport', () => {
  const uri = mustReadUri('sip:agent@10.0.0.5:5070;transport=tcp;lr');
  expect(uri).toMatchObject({ user: 'agent', host: '10.0.0.5', port: 5070, transport: 'tcp' });
  expect(writeUri(uri)).toBe('sip:agent@10.0.0.5:5070;transport=tcp');
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
