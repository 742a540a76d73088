import { expect, test } from 'vitest';
import { buildPacket, parsePacket } from '../../../harness/rtp/packet.ts';
import { derivedKey, encrypted, keystream, SrtpReceiver, SrtpSender } from '../../../harness/rtp/srtp.ts';
import { CRYPTO_SUITES, newMasterKey, type MasterKey } from '../../../harness/rtp/srtp-keys.ts';
import { wirePair } from '../../../harness/rtp/wire.ts';

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
const hex = (data: Uint8Array | undefined): string => Buffer.from(data ?? []).toString('hex');

/** The master key of RFC 3711 appendix B.3. */
const MASTER: MasterKey = {
  suite: 'AES_CM_128_HMAC_SHA1_80',
  key: bytes('E1F97A0D3E018BE0D64FA32C06DE4139'),
  salt: bytes('0EC675AD498AFEEBB6960B3AABE6'),
};

const packet = (seq: number, ssrc = 7): Uint8Array =>
  buildPacket({
    payloadType: 0,
    marker: false,
    seq: seq & 0xffff,
    timestamp: 160 * seq,
    ssrc,
    payload: bytes('0102030405'),
  });

test('the key stream is that of RFC 3711 appendix B.2', () => {
  const stream = keystream(
    bytes('2B7E151628AED2A6ABF7158809CF4F3C'),
    bytes('F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000'),
    new Uint8Array(48),
  );
  expect(hex(stream)).toBe(
    'e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0',
  );
});

test('the session keys are those of RFC 3711 appendix B.3', () => {
  expect(hex(derivedKey(MASTER, 'encryption'))).toBe('c61e7a93744f39ee10734afe3ff7a087');
  expect(hex(derivedKey(MASTER, 'salt'))).toBe('30cbbc08863d8c85d49db34a9ae1');
  expect(hex(derivedKey(MASTER, 'authentication'))).toBe('cebe321f6ff7716b6fd4ab49af256a156d38baa4');
});

test("a whole packet is, bit for bit, another implementation's", () => {
  const plain = bytes('800f1234 decafbad cafebabe abababab abababab abababab abababab');
  const sealed = '800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb';
  expect(hex(new SrtpSender(MASTER).protect(plain))).toBe(sealed);
  expect(hex(new SrtpReceiver(MASTER).unprotect(bytes(sealed)))).toBe(hex(plain));
});

for (const suite of CRYPTO_SUITES) {
  test(`${suite}: packets come through the turn of the sequence numbers, late ones too`, () => {
    const master = newMasterKey(suite);
    const [sender, receiver] = [new SrtpSender(master), new SrtpReceiver(master)];
    const sealed = Array.from({ length: 300 }, (_, n) => sender.protect(packet(65_400 + n)));
    [sealed[136], sealed[140]] = [sealed[140], sealed[136]] as [Uint8Array, Uint8Array];
    const heard = sealed.map((each) => receiver.unprotect(each));
    expect(heard.every((each) => parsePacket(each ?? new Uint8Array(0))?.payload.length === 5)).toBe(true);
  });
}

test('a packet that was changed, replayed, or signed with another key is not heard', () => {
  const [sender, receiver] = [new SrtpSender(MASTER), new SrtpReceiver(MASTER)];
  const first = sender.protect(packet(1));
  const forged = Uint8Array.from(first, (byte, i) => (i === 14 ? byte ^ 1 : byte));
  expect(receiver.unprotect(forged)).toBeUndefined();
  expect(receiver.unprotect(packet(1))).toBeUndefined();
  expect(receiver.unprotect(new SrtpSender(newMasterKey(MASTER.suite)).protect(packet(1)))).toBeUndefined();
  expect(receiver.unprotect(first)).toBeDefined();
  expect(receiver.unprotect(first)).toBeUndefined();
  const held = sender.protect(packet(2));
  for (let seq = 3; seq < 400; seq++) expect(receiver.unprotect(sender.protect(packet(seq)))).toBeDefined();
  expect(receiver.unprotect(held)).toBeUndefined();
});

test('a forged packet far ahead does not lock the real ones out', () => {
  const [sender, receiver] = [new SrtpSender(MASTER), new SrtpReceiver(MASTER)];
  expect(receiver.unprotect(sender.protect(packet(10)))).toBeDefined();
  expect(receiver.unprotect(packet(60_000))).toBeUndefined();
  expect(receiver.unprotect(sender.protect(packet(11)))).toBeDefined();
});

test('a sender that changes its source is heard under the new one', () => {
  const [sender, receiver] = [new SrtpSender(MASTER), new SrtpReceiver(MASTER)];
  for (const ssrc of [1, 2, 3]) expect(receiver.unprotect(sender.protect(packet(500, ssrc)))).toBeDefined();
});

test('what is on the wire of an encrypted call cannot be read there, and comes out as it went in', () => {
  const keys = [newMasterKey(MASTER.suite), newMasterKey(MASTER.suite)] as const;
  const [left, right] = wirePair();
  const onTheWire: Uint8Array[] = [];
  const tapped = {
    send: (sealed: Uint8Array) => {
      onTheWire.push(sealed);
      left.send(sealed);
    },
    onPacket: undefined,
  };
  const near = encrypted(tapped, { send: keys[0], receive: keys[1] }, () => undefined);
  const far = encrypted(right, { send: keys[1], receive: keys[0] }, () => refused++);
  let refused = 0;
  const heard: string[] = [];
  far.onPacket = (each) => heard.push(hex(each));
  near.send(packet(9));
  expect(heard).toEqual([hex(packet(9))]);
  expect(hex(onTheWire[0])).not.toContain('0102030405');
  left.send(packet(10));
  expect([heard.length, refused]).toEqual([1, 1]);
});
