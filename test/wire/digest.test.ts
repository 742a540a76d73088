import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { call, dialler } from './pair.ts';
import { rawPeer, responseTo, sdp } from './raw.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const field = (header: string, name: string): string =>
  new RegExp(`[ ,]${name}="?([^",]*)"?`).exec(` ${header}`)?.[1] ?? '';

/** RFC 2617 3.2.2 as the server computes it. */
function proves(request: string, password: string): boolean {
  const header = /^(?:Proxy-)?Authorization: Digest ([^\r\n]*)/im.exec(request)?.[1];
  if (header === undefined) return false;
  const known = md5(`${field(header, 'username')}:clinic:${password}`);
  const asked = md5(`INVITE:${field(header, 'uri')}`);
  const middle = field(header, 'qop')
    ? `${field(header, 'nonce')}:${field(header, 'nc')}:${field(header, 'cnonce')}:${field(header, 'qop')}`
    : field(header, 'nonce');
  return field(header, 'response') === md5(`${known}:${middle}:${asked}`);
}

for (const [status, ask] of [
  ['401 Unauthorized', 'WWW-Authenticate'],
  ['407 Proxy Authentication Required', 'Proxy-Authenticate'],
] as const) {
  const server = (): ReturnType<typeof rawPeer> =>
    rawPeer((text) => {
      if (!text.startsWith('INVITE')) return undefined;
      if (!proves(text, 'secret'))
        return responseTo(text, status, [`${ask}: Digest realm="clinic", nonce="n1", qop="auth", algorithm=MD5`]);
      return responseTo(text, '200 OK', ['Contact: <sip:agent@127.0.0.1:9>', 'Content-Type: application/sdp'], sdp);
    });

  test(`a ${status} challenge is answered with the target's credentials`, async () => {
    const challenger = await server();
    const from = await dialler({}, { user: 'paula', password: 'secret' });
    await call(from, challenger);
    await challenger.next(/^ACK [^]*CSeq: 1 /im);
    challenger.close();
    await from.close();
  });

  test(`wrong credentials end in ${status.slice(0, 3)}, not in a loop`, async () => {
    const challenger = await server();
    const from = await dialler({}, { user: 'paula', password: 'wrong' });
    await expect(call(from, challenger)).rejects.toMatchObject({ why: 'final', status: Number(status.slice(0, 3)) });
    challenger.close();
    await from.close();
  });
}
