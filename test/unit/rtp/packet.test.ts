import { expect, test } from 'vitest';
import { buildPacket, parsePacket } from '../../../harness/rtp/packet.ts';

const packet = {
  payloadType: 101,
  marker: true,
  seq: 65_535,
  timestamp: 0xfedcba98,
  ssrc: 0x89abcdef,
  payload: Uint8Array.of(1, 2, 3),
};

test('a packet survives the wire, high bits and all', () => {
  expect(parsePacket(buildPacket(packet))).toEqual(packet);
});

test('the header is laid out as RFC 3550 section 5.1 draws it', () => {
  expect([...buildPacket(packet)]).toEqual([
    0x80, 0xe5, 0xff, 0xff, 0xfe, 0xdc, 0xba, 0x98, 0x89, 0xab, 0xcd, 0xef, 1, 2, 3,
  ]);
});

test('contributing sources, an extension and padding are not taken for audio', () => {
  const plain = buildPacket({ ...packet, payload: new Uint8Array(0) });
  const sources = [9, 9, 9, 9, 9, 9, 9, 9];
  const extension = [0xbe, 0xde, 0, 1, 7, 7, 7, 7];
  const bytes = Uint8Array.from([0xb2, ...plain.subarray(1), ...sources, ...extension, 5, 6, 0, 0, 3]);
  expect([...(parsePacket(bytes)?.payload ?? [])]).toEqual([5, 6]);
});

test('what is not RTP is refused: STUN, RTCP, stumps, and lengths that point outside', () => {
  const bytes = buildPacket(packet);
  const changed = (at: number, value: number): Uint8Array => bytes.with(at, value);
  expect(parsePacket(changed(0, 0x00))).toBeUndefined();
  expect(parsePacket(changed(1, 200))).toBeUndefined();
  expect(parsePacket(bytes.subarray(0, 11))).toBeUndefined();
  expect(parsePacket(new Uint8Array(0))).toBeUndefined();
  expect(parsePacket(changed(0, 0x8f))).toBeUndefined();
  expect(parsePacket(changed(0, 0x90))).toBeUndefined();
  expect(parsePacket(Uint8Array.from([...changed(0, 0xa0), 200]))).toBeUndefined();
});
