import type { Showing } from '../../fault.ts';

/** The plain caller asks two prices and the hours, one after the other: the shortest whole call. */
export const plainCall: Showing = { persona: 'plain-paula', scenario: 'price-and-hours', mind: 'script' };
/** Its first turns alone, for what shows in every reply. */
export const plainTurns: Showing = { ...plainCall, turns: 2 };
/** She must be put through to billing. */
export const billCall: Showing = { persona: 'plain-paula', scenario: 'bill-question' };
/** She wants the manager; nobody takes the call, and she leaves her number. */
export const busyCall: Showing = { persona: 'plain-paula', scenario: 'call-back', desks: 'busy' };
/** She books; something must be committed. */
export const bookCall: Showing = { persona: 'plain-paula', scenario: 'book-cleaning' };
/** She speaks into the greeting and into replies. */
export const interruptedCall: Showing = { persona: 'interrupting-ines', scenario: 'price-and-hours', mind: 'script' };
/** He stops to think, after "um" and in the middle of a number. */
export const hesitantCall: Showing = {
  persona: 'hesitant-henry',
  scenario: 'move-appointment',
  mind: 'script',
  turns: 4,
};
/** She cannot be understood, three times in a row: then it is time for a person, and she wants one. */
export const mutteredCall: Showing = { persona: 'muttering-maria', scenario: 'book-cleaning' };
/** She presses 0 over the greeting, and wants a person. */
export const keyCall: Showing = { persona: 'impatient-nancy', scenario: 'wants-a-person' };
/** She is asked something, and gone. */
export const vanishingCall: Showing = { persona: 'vanishing-susan', scenario: 'price-and-hours', mind: 'script' };
/** The plain caller turns out to be an adversary. */
export const attackedCall = (attack: string): Showing => ({ ...plainCall, attack, turns: 3 });
