/** Words the front desk listens for. Shared by the grammars and the slot reader, so that what can be heard can be read. */

export const firstNames =
  'paula ines henry wanda martin carla maya john mary david sarah michael emily james maria robert linda william susan richard karen thomas nancy daniel lisa matthew anna mark laura julia steven emma kevin olivia peter helen frank diana grace george alice'.split(
    ' ',
  );

export const lastNames =
  'jones garcia clark miller green adams lopez smith johnson williams brown davis martinez wilson anderson taylor thomas moore jackson martin lee thompson white harris lewis robinson walker young allen king wright scott baker nelson hill campbell mitchell roberts carter parker evans'.split(
    ' ',
  );

export const weekdays = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');

/** Said as the first word; heard words that name the service. Multi-word services are said as they are keyed. */
export const services: Readonly<Record<string, string>> = {
  cleaning: 'cleaning',
  'check up': 'check-up',
  checkup: 'check-up',
  filling: 'filling',
  toothache: 'toothache',
  crown: 'crown',
  'root canal': 'root canal',
  whitening: 'whitening',
  consultation: 'consultation',
};

export const digits: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
};

export const hours: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
};

/** Words that show somebody is listening, and claim nothing. */
export const backchannels = 'mhm uh-huh yeah okay ok right sure hmm mm huh see oh good great yep alright'.split(' ');

/** Laughter, by its syllables. */
export const laughter = 'ha heh hee hah'.split(' ');

/** Sounds of somebody who is not done. */
export const fillers = 'um uh er well so hmm'.split(' ');

const light = new Set([...backchannels, ...fillers]);

/** Sounds of thinking and no word: she meant to say something, and it was not understood. */
export const isMumble = (text: string): boolean =>
  text !== '' && text.split(' ').every((word) => fillers.includes(word));

/** Words that show attention or thought, and nothing else. False for no words at all. */
export const isLight = (text: string): boolean => text !== '' && text.split(' ').every((word) => light.has(word));
