import { isLight, isMumble } from '../ear/lexicon.ts';
import type { Meaning } from '../ear/meaning.ts';
import { isEmpty, read, sinceRepair } from '../ear/read.ts';
import { revisable } from '../ear/revisions.ts';
import { doubted, leaves, onAnswer } from './answering.ts';
import { ask, askAnew, end, proceed } from './asking.ts';
import { onDeskFailed, proceedToDesk, wantsDesk } from './desks.ts';
import { afresh, blank, say } from './dialogue.ts';
import type { Brain, Cue, Dialogue, Thought } from './dialogue.ts';
import { inform } from './informing.ts';
import { onKey, wordsFor } from './keys.ts';
import { onOffer, withdrawn } from './offering.ts';
import { onOffice } from './office.ts';
import { farewell, goodbye, greeting, movingDay } from './phrases.ts';
import type { Policy } from './policy.ts';
import { miss, onSound } from './repairing.ts';
import { assumeBooking, changed, merge, movesTheNewOne, progressed, revisedSaying, wishFor } from './revising.ts';
import { spokenSlot } from './spoken.ts';
import { hold, onSilence, onSlowOffice, welcome } from './waiting.ts';

type Heard = Extract<Cue, { kind: 'heard' }>;

/** The end of what she had said before, "a cleaning, please". */
const courtesy = /^((uh|um) )*please$/;

/** She said no more than that she listens or agrees, or was being polite: what she cut off is said again. */
const onlyAgrees = (meaning: Meaning, text: string): boolean =>
  isLight(text) || courtesy.test(text) || (meaning.answer === 'yes' && isEmpty({ ...meaning, answer: undefined }));

/** Not a word in it that the dialogue could go on with. */
const bringsNothing = (meaning: Meaning, text: string): boolean => isLight(text) || isMumble(text) || isEmpty(meaning);

/** The rest of a turn that we asked to hear again while it was still going on is no second failure. */
function missHeard(before: Dialogue, { began }: Heard, policy: Policy): Thought {
  const rest = began === 'before-our-end' && before.misses > 0 && !before.letOff;
  return rest ? [{ ...before, letOff: true }, [say(before.said)]] : miss(before, policy);
}

/**
 * On a telephone nothing tells "filling" from "billing" but the talk they are in: who was just told a price or the hours,
 * and asks for nobody, wants to know about a filling.
 */
function likelier({ told, wish, wanted }: Dialogue, text: string): string {
  const asksForSomebody = /\b(to|with|bill|question|somebody|someone|person|team|department|through)\b/.test(text);
  const justTold = told !== undefined && wish === undefined && wanted === undefined;
  return justTold && !asksForSomebody ? text.replace(/\bbilling\b/, 'filling') : text;
}

/** A turn with nothing in it to act on: of somebody who waits, types, comes back, listens, or was not understood. */
function onNothing(before: Dialogue, cue: Heard, meaning: Meaning, policy: Policy): Thought | undefined {
  const nothing = bringsNothing(meaning, cue.text);
  if (before.office !== 'idle' && (nothing || onlyAgrees(meaning, cue.text))) return [before, []];
  if (before.keys !== '' && nothing) return [before, []];
  if (before.holding > 0 && nothing) return welcome(before);
  if (isMumble(cue.text)) return missHeard(before, cue, policy);
  // An "oh" is what the ear makes of a sentence it does not know.
  const attends = isLight(cue.text) && cue.mostly === undefined;
  // "Mm-hm" to a question: she is listening, and about to answer.
  if (attends && before.asked !== 'more' && meaning.answer === undefined) return [before, []];
  const nothingKnown = isEmpty(meaning) || (isLight(cue.text) && cue.mostly !== undefined);
  return nothingKnown && !leaves(before, meaning) ? missHeard(before, cue, policy) : undefined;
}

/**
 * "No, sorry, three", over the next question: it corrects the answer to the one before, whatever piece of a name or a
 * number it could be too. A number she is in the middle of is corrected by its own digits.
 */
function stillAboutBefore({ asked, askedBefore, slots, digits }: Dialogue, meaning: Meaning): Meaning {
  const answers = Object.keys(meaning.slots).length > 0 || digits !== '';
  if (answers || !meaning.correction) return meaning;
  const corrected = revisable(asked, askedBefore, slots)
    .map((slot) => ({ slot, as: read(meaning.text, slot) }))
    .find(({ slot, as }) => as.slots[slot] !== undefined);
  return corrected?.as ?? meaning;
}

/** She takes no notice of the offer, and answers what she was asked before it. */
const passesOver = (asked: Dialogue, text: string): boolean =>
  asked.offered !== undefined && !bringsNothing(read(text, asked.offered.asked), text);

function onHeard(asked: Dialogue, cue: Heard, policy: Policy): Thought {
  const text = likelier(asked, cue.text);
  const taken = onOffer(asked, { ...cue, text }, policy);
  if (taken) return taken;
  const before = passesOver(asked, text) ? withdrawn(asked) : asked;
  const meaning = stillAboutBefore(before, read(text, before.asked));
  if (before.cutOff && onlyAgrees(meaning, text) && before.asked !== 'confirm') return [before, [say(before.said)]];
  return onNothing(before, { ...cue, text }, meaning, policy) ?? onMeaning({ ...before, holding: 0 }, meaning, policy);
}

/**
 * What is done is changed only by what follows on "make that", "I meant", "actually": an ear that waits for goodbyes makes
 * values of the words before.
 */
function asCorrected(before: Dialogue, meaning: Meaning): Meaning {
  if (!before.committed || !meaning.correction) return meaning;
  const corrected = read(sinceRepair(meaning.text), before.asked);
  return Object.keys(corrected.slots).length > 0 ? corrected : meaning;
}

function onMeaning(before: Dialogue, heard: Meaning, policy: Policy): Thought {
  const meaning = asCorrected(before, heard);
  const informed = inform(before, meaning, policy);
  if (informed) return informed;
  const held = assumeBooking({ ...merge(wishFor(before, meaning), meaning, policy), silences: 0 }, meaning);
  const dialogue = { ...held, upset: held.upset || meaning.upset, urgent: held.urgent || meaning.urgent };
  const understood = afresh(dialogue);
  const desk = wantsDesk(understood, meaning);
  if (desk) return proceedToDesk(understood, desk, meaning, policy);
  return onRevision(before, understood, meaning, policy) ?? onRest(before, dialogue, meaning, policy);
}

/** A value replaced, or refused: before or after it was done. */
function onRevision(before: Dialogue, now: Dialogue, meaning: Meaning, policy: Policy): Thought | undefined {
  const revised = changed(before.slots, now.slots);
  if (revised !== undefined) return proceed(now, policy, revisedSaying(revised, now));
  const refused = doubted(before, meaning);
  if (refused !== undefined) return askAnew(now, refused, policy);
  if (!movesTheNewOne(before, meaning)) return undefined;
  const { day: _day, ...slots } = now.slots;
  return ask({ ...now, slots }, 'day', undefined, movingDay);
}

/** A first name or a last one, and nothing else, where both were asked for. */
const halfAName = ({ asked, slots }: Dialogue, meaning: Meaning): boolean =>
  asked === 'name' &&
  slots['name'] === undefined &&
  Object.keys(meaning.slots).length === 0 &&
  meaning.wish === undefined;

function onRest(before: Dialogue, dialogue: Dialogue, meaning: Meaning, policy: Policy): Thought {
  const understood = afresh(dialogue);
  if (meaning.questions.includes('repeat')) return [dialogue, [say(dialogue.question)]];
  if (meaning.questions.includes('wait')) return hold(dialogue);
  const progress = progressed(before, dialogue, meaning);
  if (!progress && leaves(dialogue, meaning)) return end(dialogue, goodbye);
  const answered = progress ? undefined : onAnswer(understood, meaning, policy);
  if (answered) return answered;
  // The same is asked again, which is a failure to her: she may have said all of it.
  if (progress && halfAName(dialogue, meaning)) {
    return dialogue.misses === 0 ? proceed({ ...dialogue, misses: 1 }, policy) : miss(dialogue, policy);
  }
  if (progress) return proceed(understood, policy);
  // "Okay", "yes" to a question that wants a value: she is about to give it.
  return meaning.answer === 'yes' ? [dialogue, []] : miss(dialogue, policy);
}

/** What she did not hear, she was not told. */
function onCut(before: Dialogue, heard: string): Dialogue {
  const dialogue = { ...before, cutOff: true };
  if (dialogue.asked !== 'confirm') return dialogue;
  const lower = heard.toLowerCase();
  const values = ['day', 'time'].flatMap((slot) => {
    const value = dialogue.slots[slot];
    return value === undefined ? [] : [spokenSlot(slot, value).toLowerCase()];
  });
  return { ...dialogue, readBackUnheard: !values.every((value) => lower.includes(value)) };
}

/** All is said. Only who spoke into the goodbye is told another one: else it would look as if we had hung up on her. */
function onOver(dialogue: Dialogue, cue: Cue): Thought {
  if (cue.kind === 'cut') return [{ ...dialogue, cutOff: true }, []];
  return [dialogue, cue.kind === 'heard' && dialogue.cutOff ? [say(farewell)] : []];
}

function take(dialogue: Dialogue, cue: Cue, policy: Policy): Thought {
  if (dialogue.over) return onOver(dialogue, cue);
  switch (cue.kind) {
    case 'answered':
      return [{ ...dialogue, question: greeting, call: cue.call }, [say(greeting)]];
    case 'heard':
      return onHeard(dialogue, cue, policy);
    case 'silence':
      return onSilence(dialogue, policy);
    case 'sound':
      return onSound(dialogue, policy);
    case 'key': {
      const text = wordsFor(dialogue, cue.key);
      return text === undefined ? onKey(dialogue, cue.key, policy) : onHeard(dialogue, { kind: 'heard', text }, policy);
    }
    case 'cut':
      return [onCut(dialogue, cue.heard), []];
    case 'office-slow':
      return onSlowOffice(dialogue);
    case 'office':
      return onOffice({ ...dialogue, office: 'idle' }, cue.asked, cue.reply);
    case 'desk-failed':
      return onDeskFailed(dialogue, cue.desk);
  }
}

/** Whether the office owes an answer after `thought`: two questions in a row are one wait to her. */
function owing(before: Dialogue, [next, acts]: Thought): Dialogue['office'] {
  if (!acts.some((act) => act.kind === 'office')) return next.office;
  return before.office === 'slow' ? 'slow' : 'asked';
}

/** Remembers what is said, so that it can be said again when it was cut off by a mere "yes". */
function takeAndRemember(dialogue: Dialogue, cue: Cue, policy: Policy): Thought {
  const thought = take(dialogue, cue, policy);
  const [next, acts] = thought;
  const office = owing(dialogue, thought);
  const said = acts.flatMap((act) => (act.kind === 'say' ? [act.text] : [])).join(' ');
  return [said === '' ? { ...next, office } : { ...next, office, said, cutOff: false }, acts];
}

/** The rules brain: slots with revisions, one question at a time, read-back before anything is done. */
export const rulesBrain: Brain = { begin: blank, take: takeAndRemember };
