import type { Vad } from '../../harness/model/speech.ts';
import type { Floor } from '../floor/state.ts';
import { isLight } from '../ear/lexicon.ts';
import type { Fault } from '../fault.ts';
import { rethinking } from './parts/brain.ts';
import type { Rethink } from './parts/brain.ts';
import { again, lettingIn, waiting } from './parts/together.ts';

/** A floor that gives way as soon as it has heard anything at all. */
const timid =
  (floor: Floor): Floor =>
  (state, event, manners) => {
    const [next, intentions] = floor(state, event, manners);
    if (next.mode !== 'ducked') return [next, intentions];
    return [{ ...next, mode: 'yielding', duckedAt: undefined, claimed: true }, [...intentions, 'cut', 'hear']];
  };

/** To it, every sound is a voice. */
const credulous = (vad: Vad): Vad => ({
  window: vad.window,
  push: async (samples) => (await vad.push(samples)).map(() => 1),
});

/** Having stopped for what was no word, it waits for one. */
const expectant: Rethink = (think, dialogue, cue, policy) => {
  const nothing = cue.kind === 'heard' && (cue.text === '' || isLight(cue.text));
  return nothing && dialogue.cutOff ? [dialogue, []] : think(dialogue, cue, policy);
};

const yieldsToEverything: Fault = {
  summary: 'stops for good at every sound, a "mm-hm" and a cough included',
  breaks: ['false_barge_in'],
  // Where it takes up its sentence again, it left a hole in it.
  mayMove: [
    'hiccup',
    'hiccup_length',
    'stumble',
    'clause_gap',
    'spurious_response',
    ...lettingIn,
    ...again,
    ...waiting,
  ],
  shows: [
    { persona: 'cafe-carla', scenario: 'price-and-hours', mind: 'script' },
    { persona: 'coughing-kevin', scenario: 'price-and-hours', mind: 'script' },
  ],
  apply: (parts) => ({
    ...rethinking(parts, expectant),
    vad: () => credulous(parts.vad()),
    floor: timid(parts.floor),
    manners: { ...parts.manners, bargeInMs: 40 },
  }),
};

export default yieldsToEverything;
