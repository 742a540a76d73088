import { expect, test } from 'vitest';
import { overheard } from '../../../agent/ear/overheard.ts';
import type { Gist } from '../../../agent/floor/state.ts';

test.each<[string, number, Gist]>([
  ['uh huh', 0, 'backchannel'],
  ['i see', 0, 'backchannel'],
  ['oh okay', 0, 'backchannel'],
  ['ha ha ha', 0, 'backchannel'],
  ['wait', 0, 'content'],
  ['huh but', 0, 'backchannel'],
  ['okay but monday', 0, 'content'],
  ['see', 0.6, 'backchannel'],
  ['mm and', 0, 'backchannel'],
  ['got it', 0, 'backchannel'],
  ['got', 0, 'content'],
  ['no okay', 0, 'backchannel'],
  ['stop', 0.75, 'unclear'],
  ['', 1, 'unclear'],
  ['', 0, 'none'],
])('"%s" with %d of it outside the grammar is %s', (text, garbage, gist) =>
  expect(overheard({ text, garbage })).toBe(gist),
);
