/**
 * Names a listening caller knows when she hears them: common ones of the United States, which the ear's dictionary can
 * pronounce. A wrong name is heard as what it is only where there are others than her own.
 */
const GIVEN =
  'alice amanda amy andrew angela anna anthony ashley barbara betty brian carla carol charles cynthia daniel david deborah diana donald donna dorothy edward elizabeth emily emma eric frank gary george grace helen henry ines jacob james jason jeffrey jennifer jessica john jonathan joseph joshua julia karen kathleen kenneth kevin larry laura linda lisa margaret maria mark martin mary matthew maya melissa michael michelle nancy nicholas nicole olivia pamela patricia paul paula peter rachel rebecca richard robert ronald ruth ryan samantha samuel sandra sarah scott sharon stephanie stephen steven susan thomas timothy wanda william'.split(
    ' ',
  );

const FAMILY =
  'adams allen anderson bailey baker bell brooks brown campbell carter clark collins cook cooper cox cruz davis diaz edwards evans foster garcia gomez gray green hall harris hernandez hill howard hughes jackson james jenkins johnson jones kelly kim king lee lewis long lopez martin martinez miller mitchell moore morales morgan morris murphy myers nelson nguyen ortiz parker perez peterson phillips powell price ramirez reed reyes richardson rivera roberts robinson rodriguez rogers ross sanchez sanders scott smith stewart sullivan taylor thomas thompson torres turner walker ward watson white williams wilson wood wright young'.split(
    ' ',
  );

/** Rules of a grammar for first and last names. */
export const nameRules = `<given> = ${GIVEN.join(' | ')};
<family> = ${FAMILY.join(' | ')};`;

const given = new Set(GIVEN);
const family = new Set(FAMILY);

/** Whether she would know `name` from another when she hears it. */
export function isKnownName(name: string): boolean {
  const [first = '', last = '', ...more] = name.split(' ');
  return given.has(first) && family.has(last) && more.length === 0;
}

/** Full names among heard words. */
export const namesIn = (words: readonly string[]): readonly string[] =>
  words.flatMap((word, index) => {
    const last = words[index + 1] ?? '';
    return given.has(word) && family.has(last) ? [`${word} ${last}`] : [];
  });
