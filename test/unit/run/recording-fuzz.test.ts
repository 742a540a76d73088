import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Chance } from '../../../harness/model/seed.ts';
import { chance, hashSeed } from '../../../harness/model/seed.ts';
import { UsageError } from '../../../harness/model/errors.ts';
import { scoreRecording } from '../../../harness/run/recording-score.ts';
import { metrics } from '../../../harness/run/registry.ts';
import { CALLER, conversation, everything, folder, saved, wav } from './recorded.ts';
import type { Writing } from './recorded.ts';

const tools = { metrics: await metrics(), regions: everything };
const home = folder();
const SEED = 20_261_123;
/** Mutated files a test; each is one short recording. */
const CASES = 150;

const short = conversation().map((channel) => channel.subarray(3200, 24_000));
const caller = [{ startMs: 100, endMs: 1100, kind: 'turn' }];
const VALID: readonly Writing[] = [
  {},
  { encoding: 'float', width: 4, extensible: true },
  { encoding: 'mulaw', width: 1, clutter: true },
  { wide: true, width: 3 },
];

/** A result in which every number is one, or one sentence: nothing else may come of any bytes. */
async function outcomeOf(path: string): Promise<'scored' | 'refused'> {
  try {
    const { scored, details } = await scoreRecording({ path, caller: 'left', told: true }, tools);
    expect(details.turns.length + details.stimuli.length).toBeGreaterThan(0);
    for (const turn of details.turns) expect(turn.callerEndMs).toBeGreaterThanOrEqual(0);
    for (const { value, u } of scored.scores)
      expect([Number.isFinite(value), Number.isFinite(u)]).toEqual([true, true]);
    return 'scored';
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    const { message } = error as UsageError;
    expect(message).toContain(home);
    expect(message).not.toMatch(/\n|undefined|\[object|TypeError|RangeError/);
    return 'refused';
  }
}

type Mutation = (bytes: Buffer, dice: Chance) => Uint8Array;

const index = (dice: Chance, length: number): number => Math.floor(dice.next() * length);
const ABSURD = [0, 1, 2, 3, 5, 7, 127, 128, 255, 256, 65_535, 65_536, 0x7fffffff, 0x80000000, 0xffffffff];

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  truncated: (bytes, dice) => bytes.subarray(0, index(dice, bytes.length)),
  'truncated in its header': (bytes, dice) => bytes.subarray(0, index(dice, 64)),
  'one header byte wrong': (bytes, dice) => {
    bytes[index(dice, 60)] = index(dice, 256);
    return bytes;
  },
  'a header field absurd': (bytes, dice) => {
    bytes.writeUInt32LE(dice.pick(ABSURD), 4 * index(dice, 15));
    return bytes;
  },
  'a short header field absurd': (bytes, dice) => {
    bytes.writeUInt16LE(dice.pick(ABSURD) & 0xffff, 2 * index(dice, 30));
    return bytes;
  },
  'ten bytes wrong anywhere': (bytes, dice) => {
    for (let i = 0; i < 10; i++) bytes[index(dice, bytes.length)] = index(dice, 256);
    return bytes;
  },
  'a piece of it twice': (bytes, dice) => {
    const at = index(dice, bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(index(dice, at + 1))]);
  },
  'a piece of it missing': (bytes, dice) => {
    const at = index(dice, bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + index(dice, 200)))]);
  },
};

test.each(Object.entries(MUTATIONS))(
  'a recording %s is scored, or refused in one sentence',
  { timeout: 120_000 },
  async (name, mutate) => {
    const dice = chance(hashSeed(SEED, name));
    const path = join(home, 'mutated.wav');
    let refused = 0;
    for (let i = 0; i < CASES / 2; i++) {
      const bytes = Buffer.from(wav(short, VALID[i % VALID.length]));
      writeFileSync(path, mutate(bytes, dice));
      if ((await outcomeOf(path)) === 'refused') refused++;
    }
    expect(refused).toBeGreaterThan(0);
  },
);

test('a truth with its characters changed is taken, or refused in one sentence', { timeout: 120_000 }, async () => {
  const dice = chance(hashSeed(SEED, 'truth'));
  const path = join(home, 'told.wav');
  writeFileSync(path, wav(short));
  const text = JSON.stringify({ caller: [...caller, { startMs: 1500, endMs: 1600, kind: 'noise' }] });
  const seen = new Set<string>();
  for (let i = 0; i < CASES; i++) {
    const at = index(dice, text.length);
    const put = dice.pick(['', '9', '-', '"', ',', '}', 'null', 'NaN', '1e999', '\u0000', '[', 'pause']);
    writeFileSync(join(home, 'told.truth.json'), text.slice(0, at) + put + text.slice(at + index(dice, 4)));
    seen.add(await outcomeOf(path));
  }
  expect([...seen].sort()).toEqual(['refused', 'scored']);
});

const floats = (at: number, value: number): Uint8Array => {
  const bytes = Buffer.from(wav(short, { encoding: 'float', width: 4 }));
  bytes.writeFloatLE(value, 44 + 8 * at);
  return bytes;
};
const header = (change: (bytes: Buffer) => void): Uint8Array => {
  const bytes = Buffer.from(wav(short));
  change(bytes);
  return bytes;
};
const [own = new Int16Array(0), agent = new Int16Array(0)] = short;
const silence = new Int16Array(8000);

test.each([
  ['NaN', floats(4000, NaN), /holds NaN at 0\.500 s of channel 1/],
  ['infinity', floats(4000, -Infinity), /holds -Infinity at 0\.500 s/],
  ['floats far over full scale', floats(10, 20_000), /samples lie between -1 and 1/],
  ['no samples', wav([silence.subarray(0, 0), silence.subarray(0, 0)]), /holds no audio/],
  ['half a frame', Buffer.from(wav(short)).subarray(0, 46), /breaks off/],
  ['fewer samples than it says', Buffer.from(wav(short)).subarray(0, 20_000), /promises 2\.60 s and 0\.62 s are there/],
  ['more samples than it says', wav(short, { claims: 4000 }), /2\.48 s more than the 0\.13 s/],
  ['one channel', wav([own]), /is mono/],
  ['three channels', wav([own, agent, own]), /has 3 channels/],
  ['the same channel twice', wav([own, own]), /the same on both channels/],
  ['silence', wav([silence, silence]), /nothing but silence/],
  [
    'a silent caller',
    wav([new Int16Array(own.length), agent]),
    /nobody is heard on the caller's side, the left channel/,
  ],
  ['0 channels', header((bytes) => bytes.writeUInt16LE(0, 22)), /no channels/],
  ['0 Hz', header((bytes) => bytes.writeUInt32LE(0, 24)), /0 samples a second/],
  ['192 kHz', header((bytes) => bytes.writeUInt32LE(192_000, 24)), /convert it: ffmpeg .*-ar 48000/],
  ['4 GHz', header((bytes) => bytes.writeUInt32LE(0xffffffff, 24)), /4294967295 samples a second/],
  ['17 bits', header((bytes) => bytes.writeUInt16LE(17, 34)), /cannot be/],
  ['ADPCM', header((bytes) => bytes.writeUInt16LE(2, 20)), /compressed form \(format 2\); convert it: ffmpeg/],
  ['no format', wav(short).subarray(0, 12), /no fmt chunk/],
  ['nothing', new Uint8Array(0), /is empty/],
  ['MP3', Buffer.from('ID3\u0004 and so on, and on'), /is MP3, not WAV; convert it: ffmpeg -i .*-converted\.wav/],
  ['Ogg', Buffer.from('OggS and so on, and on'), /is Ogg/],
  ['MP4', Buffer.from('\u0000\u0000\u0000\u0020ftypM4A and so on'), /is MP4/],
  ['text', Buffer.from('caller: hello?'), /is not a WAV recording/],
])('%s is refused by name', async (_name, bytes, says) => {
  const path = saved(bytes);
  const scoring = scoreRecording({ path, caller: 'left', told: true }, tools);
  await expect(scoring).rejects.toThrow(says);
  await expect(scoring).rejects.toBeInstanceOf(UsageError);
});

test('the whole conversation is read when nothing is wrong with it', async () => {
  const truth = { caller: CALLER.map((span) => ({ ...span, kind: 'turn' })) };
  const path = saved(wav(conversation()), 'call.wav', truth);
  const { details } = await scoreRecording({ path, caller: 'left', told: true }, tools);
  expect(details.turns.map(({ outcome }) => outcome)).toEqual(['replied', 'replied']);
});
