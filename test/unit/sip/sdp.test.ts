import { expect, test } from 'vitest';
import { Description, type AgreedMedia, type LocalMedia } from '../../../harness/sip/description.ts';
import { numbered, onHold, readSdp, writeSdp, type MediaDescription } from '../../../harness/sip/sdp.ts';

const local: LocalMedia = { host: '10.0.0.1', port: 4000, codecs: ['PCMU', 'PCMA'] };
const everything: LocalMedia = { ...local, codecs: ['opus', 'G722', 'PCMU'] };
const offerOf = (lines: readonly string[]): string =>
  ['v=0', 'o=- 1 1 IN IP4 h', 's=-', 'c=IN IP4 10.9.9.9', 't=0 0', ...lines, ''].join('\r\n');

/** What `media` and whoever writes `lines` settle on, and the answer if it was an offer. */
async function settled(media: LocalMedia, lines: readonly string[], weOffer: boolean): Promise<[AgreedMedia, string]> {
  const agreed: AgreedMedia[] = [];
  const ours = new Description(media, (settledOn) => agreed.push(settledOn));
  if (weOffer) await ours.getDescription();
  await ours.setDescription(offerOf(lines));
  const answer = weOffer ? '' : (await ours.getDescription()).body;
  return [agreed[0] as AgreedMedia, answer];
}

test.each(['10.0.0.1', '2001:db8::7'])('what we offer from %s reads back as what we meant', (host) => {
  const offer: MediaDescription = {
    host,
    port: 4000,
    profile: 'RTP/AVP',
    ...numbered(['PCMU', 'G722', 'opus']),
    cryptos: [],
    direction: 'sendrecv',
  };
  const text = writeSdp(offer, 1);
  expect(readSdp(text)).toEqual(offer);
  expect(text).toContain(`c=IN ${host.includes(':') ? 'IP6' : 'IP4'} ${host}\r\n`);
  expect(text).toContain('m=audio 4000 RTP/AVP 0 9 96 101 97\r\n');
  expect(text).toContain('a=rtpmap:96 opus/48000/2\r\n');
});

test("an answer takes the offer's first codec we know and its own number for keys", async () => {
  const offer = ['m=audio 5004 RTP/AVP 9 8 0 97', 'a=rtpmap:9 G722/8000', 'a=rtpmap:97 telephone-event/8000'];
  const [agreed, answer] = await settled(local, [...offer, 'a=sendonly'], false);
  expect(agreed).toMatchObject({
    host: '10.9.9.9',
    port: 5004,
    codec: 'PCMA',
    payloadType: 8,
    keys: { payloadType: 97, clockRate: 8_000 },
    srtp: undefined,
    held: true,
  });
  expect(agreed.accepts.events).toContain(97);
  expect(answer).toContain('m=audio 4000 RTP/AVP 8 97\r\n');
  expect(answer).toContain('a=recvonly');
});

test('keys we offered under 101 are sent under the number the answer names', async () => {
  const [agreed] = await settled(local, ['m=audio 5004 RTP/AVP 0 96', 'a=rtpmap:96 telephone-event/8000'], true);
  expect(agreed).toMatchObject({ codec: 'PCMU', keys: { payloadType: 96 }, held: false });
  expect(agreed.accepts.events).toEqual([101, 96]);
});

test('Opus under a number of theirs is sent and heard under it, with the keys on its clock', async () => {
  const lines = [
    'm=audio 5004 RTP/AVP 111 101 110',
    'a=rtpmap:111 opus/48000/2',
    'a=rtpmap:101 telephone-event/8000',
    'a=rtpmap:110 telephone-event/48000',
  ];
  const [agreed, answer] = await settled(everything, lines, false);
  expect(agreed).toMatchObject({ codec: 'opus', payloadType: 111, keys: { payloadType: 110, clockRate: 48_000 } });
  expect(agreed.accepts.codecs[111]).toBe('opus');
  expect(answer).toContain('m=audio 4000 RTP/AVP 111 110\r\n');
  expect(answer).toContain('a=rtpmap:111 opus/48000/2');
});

test('who answers Opus without keys on its clock gets those it names', async () => {
  const lines = ['m=audio 5004 RTP/AVP 96 101', 'a=rtpmap:96 opus/48000/2', 'a=rtpmap:101 telephone-event/8000'];
  const [agreed] = await settled(everything, lines, true);
  expect(agreed).toMatchObject({ codec: 'opus', keys: { payloadType: 101, clockRate: 8_000 } });
});

test('an offer of encrypted audio is answered with a key of our own, under its tag', async () => {
  const inline = Buffer.alloc(30, 7).toString('base64');
  const lines = [
    'm=audio 5004 RTP/SAVP 0',
    'a=crypto:1 AES_256_CM_HMAC_SHA1_80 inline:AAAA',
    `a=crypto:4 AES_CM_128_HMAC_SHA1_32 inline:${inline}|2^31`,
  ];
  const [agreed, answer] = await settled(local, lines, false);
  expect(agreed.srtp?.receive.key).toEqual(new Uint8Array(16).fill(7));
  expect(answer).toContain('m=audio 4000 RTP/SAVP 0');
  const ours = Buffer.concat([agreed.srtp?.send.key ?? [], agreed.srtp?.send.salt ?? []] as Uint8Array[]);
  expect(ours.equals(Buffer.alloc(30, 7))).toBe(false);
  expect(answer).toContain(`a=crypto:4 AES_CM_128_HMAC_SHA1_32 inline:${ours.toString('base64')}\r\n`);
});

test('an answer in the clear to an offer of encrypted audio is no call, and neither is one whose key we cannot use', async () => {
  const strict = new Description({ ...local, encrypted: true }, () => undefined);
  const { body } = await strict.getDescription();
  expect(body).toContain('m=audio 4000 RTP/SAVP 0 8 101');
  expect(body.match(/a=crypto/g)).toHaveLength(2);
  await expect(strict.setDescription(offerOf(['m=audio 5004 RTP/AVP 0']))).rejects.toThrow('no key');
  const plain = new Description(local, () => undefined);
  await expect(plain.setDescription(offerOf(['m=audio 5004 RTP/SAVP 0']))).rejects.toThrow('wants encrypted audio');
});

test('a media-level address wins, a later stream does not leak in, and 0.0.0.0 is hold', () => {
  const remote = readSdp(
    offerOf(['m=audio 6000 RTP/AVP 0', 'c=IN IP4 0.0.0.0', 'm=video 7000 RTP/AVP 96', 'a=inactive']),
  );
  expect(remote).toMatchObject({ host: '0.0.0.0', port: 6000, direction: 'sendrecv', keys: [] });
  expect(remote && onHold(remote)).toBe(true);
});

test('no audio in common is refused instead of answered with silence, and says what both sides had', async () => {
  for (const [lines, why] of [
    [
      ['m=audio 5004 RTP/AVP 18 3', 'a=rtpmap:18 G729/8000', 'a=rtpmap:3 GSM/8000'],
      'PCMU, PCMA, the other side G729, GSM',
    ],
    [['m=audio 5004 RTP/AVP 0', 'a=rtpmap:0 opus/48000'], 'no common codec'],
    [['m=audio 0 RTP/AVP 0'], 'no audio over RTP'],
    [['m=audio 5004 UDP/TLS/RTP/SAVPF 0'], 'no audio over RTP'],
    [[], 'no audio over RTP'],
  ] as const) {
    await expect(new Description(local, () => undefined).setDescription(offerOf(lines))).rejects.toThrow(why);
  }
});
