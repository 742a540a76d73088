import { expect, test } from 'vitest';
import { rateOf, withCodecs, type Phone } from '../../../harness/model/line.ts';
import { codecsNamed } from '../../../harness/run/codecs.ts';

test('codecs are named in any case, in the order they are to be offered', () => {
  expect(codecsNamed('opus, G722,pcmu')).toEqual(['opus', 'G722', 'PCMU']);
});

test('a codec nobody has is refused with the list of those there are', () => {
  expect(() => codecsNamed('pcmu,g729')).toThrow('no codec "g729"; name some of pcmu, pcma, g722, opus');
});

test('a phone is of the wide band as soon as one of its codecs is, and keeps its network', () => {
  const phone: Phone = { codec: 'PCMU', loss: 0.02, jitterMs: 30 };
  expect(withCodecs(phone, ['PCMU', 'G722'])).toEqual({ ...phone, otherCodecs: ['G722'], band: 'wide' });
  expect(rateOf(withCodecs(phone, ['opus']))).toBe(16_000);
  expect(rateOf(withCodecs(withCodecs(phone, ['opus']), ['PCMA']))).toBe(8_000);
});
