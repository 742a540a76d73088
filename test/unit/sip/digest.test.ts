import { expect, test } from 'vitest';
import { proof, readChallenges, strongest, type Challenge } from '../../../harness/sip/digest.ts';

/** The example of RFC 7616 3.9.1. */
const mufasa = { user: 'Mufasa', password: 'Circle of Life' };
const get = {
  method: 'GET',
  uri: '/dir/index.html',
  count: 1,
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};
const offered = (algorithm: string): string =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
  'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';

const only = (value: string): Challenge => {
  const [challenge] = readChallenges([value]);
  if (!challenge) throw new Error(`no challenge in ${value}`);
  return challenge;
};

test('the examples of RFC 7616 are proven to the letter', () => {
  const md5 = proof(only(offered('MD5')), mufasa, get);
  expect(md5).toContain('response="8ca523f5e9506fed4657c9700eebdbec"');
  expect(md5).toContain('nc=00000001');
  expect(md5).toContain('opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"');
  expect(proof(only(offered('SHA-256')), mufasa, get)).toContain(
    'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"',
  );
});

test('a server of RFC 2069, which knows no qop, is proven to without a count', () => {
  const value = proof(only('Digest realm="r", nonce="n"'), { user: 'u', password: 'p' }, { ...get, count: 3 });
  expect(value).not.toMatch(/nc=|cnonce|qop/);
  expect(value).toContain('algorithm=MD5');
});

test('the strongest known algorithm wins, in one header or in several', () => {
  const both = [offered('MD5'), offered('SHA-256')];
  expect(strongest(readChallenges(both))?.algorithm).toBe('SHA-256');
  expect(strongest(readChallenges([both.join(', ')]))?.algorithm).toBe('SHA-256');
  expect(strongest(readChallenges(both.toReversed()))?.algorithm).toBe('SHA-256');
  expect(strongest(readChallenges([offered('sha-256')]))?.algorithm).toBe('sha-256');
});

test('what cannot be proven is no challenge, instead of a wrong proof', () => {
  expect(strongest(readChallenges([offered('TOKEN-9')]))).toBeUndefined();
  expect(readChallenges([offered('MD5').replace('"auth, auth-int"', '"auth-int"')])).toEqual([]);
  expect(readChallenges(['Basic realm="r"', 'Digest realm="r"', 'Digest nonce="n"', '', 'Digest'])).toEqual([]);
});

test('quotes in names and realms stay inside their quotes', () => {
  const challenge = only(String.raw`Digest realm="a \"quoted\" realm", nonce="n", qop=auth, stale=TRUE`);
  expect(challenge).toMatchObject({ realm: 'a "quoted" realm', stale: true, qop: 'auth' });
  const value = proof(challenge, { user: 'x", uri="y', password: 'p' }, get);
  expect(value).toContain(String.raw`username="x\", uri=\"y"`);
  expect(value).toContain(String.raw`realm="a \"quoted\" realm"`);
});
