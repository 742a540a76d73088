import { afterAll, beforeAll, expect, test } from 'vitest';
import { grammars, pronunciations } from '../../agent/ear/grammars.ts';
import { revisable, stateAfter } from '../../agent/ear/revisions.ts';
import type { Ear, Voice } from '../../harness/model/speech.ts';
import soundswallower from '../../harness/speech/ears/soundswallower.ts';
import flite from '../../harness/speech/voices/flite.ts';
import { Talk } from '../unit/agent/talk.ts';
import { overTheTelephone } from './over-the-telephone.ts';

let ear: Ear;
let voice: Voice;

beforeAll(async () => {
  [ear, voice] = await Promise.all([soundswallower.open(2), flite.open()]);
  await ear.prepare(grammars, pronunciations);
}, 60_000);
afterAll(() => Promise.all([ear.close(), voice.close()]));

/** Says `sentence` with `name`'s voice to what `talk` has asked. */
async function tell(talk: Talk, sentence: string, name: string): Promise<void> {
  const { asked, askedBefore, slots } = talk.dialogue;
  const hearing = ear.listen(stateAfter(asked, revisable(asked, askedBefore, slots)));
  await hearing.push(await overTheTelephone(voice, sentence, name));
  talk.hear((await hearing.finish()).text);
}

const BOOKING = ['i want a cleaning', 'tuesday', 'two', 'frank lopez'];
const MOVING = ['i want to move my appointment', 'frank lopez', 'tuesday', 'two'];

/** What was told before, what is said over the next question, and the slot it corrects. */
const TAKEN_BACK: readonly (readonly [readonly string[], string, string, string])[] = [
  [BOOKING.slice(0, 1), 'no, sorry, whitening', 'service', 'whitening'],
  [BOOKING.slice(0, 2), 'actually, friday is better', 'day', 'friday'],
  [BOOKING.slice(0, 3), 'actually, three is better', 'time', '15:00'],
  [BOOKING.slice(0, 3), 'sorry, i meant nine thirty', 'time', '09:30'],
  [BOOKING.slice(0, 4), 'no, sorry, john miller', 'name', 'john miller'],
  [BOOKING.slice(0, 4), 'actually, three is better', 'time', '15:00'],
  [MOVING, 'actually, three is better', 'time', '15:00'],
  [MOVING, 'sorry, make that three', 'time', '15:00'],
];

test.each(TAKEN_BACK)('after %j, "%s" over the next question replaces the %s', async (told, sentence, slot, value) => {
  for (const name of ['kal16', 'slt']) {
    const talk = new Talk();
    talk.hear(...told);
    const { asked } = talk.dialogue;
    await tell(talk, sentence, name);
    expect([name, talk.dialogue.slots[slot], talk.dialogue.asked]).toEqual([name, value, asked]);
  }
});

/** Answers that must not be taken for a correction of what was given before. */
const ANSWERS: readonly (readonly [readonly string[], string, string, string])[] = [
  [BOOKING.slice(0, 1), 'thursday would suit me best', 'day', 'thursday'],
  [BOOKING.slice(0, 2), 'three in the afternoon', 'time', '15:00'],
  [BOOKING.slice(0, 3), "it's frank lopez", 'name', 'frank lopez'],
  [BOOKING.slice(0, 4), 'five five five oh one four two', 'phone', '5550142'],
  [MOVING, 'you can reach me on five five five oh one three eight', 'phone', '5550138'],
];

test.each(ANSWERS)('after %j, "%s" answers the next question', async (told, sentence, slot, value) => {
  for (const name of ['rms', 'slt']) {
    const talk = new Talk();
    talk.hear(...told);
    const before = talk.dialogue.slots;
    await tell(talk, sentence, name);
    expect([name, talk.dialogue.slots]).toEqual([name, { ...before, [slot]: value }]);
  }
});
