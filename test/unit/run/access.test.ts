import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../../../harness/model/errors.ts';
import { env, type SuiteSip } from '../../../harness/model/suite.ts';
import { hostIn, targetOf } from '../../../harness/run/access.ts';
import { checkedSip } from '../../../harness/run/suite-sip.ts';

const folder = mkdtempSync(join(tmpdir(), 'hangup-access-'));
const names = ['SIP_USER', 'SIP_PASSWORD', 'ACCESS_TEST_WORD'];
const clear = (): void => names.forEach((name) => Reflect.deleteProperty(process.env, name));
beforeEach(clear);
afterAll(() => {
  clear();
  rmSync(folder, { recursive: true, force: true });
});

const target = 'sip:600@127.0.0.1';
const of = (sip?: SuiteSip, allow: readonly string[] = []): ReturnType<typeof targetOf> =>
  targetOf({ target, allow, sip });

test('without a word about it, credentials are SIP_USER and SIP_PASSWORD', () => {
  expect(of()).toEqual({ address: target });
  Object.assign(process.env, { SIP_USER: 'paula', SIP_PASSWORD: 'secret' });
  expect(of()).toEqual({ address: target, user: 'paula', password: 'secret' });
});

test("a suite's own names go before them, and one that is not set is said by name, without a value", () => {
  Object.assign(process.env, { SIP_PASSWORD: 'other' });
  const sip = { user: 'paula', password: env('ACCESS_TEST_WORD'), headers: { 'X-Token': env('ACCESS_TEST_WORD') } };
  expect(() => of(sip)).toThrow(
    new UsageError(
      'header X-Token is the environment variable ACCESS_TEST_WORD, which is not set; set it and run again',
    ),
  );
  Object.assign(process.env, { ACCESS_TEST_WORD: 'secret' });
  expect(of(sip)).toMatchObject({ user: 'paula', password: 'secret', headers: { 'X-Token': 'secret' } });
  expect(JSON.stringify(sip)).not.toContain('secret');
});

test('a WebRTC address nobody can be called at is refused with the first call, and its run is left behind', () => {
  expect(() => targetOf({ target: 'webrtc+nope:http://127.0.0.1:9', allow: [] })).toThrow(/is no WebRTC address/);
  expect(targetOf({ target: 'webrtc+whip:http://127.0.0.1:9/whip', allow: [] })).toEqual({
    address: 'webrtc+whip:http://127.0.0.1:9/whip',
  });
});

test('proxy and registrar are destinations too: outside private ranges they must be allowed', () => {
  expect(of({ registrar: 'sip:10.0.0.1', outboundProxy: 'sip:[fd00::1];transport=tls' })).toMatchObject({
    registrar: 'sip:10.0.0.1',
    proxy: 'sip:[fd00::1];transport=tls',
  });
  for (const sip of [{ registrar: 'sip:pbx.example' }, { outboundProxy: 'sips:a@[2001:db8::1]' }]) {
    expect(() => of(sip)).toThrow(/is outside loopback and private ranges; add it to the suite's allow list/);
    expect(() => of(sip, ['pbx.example', '[2001:db8::1]'])).not.toThrow();
  }
  expect(() => targetOf({ target: 'sip:a@[::1]:5060', allow: [] })).not.toThrow();
  expect(() => targetOf({ target: 'sip:a@[fe80::1]', allow: [] })).not.toThrow();
  expect(() => targetOf({ target: 'sip:a@8.8.8.8', allow: [] })).toThrow(/8\.8\.8\.8 is outside/);
  expect(() => targetOf({ target: 'tel:+1', allow: [] })).toThrow(/is no address to call/);
});

test('the host of an address is found whatever is around it', () => {
  expect(
    ['sip:a@h:5060', 'sips:h;transport=tcp', 'SIP:a:b@h?x=1', 'sip:a@[::1]:5060', 'h', 'sip:'].map(hostIn),
  ).toEqual(['h', 'h', 'h', '::1', undefined, undefined]);
});

test('a CA that is not there, or is no certificate, is said before any call', () => {
  const ca = join(folder, 'ca.pem');
  expect(() => of({ ca })).toThrow(
    /^the CA .*ca\.pem cannot be read \(ENOENT\); name a PEM file with --ca or sip\.ca$/,
  );
  writeFileSync(ca, 'der\u0000der');
  expect(() => of({ ca })).toThrow(/is no PEM file/);
  writeFileSync(ca, '-----BEGIN CERTIFICATE-----\n');
  expect(of({ ca })).toMatchObject({ ca: '-----BEGIN CERTIFICATE-----\n' });
});

test("each mistake in a suite's sip part is one sentence", () => {
  const wrong = (what: string): UsageError => new UsageError(`the suite s ${what}`);
  const said = (sip: object): string => {
    try {
      checkedSip(sip, wrong);
    } catch (error) {
      return error instanceof UsageError ? error.message : String(error);
    }
    return 'nothing';
  };
  expect(said({ password: 'correct-horse' })).toBe(
    "the suite s writes sip.password down; write password: env('SIP_PASSWORD')",
  );
  expect(said({ proxy: 'sip:p' })).toMatch(
    /has sip\.proxy, which means nothing; it knows user, password, registrar, outboundProxy, ca, mediaAddress, headers/,
  );
  expect(said({ registrar: 5060 })).toMatch(/has a sip\.registrar that is no text/);
  expect(said({ headers: { Via: 'x' } })).toMatch(/has the header Via; its own headers begin with X-/);
  expect(said({ headers: { 'X-Hangup-Call': 'x' } })).toMatch(/has the header X-Hangup-Call, which Hangup sets itself/);
  expect(said({ headers: { 'X-Tenant': 7 } })).toMatch(/has a header X-Tenant that is no text/);
  expect(said({ headers: 'X-Tenant: 7' })).toMatch(/sip\.headers/);
  expect(said({ user: env('U'), password: env('P'), ca: 'ca.pem', headers: { 'X-Tenant': 'clinic' } })).toBe('nothing');
});
