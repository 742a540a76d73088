import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { call, dialler } from './pair.ts';
import { rawPeer, responseTo, sdp, type RawPeer } from './raw.ts';

const field = (header: string, name: string): string =>
  new RegExp(`[ ,]${name}="?([^",]*)"?`).exec(` ${header}`)?.[1] ?? '';

const HASH: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256' };

/** What a request proves, computed as the server does (RFC 7616 3.4.1): its algorithm, or undefined when it proves nothing. */
function proves(request: string, password: string, header = '(?:Proxy-)?Authorization'): string | undefined {
  const proof = new RegExp(`^${header}: Digest ([^\\r\\n]*)`, 'im').exec(request)?.[1];
  const algorithm = field(proof ?? '', 'algorithm');
  const hash = (text: string): string =>
    createHash(HASH[algorithm] ?? '')
      .update(text)
      .digest('hex');
  if (proof === undefined || HASH[algorithm] === undefined) return undefined;
  const known = hash(`${field(proof, 'username')}:clinic:${password}`);
  const asked = hash(`${/^[A-Z]+/.exec(request)?.[0]}:${field(proof, 'uri')}`);
  const middle = field(proof, 'qop')
    ? `${field(proof, 'nonce')}:${field(proof, 'nc')}:${field(proof, 'cnonce')}:${field(proof, 'qop')}`
    : field(proof, 'nonce');
  return field(proof, 'response') === hash(`${known}:${middle}:${asked}`) ? algorithm : undefined;
}

const answer = ['Contact: <sip:agent@127.0.0.1:9>', 'Content-Type: application/sdp'];
const challenge = (ask: string, more = 'algorithm=MD5', nonce = 'n1'): string =>
  `${ask}: Digest realm="clinic", nonce="${nonce}", qop="auth", ${more}`;

for (const [status, ask] of [
  ['401 Unauthorized', 'WWW-Authenticate'],
  ['407 Proxy Authentication Required', 'Proxy-Authenticate'],
] as const) {
  const server = (algorithm: string): ReturnType<typeof rawPeer> =>
    rawPeer((text) => {
      if (!text.startsWith('INVITE')) return undefined;
      if (proves(text, 'secret') !== algorithm) {
        return responseTo(text, status, [challenge(ask, `algorithm=${algorithm}`)]);
      }
      return responseTo(text, '200 OK', answer, sdp);
    });

  for (const algorithm of ['MD5', 'SHA-256']) {
    test(`a ${status} challenge for ${algorithm} is answered with the target's credentials`, async () => {
      const challenger = await server(algorithm);
      const from = await dialler({}, { user: 'paula', password: 'secret' });
      await call(from, challenger);
      await challenger.next(/^ACK [^]*CSeq: 1 /im);
      challenger.close();
      await from.close();
    });
  }

  test(`wrong credentials end in ${status.slice(0, 3)} and say whose password it was, instead of looping`, async () => {
    const challenger = await server('MD5');
    const from = await dialler({}, { user: 'paula', password: 'wrong' });
    await expect(call(from, challenger)).rejects.toMatchObject({
      why: 'configuration',
      status: Number(status.slice(0, 3)),
      message: expect.stringMatching(/does not accept the password of paula; check SIP_USER and SIP_PASSWORD/),
    });
    await challenger.next(/^INVITE [^]*CSeq: 2 /im);
    expect(challenger.heard(/^INVITE [^]*CSeq: 3 /im)).toBe(false);
    challenger.close();
    await from.close();
  });
}

test('where MD5 and SHA-256 are both offered the stronger one is proven: whichever comes first, in one header or beside nonsense', async () => {
  const proven: (string | undefined)[] = [];
  const challenger = await rawPeer((text) => {
    if (!text.startsWith('INVITE')) return undefined;
    const by = proves(text, 'secret');
    if (by === undefined) {
      const [md5, sha] = [challenge('WWW-Authenticate'), challenge('WWW-Authenticate', 'algorithm=SHA-256')];
      const ways = [
        [md5, sha],
        [sha, md5],
        [`${md5}, ${sha.replace('WWW-Authenticate: ', '')}`, 'WWW-Authenticate: =;='],
      ];
      return responseTo(text, '401 Unauthorized', ways[proven.length]);
    }
    proven.push(by);
    return responseTo(text, '200 OK', answer, sdp);
  });
  const from = await dialler({}, { user: 'paula', password: 'secret' });
  await call(from, challenger);
  await call(from, challenger);
  await call(from, challenger);
  expect(proven).toEqual(['SHA-256', 'SHA-256', 'SHA-256']);
  challenger.close();
  await from.close();
});

test('a proxy and the callee behind it may both ask, and an old nonce is proven anew', async () => {
  const challenger = await rawPeer((text) => {
    if (!text.startsWith('INVITE')) return undefined;
    if (proves(text, 'secret', 'Proxy-Authorization') === undefined) {
      return responseTo(text, '407 Proxy Authentication Required', [challenge('Proxy-Authenticate')]);
    }
    const proof = /^Authorization: [^\r\n]*/im.exec(text)?.[0];
    if (proof === undefined) return responseTo(text, '401 Unauthorized', [challenge('WWW-Authenticate')]);
    return proof.includes('nonce="n1"')
      ? responseTo(text, '401 Unauthorized', [challenge('WWW-Authenticate', 'stale=true', 'n2')])
      : responseTo(text, '200 OK', answer, sdp);
  });
  const from = await dialler({}, { user: 'paula', password: 'secret' });
  await call(from, challenger);
  challenger.close();
  await from.close();
});

test('a server that calls every nonce stale is not answered for ever', async () => {
  const challenger = await rawPeer((text) =>
    text.startsWith('INVITE')
      ? responseTo(text, '401 Unauthorized', [challenge('WWW-Authenticate', 'stale=TRUE')])
      : undefined,
  );
  const from = await dialler({}, { user: 'paula', password: 'secret' });
  await expect(call(from, challenger)).rejects.toMatchObject({ why: 'configuration', status: 401 });
  challenger.close();
  await from.close();
});

/** A callee that wants a proof for everything inside the dialog, and refuses a CSeq that does not grow (RFC 3261 12.2.2). */
async function strictInside(): Promise<{ readonly peer: RawPeer; readonly cseqs: number[] }> {
  const cseqs: number[] = [];
  const peer = await rawPeer((text) => {
    if (text.startsWith('INVITE'))
      return responseTo(text, '200 OK', [`Contact: <sip:agent@127.0.0.1:${peer.port}>`, answer[1] ?? ''], sdp);
    if (!/^(?:REFER|BYE)/.test(text)) return undefined;
    const cseq = Number(/^CSeq: (\d+)/im.exec(text)?.[1]);
    if (cseqs.some((earlier) => earlier >= cseq)) return responseTo(text, '500 CSeq too low');
    cseqs.push(cseq);
    const nonce = `n${Math.ceil(cseqs.length / 2)}`;
    if (proves(text, 'secret') !== 'SHA-256') {
      return responseTo(text, '401 Unauthorized', [challenge('WWW-Authenticate', 'algorithm=SHA-256', nonce)]);
    }
    return responseTo(text, text.startsWith('BYE') ? '200 OK' : '603 Decline');
  });
  return { peer, cseqs };
}

test('a REFER and a BYE are proven too, and the dialog counts on from the proof', async () => {
  const { peer, cseqs } = await strictInside();
  const from = await dialler({}, { user: 'paula', password: 'secret' });
  const standing = await call(from, peer);
  const outcome = await standing.refer('sip:desk@127.0.0.1:9', { context: undefined, replaces: undefined });
  expect(outcome).toMatchObject({ accepted: false, status: 603 });
  await standing.bye();
  expect(cseqs).toEqual([2, 3, 4, 5]);
  peer.close();
  await from.close();
});

test('nobody without credentials proves anything, and is told what is asked for', async () => {
  const challenger = await rawPeer((text) =>
    text.startsWith('INVITE') ? responseTo(text, '401 Unauthorized', [challenge('WWW-Authenticate')]) : undefined,
  );
  const from = await dialler();
  await expect(call(from, challenger)).rejects.toThrow(/asks for a password; set SIP_USER and SIP_PASSWORD/);
  challenger.close();
  await from.close();
});
