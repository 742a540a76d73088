import { expect, test } from 'vitest';
import { floor, openFloor } from '../../../harness/caller/floor.ts';
import type { FloorEvent, FloorState, Intention } from '../../../harness/caller/floor-state.ts';
import { ms } from '../../../harness/model/time.ts';
import type { PlannedStimulus } from '../../../harness/model/plan.ts';
import { plainPlan, stimulus } from './plans.ts';

type Short = { readonly [K in keyof FloorEvent]: FloorEvent[K] };
const at = (
  kind: 'wake' | 'chose-to-wait' | 'chose-to-leave' | 'transferring' | 'returned',
  when: number,
): FloorEvent => ({ kind, at: ms(when) });
const started = (when: number): FloorEvent => ({ kind: 'agent-started', at: ms(when + 30), onset: ms(when) });
const stopped = (when: number): FloorEvent => ({ kind: 'agent-stopped', at: ms(when + 90), offset: ms(when) });
const line = (when: number, id = 'opening', more: Partial<Short> = {}): FloorEvent =>
  ({
    kind: 'chose-line',
    at: ms(when),
    line: id,
    lengthMs: 1000,
    again: false,
    closing: false,
    ...more,
  }) as FloorEvent;
const lineOver = (when: number): FloorEvent => ({ kind: 'line-over', at: ms(when), end: ms(when) });
const stimulusOver = (when: number, takesFloor = true): FloorEvent => ({
  kind: 'stimulus-over',
  at: ms(when),
  end: ms(when),
  takesFloor,
});

function play(events: readonly FloorEvent[], stimuli: readonly PlannedStimulus[] = []): [FloorState, Intention[]] {
  let state = openFloor(plainPlan(stimuli), ms(0));
  const all: Intention[] = [];
  for (const event of events) {
    const [next, intentions] = floor(state, event);
    state = next;
    all.push(...intentions.filter((intention) => intention.kind !== 'wake'));
  }
  return [state, all];
}

const kindsOf = (intentions: readonly Intention[]): readonly string[] => intentions.map((intention) => intention.kind);

const greeted = [started(200), stopped(2200)];
const saidOpening = [...greeted, at('wake', 3000), line(3000), lineOver(4030)];

test.each<[string, readonly FloorEvent[], readonly string[]]>([
  ['she does not speak before the agent has', [at('wake', 1000)], []],
  ['she does not speak while the agent sounds', [started(200), at('wake', 2000)], []],
  ['a breath of the agent is no end', [started(200), stopped(1200), at('wake', 1450)], []],
  ['she takes her turn after half a second or more', [...greeted, at('wake', 2950)], ['choose']],
  ['she says what was chosen', [...greeted, at('wake', 2950), line(2960)], ['choose', 'say']],
  [
    'she lets an agent go on that spoke up while she was thinking',
    [...greeted, at('wake', 2950), started(2960), line(2995)],
    ['choose'],
  ],
  ['after her line it is the agent who speaks', [...saidOpening, at('wake', 4900)], ['choose', 'say']],
  [
    'a reply gives her the turn again',
    [...saidOpening, started(4400), stopped(5400), at('wake', 6150)],
    ['choose', 'say', 'choose'],
  ],
  [
    'an agent that merely finishes its word has not replied',
    [...greeted, at('wake', 2950), line(2950), started(3900), lineOver(4000), stopped(4200), at('wake', 5000)],
    ['choose', 'say'],
  ],
  ['a leaving mind hangs up', [...greeted, at('wake', 2950), at('chose-to-leave', 2960)], ['choose', 'hang-up']],
  ['silence after the answer makes her speak up', [at('wake', 5000)], ['choose']],
  [
    'a silence that she filled with a cough is not the end of what the agent says',
    [started(200), stopped(2200), stimulusOver(2900, false), at('wake', 3000)],
    [],
  ],
  [
    'after her cough and a silence it is her turn',
    [started(200), stopped(2200), stimulusOver(2900, false), at('wake', 3650)],
    ['choose'],
  ],
  [
    'silence beyond her patience ends the call',
    [at('wake', 5000), at('chose-to-wait', 5000), at('wake', 13_100)],
    ['choose', 'give-up', 'hang-up'],
  ],
  ['a call is ended at its limit', [at('wake', 180_000)], ['give-up', 'hang-up']],
  [
    'being put through cuts her own line',
    [...greeted, at('wake', 2950), line(2950), at('transferring', 3200)],
    ['choose', 'say', 'cut-line'],
  ],
  [
    "while she is put through silence is nobody's fault",
    [...saidOpening, at('transferring', 4100), at('wake', 30_000)],
    ['choose', 'say'],
  ],
  [
    'having come back she waits for the agent',
    [...saidOpening, at('transferring', 4100), at('returned', 9000), at('wake', 9700)],
    ['choose', 'say'],
  ],
])('%s', (_, events, expected) => {
  expect(kindsOf(play(events)[1])).toEqual(expected);
});

test('an agent that keeps talking over her makes her stop, once', () => {
  const long = { lengthMs: 9000 } as Partial<Short>;
  const events = [
    ...greeted,
    at('wake', 2950),
    line(2950, 'opening', long),
    started(3500),
    at('wake', 4000),
    at('wake', 4700),
    at('wake', 4720),
  ];
  const [state, intentions] = play(events);
  expect(kindsOf(intentions)).toEqual(['choose', 'say', 'cut-line']);
  expect(state.talkedOver).toBe(1);
});

test('being talked over more often than she bears ends the call', () => {
  const once = (from: number): readonly FloorEvent[] => [
    started(from),
    stopped(from + 300),
    at('wake', from + 1000),
    line(from + 1000),
    started(from + 1200),
    at('wake', from + 1700),
    stopped(from + 1900),
    lineOver(from + 2000),
  ];
  const [, intentions] = play([...once(0), ...once(4000), ...once(8000), ...once(12_000)]);
  expect(intentions.filter((intention) => intention.kind === 'give-up')).toEqual([
    { kind: 'give-up', why: 'talked over 4 times' },
  ]);
});

test('being made to repeat herself more often than she bears ends the call', () => {
  const again = { again: true } as Partial<Short>;
  const round = (from: number): readonly FloorEvent[] => [
    started(from),
    stopped(from + 500),
    at('wake', from + 1250),
    line(from + 1250, 'day', again),
    lineOver(from + 2300),
  ];
  const [, intentions] = play([0, 3000, 6000, 9000].flatMap(round));
  expect(intentions.at(-2)).toEqual({ kind: 'give-up', why: 'asked for day too often' });
});

const fired = (intentions: readonly Intention[]): readonly unknown[] =>
  intentions.flatMap((one) => (one.kind === 'stimulate' ? [[one.id, one.at, one.sham]] : []));

test.each<[string, readonly FloorEvent[], readonly unknown[]]>([
  ['fires at its offset from the onset she dated back', [started(200), at('wake', 970)], [['barge', 1000, false]]],
  ['is handed over ahead of its instant, not before', [started(200), at('wake', 969)], []],
  ['does not fire into the silence after an utterance', [started(200), stopped(700), at('wake', 970)], []],
  [
    'takes the next utterance instead',
    [started(200), stopped(700), at('wake', 970), started(1500), at('wake', 2270)],
    [['barge', 2300, false]],
  ],
  [
    'is not moved by a short gap inside an utterance',
    [started(200), stopped(500), started(600), at('wake', 970)],
    [['barge', 1000, false]],
  ],
  [
    'does not fire while she speaks',
    [started(200), stopped(500), at('wake', 1250), line(1250), started(1400), at('wake', 2170)],
    [],
  ],
])('a trigger %s', (_, events, expected) => {
  expect(fired(play(events, [stimulus('barge', '', 800)])[1])).toEqual(expected);
});

test('a stimulus that begins softly leaves early enough to be audible on its instant', () => {
  const leads = new Map([['barge', 89]]);
  const state = openFloor(plainPlan([stimulus('barge', '', 800)]), ms(0), leads);
  const [heard, intentions] = floor(state, started(200));
  expect(intentions).toContainEqual({ kind: 'wake', at: 1000 - 89 - 30 });
  expect(fired(floor(heard, at('wake', 880))[1])).toEqual([]);
  expect(fired(floor(heard, at('wake', 881))[1])).toEqual([['barge', 1000, false]]);
});

test('a trigger recognised too late to be met takes the next utterance, not a late instant', () => {
  const late: FloorEvent = { kind: 'agent-started', at: ms(995), onset: ms(200) };
  const [state, intentions] = play(
    [late, stopped(2000), started(3000), at('wake', 3770)],
    [stimulus('barge', '', 800)],
  );
  expect(fired(intentions)).toEqual([['barge', 3800, false]]);
  expect(state.triggers[0]?.misses).toBe(1);
});

test('a trigger that three utterances were too short for is given up, and said so once', () => {
  const short = (from: number): readonly FloorEvent[] => [started(from), stopped(from + 300), at('wake', from + 800)];
  const [, intentions] = play(
    [...short(200), ...short(2000), ...short(4000), ...short(6000)],
    [stimulus('barge', '', 800)],
  );
  expect(fired(intentions)).toEqual([]);
  expect(kindsOf(intentions).filter((kind) => kind === 'not-fired')).toHaveLength(1);
});

test('a trigger waits for its own line', () => {
  const [state, intentions] = play([started(200), at('wake', 970), stopped(2200)], [stimulus('barge', 'opening', 800)]);
  expect(fired(intentions)).toEqual([]);
  expect(state.triggers[0]?.state).toBe('expected');
});

test('an interruption hands the floor over: the half sentence the agent broke off is no reply', () => {
  const events = [started(200), at('wake', 970), stopped(1200), stimulusOver(2000), at('wake', 2900)];
  expect(kindsOf(play(events, [stimulus('barge', '', 800)])[1])).toEqual(['stimulate']);
  const replied = [...events, started(2950), stopped(3900), at('wake', 4650)];
  expect(kindsOf(play(replied, [stimulus('barge', '', 800)])[1])).toEqual(['stimulate', 'choose']);
});

test('a backchannel leaves the turn as it was', () => {
  const back = { ...stimulus('uh-huh', '', 800), takesFloor: false };
  const events = [started(200), at('wake', 970), stimulusOver(1300, false), stopped(2200), at('wake', 2950)];
  expect(kindsOf(play(events, [back])[1])).toEqual(['stimulate', 'choose']);
});

const after = (id: string, offsetMs: number): PlannedStimulus => ({
  ...stimulus(id, '', offsetMs),
  trigger: { line: '', utterance: 1, offsetMs, from: 'end' },
  takesFloor: false,
});

test('what belongs into a silence does not wait for the next utterance, nor fall into this one', () => {
  const cough = after('cough', 400);
  const [, intentions] = play([started(200), at('wake', 1000), stopped(2200), at('wake', 2570)], [cough]);
  expect(intentions).toContainEqual({ kind: 'stimulate', id: 'cough', at: ms(2600), sham: false });
  const [, breath] = play([started(200), stopped(1200), started(1300), at('wake', 1570)], [cough]);
  expect(kindsOf(breath)).toEqual([]);
});

test('what belongs into a silence is given up when the agent never leaves one', () => {
  const rushed = [0, 1000, 2000, 3000].flatMap((when) => [started(when + 200), stopped(when + 900)]);
  const [, intentions] = play([...rushed, started(4200)], [after('cough', 400)]);
  expect(kindsOf(intentions)).toEqual(['not-fired']);
});

const silence = (forMs: number, ends: 'speaks' | 'hangs-up'): Partial<Short> => ({ silence: { forMs, ends } }) as never;

test('a silence she means to keep is kept whatever the agent says in it, and once', () => {
  const asked = [...greeted, at('wake', 2950), line(2960, 'opening', silence(9500, 'speaks')), at('wake', 7000)];
  expect(kindsOf(play(asked)[1])).toEqual(['choose']);
  const nudged = [...asked, started(9200), stopped(10_900), at('wake', 11_650)];
  expect(kindsOf(play(nudged)[1])).toEqual(['choose']);
  const back = [...nudged, at('wake', 11_750), line(11_750, 'opening', silence(9500, 'speaks'))];
  expect(kindsOf(play(back)[1])).toEqual(['choose', 'choose', 'say']);
});

test('who has gone away hangs up without a word, and loses no patience before', () => {
  const gone = [...greeted, at('wake', 2950), line(2960, 'opening', silence(60_000, 'hangs-up')), at('wake', 40_000)];
  const left = [...gone, at('wake', 62_300), line(62_300, 'opening', silence(60_000, 'hangs-up'))];
  expect(kindsOf(play(left)[1])).toEqual(['choose', 'choose', 'hang-up']);
});

test('an agent that breaks off at an "mm-hm" is let go on, and taken for done if it does not', () => {
  const back = { ...stimulus('uh-huh', '', 800), takesFloor: false };
  const broken = [started(200), at('wake', 970), stimulusOver(1300, false), stopped(1200), at('wake', 2400)];
  expect(kindsOf(play(broken, [back])[1])).toEqual(['stimulate']);
  expect(kindsOf(play([...broken, at('wake', 3450)], [back])[1])).toEqual(['stimulate', 'choose']);
});

test('a sham changes nothing about her turns', () => {
  const sham = { ...stimulus('barge', '', 800), sham: true };
  const events = [started(200), at('wake', 970), stopped(2200), at('wake', 2950), line(2960)];
  const withSham = play(events, [sham])[1].filter((intention) => intention.kind !== 'stimulate');
  expect(withSham).toEqual(play(events)[1]);
});

test('every state but the last asks to be woken, so that no call can hang', () => {
  const walks = [[], greeted, saidOpening, [...saidOpening, started(4400)], [...greeted, at('wake', 2950)]];
  for (const walk of walks) {
    const state = walk.reduce((now, event) => floor(now, event)[0], openFloor(plainPlan(), ms(0)));
    const [, intentions] = floor(state, at('wake', 4500));
    const wake = intentions.find((intention) => intention.kind === 'wake');
    expect(wake?.kind === 'wake' && wake.at > 4500 && wake.at <= 180_000).toBe(true);
  }
});
