import { expect, test } from 'vitest';
import { agreed, answered, offered } from '../../../harness/webrtc/audio.ts';
import { audioIn, candidatesIn, inOrder, withoutCandidates } from '../../../harness/webrtc/sdp.ts';

const CHROME = `v=0
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
a=mid:0
a=sendrecv
a=rtpmap:111 opus/48000/2
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=rtpmap:9 G722/8000
a=rtpmap:110 telephone-event/48000
a=rtpmap:126 telephone-event/8000
m=video 9 UDP/TLS/RTP/SAVPF 96
a=mid:1
a=rtpmap:96 VP8/90000`.replaceAll('\n', '\r\n');

test("a browser's offer is answered with its first codec that is ours, under its number, and keys on that clock", () => {
  const theirs = audioIn(CHROME);
  expect(theirs).toMatchObject({ mid: '0', isActive: true });
  const answer = answered(theirs as NonNullable<typeof theirs>, ['PCMU', 'opus']);
  expect(answer?.map(({ payloadType, encoding }) => `${payloadType} ${encoding}`)).toEqual([
    '111 opus/48000/2',
    '110 telephone-event/48000',
  ]);
  expect(agreed(answer ?? [], theirs?.formats ?? [])).toMatchObject({
    codec: 'opus',
    payloadType: 111,
    keys: { payloadType: 110, clockRate: 48_000 },
  });
});

test('an answer with nothing but mu-law, its number untold, is taken; keys nobody takes are not sent', () => {
  const theirs = audioIn('v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:a\r\n');
  const audio = agreed(offered(['opus', 'PCMU']), theirs?.formats ?? []);
  expect(audio).toMatchObject({ codec: 'PCMU', payloadType: 0, keys: undefined });
});

test('audio that was refused, or may not flow, is none', () => {
  expect(audioIn('v=0\r\nm=audio 0 UDP/TLS/RTP/SAVPF 111\r\n')?.isActive).toBe(false);
  expect(audioIn('v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=inactive\r\n')?.isActive).toBe(false);
  expect(audioIn('v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n')).toBeUndefined();
});

test('formats are told in the order of preference, and candidates can be held back', () => {
  const told =
    'v=0\r\nm=audio 9 X 111 0\r\na=mid:0\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 x\r\na=end\r\n';
  expect(inOrder(told).split('\r\n').slice(2, 7)).toEqual([
    'a=mid:0',
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:111 x',
    'a=rtpmap:0 PCMU/8000',
    'a=end',
  ]);
  const found =
    'v=0\r\nm=audio 9 X 0\r\na=candidate:1 1 udp 1 127.0.0.1 4 typ host\r\na=end-of-candidates\r\na=mid:a\r\n';
  expect(candidatesIn(found)).toEqual([{ candidate: 'candidate:1 1 udp 1 127.0.0.1 4 typ host', mid: 'a' }]);
  expect(withoutCandidates(found)).toBe('v=0\r\nm=audio 9 X 0\r\na=mid:a\r\n');
});
