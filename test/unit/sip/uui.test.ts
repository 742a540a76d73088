import { expect, test } from 'vitest';
import { readUri } from '../../../harness/sip/uri.ts';
import { decodeUui, encodeUui, referTo } from '../../../harness/sip/uui.ts';

test('a context survives the way through Refer-To, whatever characters it holds', () => {
  const context = 'packet 7; "Zoë" <a@b>?&=%\r\n';
  const uri = readUri(referTo('sip:billing@127.0.0.1:5060', context));
  expect(uri).toMatchObject({ user: 'billing', port: 5060 });
  expect(decodeUui(uri?.headers['user-to-user'])).toBe(context);
});

test('Refer-To without a context is the plain address', () => {
  expect(referTo('sip:desk@h', undefined)).toBe('<sip:desk@h>');
});

test('hex is assumed when no encoding is named, and broken hex is nobody', () => {
  expect(decodeUui(encodeUui('id'))).toBe('id');
  expect(decodeUui('6964')).toBe('id');
  expect(decodeUui('6964;purpose=isdn-uui;encoding=HEX')).toBe('id');
  expect(decodeUui('"hello";encoding=text')).toBe('hello');
  expect(decodeUui('696;encoding=hex')).toBeUndefined();
  expect(decodeUui(undefined)).toBeUndefined();
});
