import { say } from '../brain/dialogue.ts';
import type { Fault } from '../fault.ts';
import { rethinking, saidIn } from './parts/brain.ts';
import { plainTurns } from './parts/calls.ts';
import { again, talking, waiting } from './parts/together.ts';

const SPEECH =
  'Thank you very much for choosing our practice today, we are always glad to be of service to you and to your family, ' +
  'and before we go on I would like you to know that our whole team takes great care of every one of our patients.';

const monologues: Fault = {
  summary: 'makes a speech before it comes to the point, every time',
  breaks: ['reply_length', 'reply_words', 'opening'],
  mayMove: [...talking, ...waiting, ...again],
  shows: [plainTurns],
  apply: (parts) =>
    rethinking(parts, (think, dialogue, cue, policy) => {
      const thought = think(dialogue, cue, policy);
      const said = saidIn(thought);
      if (said === '') return thought;
      const speech = `${SPEECH} ${said}`;
      const rest = thought[1].filter((act) => act.kind !== 'say');
      return [{ ...thought[0], said: speech }, [say(speech), ...rest]];
    }),
};

export default monologues;
