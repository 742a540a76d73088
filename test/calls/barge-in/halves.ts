/** What somebody does while the agent speaks; `nothing` is a sham. */
export type EventKind = 'interruption' | 'backchannel' | 'cough' | 'laugh' | 'noise' | 'far speaker' | 'nothing';

/** Who says it: a voice of flite, made larger or smaller. */
export interface Speaker {
  readonly name: string;
  /** Pitch and resonances, times this: 1.08 is a smaller person than the voice's own. */
  readonly size: number;
}

/** A half of the bench: nothing in one sounds in the other. Constants are chosen on `tuning`, and `held-out` reported. */
export interface Half {
  readonly name: 'tuning' | 'held-out';
  readonly speakers: readonly Speaker[];
  readonly words: Readonly<Record<'interruption' | 'backchannel' | 'far speaker', readonly string[]>>;
  /** Laughs: pitch in Hz, a puff's length in ms, and the vowels' first two resonances in Hz. */
  readonly laughs: {
    readonly pitch: readonly [number, number];
    readonly puffMs: readonly [number, number];
    readonly vowels: readonly (readonly [number, number])[];
  };
}

export const tuning: Half = {
  name: 'tuning',
  speakers: [
    { name: 'slt', size: 1 },
    { name: 'kal16', size: 1 },
    { name: 'slt', size: 0.93 },
    { name: 'kal16', size: 1.07 },
  ],
  words: {
    interruption: [
      'wait',
      'hold on please',
      'sorry, how much is that going to be',
      'no no, i said wednesday at four',
      'i have a question',
      'thursday',
      'before you go on, is there parking near the office',
      'one thing, what are your hours',
      'excuse me',
      'my insurance changed last month and i wanted to tell you',
      'right, and can you do tuesday as well',
      'okay but what about my daughter',
      'yeah no, that is not what i meant',
      'stop',
      'monday please',
      'actually never mind',
      'what does it cost',
      'i need to change my address',
      'sorry, i did not catch the time',
      'uh huh, and do you take credit cards',
    ],
    backchannel: ['uh huh', 'okay', 'right', 'i see', 'yeah', 'mm hmm', 'got it', 'sure', 'yes', 'oh good'],
    'far speaker': [
      'have you seen my keys they were on the table',
      'can i get two coffees and the soup please',
      'the bus leaves in five minutes',
    ],
  },
  laughs: {
    pitch: [140, 300],
    puffMs: [170, 230],
    vowels: [
      [750, 1250],
      [600, 1100],
    ],
  },
};

export const heldOut: Half = {
  name: 'held-out',
  speakers: [
    { name: 'rms', size: 1 },
    { name: 'awb', size: 1 },
    { name: 'rms', size: 1.12 },
    { name: 'awb', size: 0.95 },
  ],
  words: {
    interruption: [
      'hang on a second',
      'no, that is the wrong day',
      'friday',
      'could you say that again',
      'yes, but not on mondays',
      'sure, but do you have anything earlier',
      'how long does it take',
      'hello',
      'is the doctor there on saturdays',
      'please stop',
      'i would rather come in the afternoon',
      'alright, and where do i park',
      'can we do it later',
      'let me get a pen',
      'what was that last part',
      'my name is spelled differently',
      'listen, i am in a hurry',
      'that is too late for me',
      'um, can i ask about the bill',
      'i already have an appointment with you',
    ],
    backchannel: [
      'mhm',
      'alright',
      'okay great',
      'yep',
      'oh i see',
      'yeah yeah',
      'right right',
      'ah',
      'good',
      'oh okay',
    ],
    'far speaker': [
      'i told him we would be there by seven',
      'did anybody feed the cat this morning',
      'that one over there is mine',
    ],
  },
  laughs: {
    pitch: [170, 380],
    puffMs: [150, 250],
    vowels: [
      [650, 1050],
      [550, 1700],
      [800, 1400],
    ],
  },
};
