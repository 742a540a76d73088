import { expect, test } from 'vitest';
import { Description, type AgreedMedia } from '../../../harness/sip/description.ts';
import { onHold, readSdp, writeSdp } from '../../../harness/sip/sdp.ts';

const local = { host: '10.0.0.1', port: 4000, codecs: ['PCMU', 'PCMA'] } as const;
const offerOf = (lines: readonly string[]): string =>
  ['v=0', 'o=- 1 1 IN IP4 h', 's=-', 'c=IN IP4 10.9.9.9', 't=0 0', ...lines, ''].join('\r\n');

test('what we offer reads back as what we meant', () => {
  expect(readSdp(writeSdp(local, 1, 'sendrecv', 101))).toEqual({
    host: '10.0.0.1',
    port: 4000,
    codecs: ['PCMU', 'PCMA'],
    telephoneEvent: 101,
    direction: 'sendrecv',
  });
});

test("an answer takes the offer's first codec we know and its own number for keys", async () => {
  const agreed: AgreedMedia[] = [];
  const ours = new Description(local, (media) => agreed.push(media));
  const offer = ['m=audio 5004 RTP/AVP 9 8 0 97', 'a=rtpmap:9 G722/8000', 'a=rtpmap:97 telephone-event/8000'];
  await ours.setDescription(offerOf([...offer, 'a=sendonly']));
  expect(agreed).toEqual([
    { host: '10.9.9.9', port: 5004, codec: 'PCMA', sendKeysAs: 97, receiveKeysAs: 97, held: true },
  ]);
  const { body } = await ours.getDescription();
  expect(body).toContain('m=audio 4000 RTP/AVP 8 97\r\n');
  expect(body).toContain('a=recvonly');
});

test('keys we offered under 101 are sent under the number the answer names', async () => {
  const agreed: AgreedMedia[] = [];
  const ours = new Description(local, (media) => agreed.push(media));
  await ours.getDescription();
  await ours.setDescription(offerOf(['m=audio 5004 RTP/AVP 0 96', 'a=rtpmap:96 telephone-event/8000']));
  expect(agreed).toMatchObject([{ codec: 'PCMU', sendKeysAs: 96, receiveKeysAs: 101, held: false }]);
});

test('a media-level address wins, a later stream does not leak in, and 0.0.0.0 is hold', () => {
  const remote = readSdp(
    offerOf(['m=audio 6000 RTP/AVP 0', 'c=IN IP4 0.0.0.0', 'm=video 7000 RTP/AVP 96', 'a=inactive']),
  );
  expect(remote).toMatchObject({ host: '0.0.0.0', port: 6000, direction: 'sendrecv', telephoneEvent: undefined });
  expect(remote && onHold(remote)).toBe(true);
});

test('no audio in common is refused instead of answered with silence', async () => {
  for (const lines of [
    ['m=audio 5004 RTP/AVP 9', 'a=rtpmap:9 G722/8000'],
    ['m=audio 0 RTP/AVP 0'],
    ['m=audio 5004 RTP/SAVP 0'],
    ['m=audio 5004 RTP/AVP 0', 'a=rtpmap:0 opus/48000'],
    [],
  ]) {
    await expect(new Description(local, () => undefined).setDescription(offerOf(lines))).rejects.toThrow('G.711');
  }
});
