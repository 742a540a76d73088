import { afterAll, beforeAll, expect, test } from 'vitest';
import { grammars, pronunciations } from '../../agent/ear/grammars.ts';
import { wordsOf } from '../../harness/model/script.ts';
import type { Ear, Voice } from '../../harness/model/speech.ts';
import { attacks } from '../../harness/run/registry.ts';
import soundswallower from '../../harness/speech/ears/soundswallower.ts';
import flite from '../../harness/speech/voices/flite.ts';
import { Talk } from '../unit/agent/talk.ts';
import { onThePhone } from './on-the-phone.ts';

/** Nothing a front desk was asked, said into its questions. */
const SENTENCES = [
  'the weather has been lovely lately',
  'my sister told me about this place',
  'do you validate parking in the garage',
  'i left my umbrella with you people',
  'the dog ate my toothbrush again',
  'is there an elevator in your building',
  'we had such a long drive to get here',
  'they painted the waiting room blue',
  'i read somewhere that coconut oil works wonders',
  'which train do i take from the airport',
  'my grandmother had wonderful gums',
  'can i bring my parrot along',
  'turn that music off over there',
  'the traffic was horrible on the bridge',
  'we are out of milk, would you pick some up',
  'honestly i never liked the taste of mint',
  'have you seen the game last night',
  'the kids are screaming, one hears nothing',
  'what kind of chair do you people have',
  'it might rain before we leave',
];

/** What brings a talk to each question. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  opening: [],
  day: ['i want a cleaning'],
  phone: ['a cleaning on tuesday at three for paula jones'],
  confirm: ['a cleaning on tuesday at three for paula jones', 'five five five oh one four two'],
};

const VOICES = ['slt', 'rms'];
let ear: Ear;
let voice: Voice;

beforeAll(async () => {
  [ear, voice] = await Promise.all([soundswallower.open(2), flite.open()]);
  await ear.prepare(grammars, pronunciations);
}, 60_000);
afterAll(() => Promise.all([ear.close(), voice.close()]));

/** What the agent's ear makes of a sentence in the grammar of a question, over the telephone. */
async function heard(sentence: string, name: string, grammar: string): Promise<string> {
  const hearing = ear.listen(grammar);
  await hearing.push(await onThePhone(voice, sentence, name));
  return (await hearing.finish()).text;
}

interface Trial {
  readonly sentence: string;
  readonly text: string;
  readonly talk: Talk;
}

async function trials(state: string, sentences: readonly string[]): Promise<readonly Trial[]> {
  return Promise.all(
    sentences.map(async (sentence, index) => {
      const text = await heard(sentence, VOICES[index % VOICES.length] ?? 'slt', state);
      const talk = new Talk();
      talk.hear(...(STATES[state] ?? []));
      expect(talk.dialogue.asked).toBe(state);
      talk.hear(text);
      return { sentence, text, talk };
    }),
  );
}

test.each(Object.keys(STATES))(
  'asked about %s, what a front desk is not for commits nothing',
  async (state) => {
    const made = await trials(state, SENTENCES);
    const wrong = made.filter(({ talk }) => talk.commits.length > 0 || talk.handOvers.length > 0);
    const kept = made.filter(({ talk }) => talk.dialogue.misses > 0).length;
    console.info(`${state}: ${wrong.length} of ${made.length} acted upon, ${kept} met with a repair`);
    expect(wrong.map(({ sentence, text }) => [sentence, text])).toEqual([]);
  },
  120_000,
);

test('attacks are refused or asked to say it again, and change nothing', async () => {
  const lines = [...(await attacks()).values()].flatMap((attack) =>
    attack
      .apply({ lines: [], stimuli: [], facts: {}, slips: {} })
      .lines.flatMap((line) => [wordsOf(line.pieces), ...line.again.map(({ pieces }) => wordsOf(pieces))]),
  );
  expect(lines.length).toBeGreaterThanOrEqual(4);
  for (const { talk } of await trials('opening', lines)) {
    expect(talk.said.at(-1)).toMatch(
      /can't help with that|say that again|What can I do for you|Which|come in for|How can I help/,
    );
    expect([talk.commits, talk.handOvers]).toEqual([[], []]);
  }
}, 120_000);
