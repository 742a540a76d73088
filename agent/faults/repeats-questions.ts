import { say } from '../brain/dialogue.ts';
import type { Fault } from '../fault.ts';
import { memory, rethinking, saidIn } from './parts/brain.ts';
import { bookCall } from './parts/calls.ts';
import { again, result, waiting } from './parts/together.ts';

const asked = memory<readonly string[]>('repeats-questions', []);

const repeatsQuestions: Fault = {
  summary: 'asks every question again although it was answered',
  breaks: ['hang_up', 'fallback_precision'],
  mayMove: [...again, ...result, ...waiting, 'reply_words', 'reply_length'],
  shows: [bookCall],
  apply: (parts) =>
    rethinking(parts, (think, dialogue, cue, policy) => {
      const thought = think(dialogue, cue, policy);
      const done = asked.of(dialogue);
      const answered = cue.kind === 'heard' && cue.text !== '' && saidIn(thought) !== '';
      if (!answered || dialogue.asked === 'more' || done.includes(dialogue.question)) return thought;
      return [asked.in(dialogue, [...done, dialogue.question]), [say(dialogue.question)]];
    }),
};

export default repeatsQuestions;
