import { expect, test } from 'vitest';
import { referTo } from '../../../harness/sip/refer-to.ts';
import { readUri } from '../../../harness/sip/uri.ts';
import { decodeUui, encodeUui } from '../../../harness/sip/uui.ts';

test('a context survives the way through Refer-To, whatever characters it holds', () => {
  const context = 'packet 7; "Zoë" <a@b>?&=%\r\n';
  const uri = readUri(referTo('sip:billing@127.0.0.1:5060', { context, replaces: undefined }));
  expect(uri).toMatchObject({ user: 'billing', port: 5060 });
  expect(decodeUui(uri?.headers['user-to-user'])).toBe(context);
});

test('Refer-To without a context is the plain address', () => {
  expect(referTo('sip:desk@h', { context: undefined, replaces: undefined })).toBe('<sip:desk@h>');
});

test('the call to be replaced survives it too, beside the context', () => {
  const replaces = 'a84b4c76%e66710@pc33.example;to-tag=7743;from-tag=6472';
  const uri = readUri(referTo('sip:desk@h;transport=tcp', { context: 'p/1', replaces }));
  expect(uri).toMatchObject({ user: 'desk', transport: 'tcp', headers: { replaces } });
  expect(decodeUui(uri?.headers['user-to-user'])).toBe('p/1');
});

test('hex is assumed when no encoding is named, and broken hex is nobody', () => {
  expect(decodeUui(encodeUui('id'))).toBe('id');
  expect(decodeUui('6964')).toBe('id');
  expect(decodeUui('6964;purpose=isdn-uui;encoding=HEX')).toBe('id');
  expect(decodeUui('"hello";encoding=text')).toBe('hello');
  expect(decodeUui('696;encoding=hex')).toBeUndefined();
  expect(decodeUui(undefined)).toBeUndefined();
});
