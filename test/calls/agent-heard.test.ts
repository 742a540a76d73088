import { expect, test } from 'vitest';
import { chance } from '../../harness/model/seed.ts';
import { callAgent } from './agent-call.ts';
import type { CallOutcome } from './agent-call.ts';

/** The tone voice hums every word for 160 ms at 440 Hz; 60 ms of silence follow a comma and 120 ms any other mark. */
const WORD_MS = 160;
const GREETING = 'Bright Smile Dental, this is the virtual assistant. How can I help?';

/** Milliseconds of the greeting that sounded on the wire before its first word is repeated or it stops for good. */
function soundedMs({ line }: CallOutcome): number {
  const { receivedAudio } = line.leg();
  const frames = Array.from({ length: Math.floor(receivedAudio.length / 80) }, (_, frame) =>
    receivedAudio.subarray(frame * 80, frame * 80 + 80).some((sample) => Math.abs(sample) > 400),
  );
  return frames.filter(Boolean).length * 10;
}

const wordsIn = (text: string): number => text.split(' ').filter(Boolean).length;

const dice = chance(11);
const offsets = Array.from({ length: 12 }, () => Math.round(dice.between(30, 1900)));

test.each(offsets)(
  'cut off %d ms into its greeting, the agent remembers the words that sounded, up to one',
  async (at) => {
    const sentences = ['wait make that a filling please'];
    const outcome = await callAgent({ sentences }, async (caller) => {
      while (!caller.sounding()) await caller.wait(5);
      await caller.wait(at);
      await caller.begin('wait make that a filling please').done;
    });
    const said = outcome.claims.find(({ what }) => what === 'said')?.text ?? '';
    expect(GREETING.startsWith(said.slice(0, 10))).toBe(true);
    expect(wordsIn(said)).toBeLessThan(wordsIn(GREETING));
    expect(Math.abs(wordsIn(said) - soundedMs(outcome) / WORD_MS)).toBeLessThanOrEqual(1);
  },
);

test.each(offsets.slice(0, 6))(
  'an okay %d ms into the greeting costs none of its words: the one it broke is said again',
  async (at) => {
    const outcome = await callAgent({ sentences: ['okay'] }, async (caller) => {
      while (!caller.sounding()) await caller.wait(5);
      await caller.wait(at);
      await caller.say('okay');
      await caller.agentDone();
    });
    const texts = outcome.claims.flatMap((claim) => (claim.what === 'said' ? [claim.text] : []));
    expect(texts).toEqual([GREETING]);
    const whole = wordsIn(GREETING) * WORD_MS;
    expect(soundedMs(outcome)).toBeGreaterThanOrEqual(whole - 40);
    expect(soundedMs(outcome)).toBeLessThanOrEqual(whole + WORD_MS + 40);
  },
);
