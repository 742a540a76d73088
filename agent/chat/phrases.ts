import { announce, greeting, oneMoment } from '../brain/phrases.ts';

/** What is said in place of a model that gives no answer. Short, and in nobody's way. */

export const lostThread = 'Sorry, I lost my thread there. Could you say that again?';
/** It has failed twice in a row: a person is better than a third try. */
export const handsOver = `I'm sorry, something is wrong on my side. ${announce('front desk')}`;
/** No model, and nobody at the desk. */
export const callsBack = "I'm sorry, something is wrong on our side. Somebody will call you back. Goodbye.";
/** The same where nobody knows her number. */
export const callAgain = "I'm sorry, something is wrong on our side. Please call again later. Goodbye.";

/** Made before the phone rings. */
export const fixedPhrases: readonly string[] = [greeting, oneMoment, lostThread, handsOver, callsBack, callAgain];
