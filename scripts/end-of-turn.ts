import { endOfTurn } from '../agent/ear/end-of-turn.ts';
import { grammars, pronunciations } from '../agent/ear/grammars.ts';
import type { Topic } from '../agent/ear/meaning.ts';
import { soundManners } from '../agent/manners.ts';
import { PHONE_RATE } from '../harness/model/audio.ts';
import type { Pcm } from '../harness/model/audio.ts';
import type { Person, Place } from '../harness/model/person.ts';
import type { Piece } from '../harness/model/plan.ts';
import type { Clip } from '../harness/model/rendered.ts';
import { wordsOf } from '../harness/model/script.ts';
import { makeBed } from '../harness/render/bed.ts';
import { makeClip } from '../harness/render/clip.ts';
import { floorNoise } from '../harness/rtp/floor.ts';
import { decodeG711, encodeG711 } from '../harness/rtp/g711.ts';
import { openPlanner } from '../harness/run/plans.ts';
import { entry, people, places } from '../harness/run/registry.ts';
import { NOMINAL_DB } from '../harness/speech/dsp/level.ts';
import soundswallower from '../harness/speech/ears/soundswallower.ts';
import type { Ear } from '../harness/model/speech.ts';
import flite from '../harness/speech/voices/flite.ts';

/*
 * When would the agent take its turn? The callers' lines, whole and with a pause inside an unfinished value, through the
 * telephone's codec into the agent's ear, judged by its end-of-turn by content: the silence it waits for after the end,
 * and the pauses it would cut into. Where speech lies is known from the rendering, not detected; what the floor adds of
 * its own is not in here. Every third line: `node scripts/end-of-turn.ts [PLACE [SNR_DB [EVERY_NTH]]]`, e.g. `cafe 15 6`.
 */

/** What the agent has asked when she says a line of this topic. */
const ASKED: Readonly<Record<string, Topic>> = {
  opening: 'opening',
  day: 'day',
  time: 'time',
  when: 'day',
  name: 'name',
  phone: 'phone',
  confirm: 'confirm',
  'anything-else': 'more',
  service: 'service',
  hours: 'more',
  price: 'more',
  'fix:day': 'confirm',
  'fix:time': 'confirm',
  'fix:name': 'confirm',
  'fix:phone': 'confirm',
};
const CALLERS = ['plain-paula', 'interrupting-ines', 'hesitant-henry', 'mumbling-martin', 'wavering-wanda'];
const SCENARIOS = ['book-cleaning', 'move-appointment', 'price-and-hours', 'bill-question'];
const PAUSES = [300, 600, 1000];
const DIGIT = /^(oh|zero|one|two|three|four|five|six|seven|eight|nine),?$/;
const SMALL = /^(is|the|on|at|around|a|my|for|to|and|it's|i'm)$/;
const FIRST_NAME = /^(paula|ines|henry|wanda|martin)$/;
/** Samples handed to the ear at once, as the agent does. */
const STEP = 640;
const LEAD = 1600;
const TAIL = 16_000;

interface Case {
  readonly caller: string;
  readonly asked: Topic;
  readonly text: string;
  /** Where in it she stops to think; '' for a line without a pause. */
  readonly where: string;
  readonly pauseMs: number;
  readonly pieces: readonly Piece[];
}

interface Result extends Case {
  readonly waitMs: number;
  readonly cut: boolean;
  readonly heard: string;
}

/** Word indices at which a line can be broken inside a value or a phrase, with the kind of place. */
function breaksIn(words: readonly string[]): readonly (readonly [number, string])[] {
  let digits = 0;
  return words.slice(0, -1).flatMap((word, index): readonly (readonly [number, string])[] => {
    digits = DIGIT.test(word) ? digits + 1 : 0;
    if (digits >= 2 && DIGIT.test(words[index + 1] ?? '')) return [[index + 1, `after digit ${digits}`]];
    if (FIRST_NAME.test(word)) return [[index + 1, 'inside a name']];
    return SMALL.test(word) ? [[index + 1, 'after a small word']] : [];
  });
}

function broken(words: readonly string[], at: number, pauseMs: number): readonly Piece[] {
  const before = words.slice(0, at).join(' ').replace(/,$/, '');
  return [{ say: before }, { pauseMs, why: 'hesitation' }, { say: words.slice(at).join(' ') }];
}

async function cases(everyNth: number): Promise<readonly Case[]> {
  const planner = await openPlanner();
  const all: Case[] = [];
  for (const caller of CALLERS) {
    const plans = SCENARIOS.map((scenario) => planner({ persona: caller, scenario }, 7, 0));
    for (const line of plans.flatMap(({ lines }) => lines)) {
      const asked = ASKED[line.topic];
      if (asked === undefined) continue;
      for (const { pieces } of [line, ...line.again]) {
        const text = wordsOf(pieces);
        const words = text.split(' ');
        all.push({ caller, asked, text, where: '', pauseMs: 0, pieces: [{ say: text }] });
        for (const [at, where] of breaksIn(words)) {
          const pauseMs = PAUSES[all.length % PAUSES.length] ?? 0;
          all.push({ caller, asked, text, where, pauseMs, pieces: broken(words, at, pauseMs) });
        }
      }
    }
  }
  const once = new Map(all.map((one) => [JSON.stringify([one.caller, one.asked, one.text, one.where]), one]));
  return [...once.values()].filter((_, index) => index % everyNth === 0);
}

/** The clip on a line, with the place's noise or the line's own under it, through the codec. */
function onTheLine(clip: Clip, noise: Pcm): Pcm {
  const line = new Int16Array(LEAD + clip.samples.length + TAIL);
  line.set(clip.samples, LEAD);
  const noisy = line.map((sample, index) => sample + (noise[index % noise.length] ?? 0));
  return decodeG711('PCMU', encodeG711('PCMU', noisy));
}

async function judge(one: Case, clip: Clip, line: Pcm, ear: Ear): Promise<Result> {
  const inMs = (sample: number): number => ((LEAD + sample) * 1000) / PHONE_RATE;
  const end = inMs(clip.end);
  const hearing = ear.listen(one.asked);
  let cut = false;
  let heard = '';
  let waitMs = Infinity;
  for (let from = 0; from < line.length && waitMs === Infinity; from += STEP) {
    const now = inMs(from + STEP - LEAD);
    const words = await hearing.push(line.slice(from, from + STEP));
    const { gist, patienceMs } = endOfTurn(words, one.asked, soundManners);
    heard = `${words.text} [${gist} ${patienceMs}]`;
    cut ||= clip.pauses.some((pause) => now <= inMs(pause.to) && now - inMs(pause.from) >= patienceMs);
    if (now - end >= patienceMs) waitMs = patienceMs;
  }
  hearing.abandon();
  return { ...one, waitMs, cut, heard };
}

const quantile = (values: readonly number[], p: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(p * values.length))] ?? NaN;

function row(name: string, some: readonly Result[]): void {
  if (some.length === 0) return;
  const waits = some.map(({ waitMs }) => waitMs);
  const [p50, p95] = [quantile(waits, 0.5), quantile(waits, 0.95)];
  const cut = some.filter((one) => one.cut).length;
  console.log(`${name.padEnd(26)} n ${some.length}  waits p50 ${p50} p95 ${p95} ms  cut into ${cut}`);
}

function print(results: readonly Result[]): void {
  const whole = results.filter(({ where }) => where === '');
  const paused = results.filter(({ where }) => where !== '');
  row('whole lines', whole);
  for (const asked of new Set(whole.map((one) => one.asked))) {
    row(
      `  asked: ${asked}`,
      whole.filter((one) => one.asked === asked),
    );
  }
  row('pauses', paused);
  for (const where of [...new Set(paused.map((one) => one.where))].sort()) {
    for (const pauseMs of PAUSES) {
      row(
        `  ${where}, ${pauseMs} ms`,
        paused.filter((one) => one.where === where && one.pauseMs === pauseMs),
      );
    }
  }
  for (const { waitMs, asked, text, heard } of whole.filter((one) => one.waitMs > 600)) {
    console.log(`slow: ${waitMs} ms after "${text}" (${asked}), heard ${heard}`);
  }
  for (const { pauseMs, where, text, heard } of paused.filter(({ cut }) => cut)) {
    console.log(`cut into: ${pauseMs} ms ${where} in "${text}", heard in the end ${heard}`);
  }
}

/** What is heard behind her: the place, or a quiet telephone line. */
const noiseOf = (place: Place, snrDb: number, seed: number): Pcm =>
  makeBed(place, NOMINAL_DB - snrDb, seed) ?? floorNoise(seed);

const [placeName = 'quiet', snrDb = '60', everyNth = '3'] = process.argv.slice(2);
const [who, where, voice, ear] = await Promise.all([people(), places(), flite.open(), soundswallower.open(2)]);
const place = entry(where, placeName, 'place');
await ear.prepare(grammars, pronunciations);
const results: Result[] = [];
for (const [index, one] of (await cases(Number(everyNth))).entries()) {
  const person: Person = entry(who, one.caller, 'persona');
  const clip = await makeClip(one.pieces, {}, { voice, choice: person.voice });
  results.push(await judge(one, clip, onTheLine(clip, noiseOf(place, Number(snrDb), index)), ear));
}
print(results);
await Promise.all([ear.close(), voice.close()]);
