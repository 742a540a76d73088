import { expect, test } from 'vitest';
import { CODECS } from '../../../harness/model/line.ts';
import { codecKind, FRAME_MS, throughCodec } from '../../../harness/rtp/codec.ts';
import { doubler, halver } from '../../../harness/model/half-band.ts';

/** A voice-like hiss whose level comes and goes, below 3 kHz, so that every codec can carry it. */
function murmur(rate: number, seconds: number): Int16Array {
  let [seed, slow] = [1, 0];
  return Int16Array.from({ length: rate * seconds }, (_, i) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    slow += 0.35 * (seed / 2 ** 30 - 1 - slow);
    return 9_000 * slow * (1 + Math.sin((2 * Math.PI * 3 * i) / rate));
  });
}

function tone(rate: number, hertz: number): Int16Array {
  return Int16Array.from({ length: rate }, (_, i) => 8_000 * Math.sin((2 * Math.PI * hertz * i) / rate));
}

/** Level of a tone in samples, dB below the tone of `tone`. */
function levelOf(samples: Int16Array, rate: number, hertz: number): number {
  let [real, imaginary] = [0, 0];
  samples.forEach((sample, i) => {
    real += sample * Math.cos((2 * Math.PI * hertz * i) / rate);
    imaginary += sample * Math.sin((2 * Math.PI * hertz * i) / rate);
  });
  return 20 * Math.log10((2 * Math.hypot(real, imaginary)) / samples.length / 8_000);
}

/** The lag at which `heard` is most like `said`, in samples. */
function lagOf(said: Int16Array, heard: Int16Array): number {
  const likeness = Array.from({ length: 161 }, (_, at) => {
    let sum = 0;
    for (let i = 2_000; i < said.length - 500; i++) sum += (said[i] as number) * (heard[i + at - 80] ?? 0);
    return sum;
  });
  return likeness.indexOf(Math.max(...likeness)) - 80;
}

for (const codec of CODECS) {
  for (const rate of [8_000, 16_000]) {
    test(`${codec} at ${rate} Hz: what comes out sits where it was put in, to the sample`, () => {
      const said = murmur(rate, 3);
      expect(Math.abs(lagOf(said, throughCodec(codec, said, rate)))).toBeLessThanOrEqual(1);
    });

    test(`${codec} at ${rate} Hz: a tone of 1 kHz keeps its level`, () => {
      const heard = throughCodec(codec, tone(rate, 1_000), rate).subarray(rate / 4);
      expect(Math.abs(levelOf(heard, rate, 1_000))).toBeLessThan(1);
    });

    test(`${codec} at ${rate} Hz: a frame is ${FRAME_MS} ms, in and out`, () => {
      const kind = codecKind(codec);
      const frame = new Int16Array((rate * FRAME_MS) / 1000);
      expect(kind.decoder(rate).decode(kind.encoder(rate).encode(frame)).length).toBe(frame.length);
    });
  }
}

test('the wide band goes through G.722 and Opus, and not through G.711', () => {
  const said = tone(16_000, 5_500);
  for (const [codec, isWide] of [
    ['G722', true],
    ['opus', true],
    ['PCMU', false],
  ] as const) {
    const level = levelOf(throughCodec(codec, said, 16_000).subarray(4_000), 16_000, 5_500);
    expect(level > -6).toBe(isWide);
    if (!isWide) expect(level).toBeLessThan(-50);
  }
});

test('what is above 4 kHz does not come back as something else in the telephone band', () => {
  const narrow = halver().next(tone(16_000, 5_000));
  expect(levelOf(narrow, 8_000, 3_000)).toBeLessThan(-55);
  const wide = doubler().next(tone(8_000, 3_000));
  expect(levelOf(wide.subarray(1_000), 16_000, 5_000)).toBeLessThan(-55);
});

test('a frame decodes as it would in one piece', () => {
  const said = murmur(16_000, 1);
  const [whole, pieces] = [halver(), halver()];
  const once = whole.next(said);
  const joined: number[] = [];
  for (let at = 0; at < said.length; at += 320) joined.push(...pieces.next(said.subarray(at, at + 320)));
  expect(joined).toEqual([...once]);
});

test("what is no Opus is no audio, and does not end everybody's media", () => {
  const decoder = codecKind('opus').decoder(16_000);
  for (const payload of [new Uint8Array(0), Uint8Array.of(0xff, 0xff, 1), new Uint8Array(20_000).fill(0xff)]) {
    expect(decoder.decode(payload).length).toBe(0);
  }
});
