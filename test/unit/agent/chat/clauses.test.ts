import { describe, expect, it } from 'vitest';
import { grammars } from '../../../../agent/ear/grammars.ts';
import { Clauses } from '../../../../agent/chat/clauses.ts';
import { topicOf } from '../../../../agent/chat/topic.ts';
import { anew, narrower, nobodyThere, offerPerson, questionAbout, readBack } from '../../../../agent/brain/phrases.ts';
import type { Topic } from '../../../../agent/ear/meaning.ts';

/** The clauses of a text that comes in pieces of `size` letters, and when each was whole. */
function cut(text: string, size: number): readonly string[] {
  const clauses = new Clauses();
  const pieces = text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
  return [...pieces.flatMap((piece) => clauses.add(piece)), ...clauses.end()];
}

describe('clauses of an answer on its way', () => {
  it('does not depend on where the pieces were torn', () => {
    const text = 'Sure, I can do that. Which day would you like?';
    for (const size of [1, 2, 3, 7, 100])
      expect(cut(text, size)).toEqual(['Sure,', 'I can do that.', 'Which day would you like?']);
  });

  it('gives the first clause as soon as the next word shows that it is over', () => {
    const clauses = new Clauses();
    expect(clauses.add('Sure,')).toEqual([]);
    expect(clauses.add(' I')).toEqual(['Sure,']);
  });

  it('tears no number and no price at its point', () => {
    expect(cut('It is $90.50, at 9.30. Fine?', 1)).toEqual(['It is $90.50,', 'at 9.30.', 'Fine?']);
  });

  it('speaks no markup, and no clause that holds nothing to say', () => {
    expect(cut('**Okay**.  - \n\n# Which _day_? ...', 4)).toEqual(['Okay.', '- Which day?']);
    expect(cut('... !!', 1)).toEqual([]);
  });
});

describe('what an answer is expected about', () => {
  const topics = [
    'opening',
    'service',
    'day',
    'time',
    'name',
    'phone',
    'message',
    'confirm',
    'more',
    'consent',
  ] as const;

  it('is told by our own questions, and there is a grammar for each', () => {
    for (const topic of topics) {
      expect([topic, topicOf(questionAbout(topic, undefined), 'opening')]).toEqual([topic, topic]);
      expect(grammars[topic]).toBeDefined();
    }
  });

  it('is told by the narrow ones too', () => {
    const narrow: readonly Topic[] = ['service', 'day', 'time', 'name', 'phone', 'message', 'more'];
    for (const topic of narrow) {
      expect([topic, topicOf(narrower(topic), 'opening')]).toEqual([topic, topic]);
      expect([topic, topicOf(anew(topic), 'opening')]).toEqual([topic, topic]);
    }
  });

  it('is the question at the end, not what was read back before it', () => {
    const back = readBack('book', {
      service: 'cleaning',
      day: 'tuesday',
      time: '15:00',
      name: 'maya lopez',
      phone: '5550142',
    });
    expect(topicOf(back, 'phone')).toBe('confirm');
    expect(topicOf("You're booked for Tuesday at three. Anything else?", 'confirm')).toBe('more');
    expect(topicOf(nobodyThere, 'name')).toBe('consent');
    expect(topicOf(offerPerson('billing'), 'name')).toBe('consent');
  });

  it('is told by a model in its own words', () => {
    expect(topicOf('Great! And what day works best for you?', 'opening')).toBe('day');
    expect(topicOf('Perfect. May I get your full name, please?', 'time')).toBe('name');
    expect(topicOf("And what's the best number to reach you?", 'name')).toBe('phone');
    expect(topicOf('Does that sound right?', 'phone')).toBe('confirm');
  });

  it('stays what it was after a reply that asks nothing', () => {
    expect(topicOf('Take your time.', 'phone')).toBe('phone');
    expect(topicOf('How can I help?', 'phone')).toBe('opening');
  });
});
