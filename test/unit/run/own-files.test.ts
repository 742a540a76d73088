import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPlanner } from '../../../harness/run/plans.ts';
import { habits, metrics, people, places, scenarios, voices } from '../../../harness/run/registry.ts';

let beside = '';
beforeEach(() => {
  beside = mkdtempSync(join(tmpdir(), 'hangup-own-'));
});
afterEach(() => rmSync(beside, { recursive: true, force: true }));

const put = (name: string, text: string): void => {
  mkdirSync(dirname(join(beside, name)), { recursive: true });
  writeFileSync(join(beside, name), text);
};

const PARCEL = `summary: wants to know where her parcel is
stakes: low
opens: agent
facts: { parcel: '4711823' }
lines:
  - topic: opening
    say: hello, where is my parcel
    again: [where is my parcel]
  - topic: parcel
    say: it is {parcel}
    tells: { parcel: '{parcel}' }
  - topic: day
    say: monday would suit me
    tells: { day: monday }
  - say: thank you, goodbye
    topic: goodbye
expect:
  commit:
    action: redeliver
    parcel: '{parcel}'
    day: monday
    depot: north
  mustSay: [between eight and noon]
  mustNotSay: [we guarantee]
  secrets: [zebra nine]
`;

test('a scenario in YAML says something else than it says', async () => {
  put('scenarios/parcel.yaml', PARCEL);
  const scenario = (await scenarios(beside)).get('parcel');
  expect(scenario).toMatchObject({ stakes: 'low', opens: 'agent', mind: 'script', slips: {} });
  expect(scenario?.lines.map(({ id, onAgenda }) => [id, onAgenda])).toEqual([
    ['opening', true],
    ['parcel', true],
    ['day', true],
    ['goodbye', true],
  ]);
  expect(scenario?.expect).toEqual({
    commit: { action: 'redeliver', slots: ['parcel', 'day', 'depot'], values: { depot: 'north' } },
    handoff: { truth: 'may', facts: [] },
    mustSay: ['between eight and noon'],
    mustNotSay: [
      { words: 'we guarantee', why: 'wrong' },
      { words: 'zebra nine', why: 'secret' },
    ],
  });
});

test('a person in YAML cannot make a call, or differs from what was left out', async () => {
  put('scenarios/parcel.yaml', PARCEL);
  put('people/ann.yml', 'summary: calls plainly\nhabits: [{ name: coughs, with: { count: 1 } }]\n');
  const plan = (await openPlanner(beside))({ persona: 'ann', scenario: 'parcel' }, 1, 0);
  expect(plan.mind).toBe('script');
  expect(plan.voice).toEqual({ engine: 'flite', name: 'slt', rate: 1 });
  expect(plan.stimuli.map(({ kind }) => kind)).toContain('cough');
  expect(plan.lines[1]?.pieces).toEqual([{ say: 'it is four seven one, one eight two three' }]);
});

test('a phone of the wide band cannot be written in YAML', async () => {
  put('people/ann.yaml', 'summary: calls plainly\nphone: { codec: opus, band: wide }\n');
  expect((await people(beside)).get('ann')?.phone).toEqual({ codec: 'opus', loss: 0, band: 'wide' });
});

const changed = (from: string, to: string): string => {
  expect(PARCEL).toContain(from);
  return PARCEL.replace(from, to);
};

/** What is written, and the sentence after `scenarios/parcel.yaml`. */
const MISTAKES: readonly (readonly [name: string, text: string, sentence: string])[] = [
  [
    'not YAML',
    'summary: [a\nstakes: low\n',
    ':2:1: this is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]; mend this line',
  ],
  ['a tab', 'summary: a\nexpect:\n\thandoff: b\n', ':3:1: a tab indents this line; use spaces, YAML takes no tabs'],
  ['a second colon', 'summary: she says: hello\n', ':1:10: a second colon stands in this line; put the text in quotes'],
  [
    'a key twice',
    'summary: a\nstakes: low\nstakes: high\n',
    ':3:1: the key "stakes" stands here twice; keep one of them',
  ],
  ['an empty file', '# nothing yet\n', ':1:1: the file is empty; begin with summary: what it is about'],
  [
    'two documents',
    `${PARCEL}---\nsummary: b\n`,
    ':26:1: a second document begins here; keep one a file, and take out the ---',
  ],
  ['a list', '- summary: a\n', ':1:1: expected keys and values, got a list; begin with summary: what it is about'],
  ['a tag', 'summary: !!js/function x\n', ':1:10: a tag (!) stands here; write the value without it'],
  [
    'an unknown key',
    changed('opens: agent', 'opnes: agent'),
    ':3:1: there is no key "opnes" here; did you mean "opens"?',
  ],
  [
    'an unknown key in a line',
    changed('again:', 'agian:'),
    ':8:5: there is no key "agian" here; did you mean "again"?',
  ],
  [
    'a comma in a text',
    changed(
      '  - topic: opening\n    say: hello, where is my parcel',
      '  - { topic: opening, say: hello, where is it }\n  - say: hello',
    ),
    ':6:35: the text before "where is it" ended at a comma; put it in quotes',
  ],
  [
    'a wrong type',
    changed('    day: monday\n', '    day: [monday]\n'),
    ':21:10: expect.commit.day: expected text, got a list; write day: monday',
  ],
  [
    'a number for text',
    changed(`'4711823'`, '4711823'),
    ':4:18: facts.parcel: expected text, got number 4711823; write parcel: monday',
  ],
  ['a missing field', changed('stakes: low\n', ''), ':1:1: stakes is missing; write stakes: low'],
  [
    'a missing field in a list',
    changed('    say: it is {parcel}\n', ''),
    ':9:5: lines.2: say is missing; write say: hello, where is my parcel',
  ],
  [
    'none of the choices',
    changed('stakes: low', 'stakes: lower'),
    ':2:9: stakes: expected one of low, medium, high, got "lower"; write stakes: low',
  ],
  [
    'no lines',
    'summary: a\nstakes: low\nlines: []\n',
    ':3:8: lines: expected a list that is not empty, got an empty list; write lines: [{"say":"hello, where is my parcel"}]',
  ],
  [
    'two lines of one name',
    changed('topic: day', 'topic: parcel'),
    ':12:5: lines.3: another line goes by "parcel" already; give one of them an id of its own',
  ],
  [
    'a value nobody tells',
    changed('    day: monday\n', `    day: '{day}'\n    time: '{time}'\n`),
    ':22:11: expect.commit.time: no line tells it; add tells: { time: ... } to the line that says it',
  ],
  [
    'another value than she tells',
    changed('    day: monday\n', '    day: tuesday\n'),
    ':21:10: expect.commit.day: the lines tell "monday", not "tuesday"; write day: "{day}"',
  ],
  [
    'a handoff to nobody',
    changed('expect:\n', 'expect:\n  handoff: { truth: must }\n'),
    ':18:12: expect.handoff: desk is missing, and she must be put through; write desk: front desk',
  ],
];

test.each(MISTAKES)('%s in a scenario is not named by file, line, column and field', async (_, text, sentence) => {
  put('scenarios/parcel.yaml', text);
  await expect(scenarios(beside)).rejects.toThrow(
    expect.objectContaining({ name: 'UsageError', message: `${join(beside, 'scenarios/parcel.yaml')}${sentence}` }),
  );
});

test.each([
  ['habits: [{ name: cough }]', ':2:18: habits.1.name: there is no habit called "cough"; did you mean "coughs"?'],
  ['place: { name: caffe }', ':2:16: place.name: there is no place called "caffe"; did you mean "cafe"?'],
  ['voice: { engine: flit }', ':2:18: voice.engine: there is no voice engine called "flit"; did you mean "flite"?'],
  ['voice: { name: sltt }', ':2:16: voice.name: there is no voice of flite called "sltt"; did you mean "slt"?'],
  ['phone: { loss: 3 }', ':2:16: phone.loss: expected a number of at most 0.5, got number 3; write loss: 0'],
])('%s is not refused with what there is', async (text, sentence) => {
  put('people/ann.yaml', `summary: calls plainly\n${text}\n`);
  await expect(people(beside)).rejects.toThrow(
    expect.objectContaining({ name: 'UsageError', message: `${join(beside, 'people/ann.yaml')}${sentence}` }),
  );
});

const AN_IMPURE_HABIT = `import type { Habit } from 'hangup/model/person';
let n = 0;
export default { summary: 'sighs', bounds: [], apply: (draft) => ({ ...draft, facts: { n: String(n++) } }) } satisfies Habit;
`;

test.each([
  [
    'habits/sighs.ts',
    AN_IMPURE_HABIT,
    habits,
    'apply: it gives another draft the second time; draw every chance from the dice it is given',
  ],
  [
    'habits/sighs.ts',
    `export default { summary: 'sighs', bounds: [{ metric: 'sigh', of: 'rate', limit: 0 }], apply: (d) => d };`,
    habits,
    'bounds.1.metric: there is no metric called "sigh"; there are: ',
  ],
  [
    'places/train.ts',
    `export default { summary: 'a train', noise: (n: number) => new Float32Array(n).fill(3) };`,
    places,
    'noise: a sample lies outside -1 and 1; scale it down',
  ],
  [
    'measures/odd.ts',
    `export default { summary: 'odd', unit: 'ms', better: 'lower', kind: 'rate', version: 1, needs: ['wire'], measure: () => [] };`,
    metrics,
    'unit: kind is rate and unit ms; a rate has the unit rate, and nothing else has',
  ],
  ['voices/robot.ts', `export default { summary: 'a robot' };`, voices, 'voices is missing; write voices: a function'],
  ['people/ann.ts', `export default { summary: 'ann' };`, people, 'voice is missing; write voice: {}'],
  ['scenarios/odd.ts', 'export const scenario = 1;', scenarios, ''],
] as const)('%s breaks its contract and is taken all the same', async (name, text, registry, sentence) => {
  put(name, text);
  const path = join(beside, name);
  const message = sentence === '' ? `${path} has no default export` : `${path}: ${sentence}`;
  await expect(registry(beside)).rejects.toThrow(message);
});

test('TypeScript beside a suite is not read where npm init wrote "type": "commonjs", or cannot import hangup', () => {
  put('package.json', '{ "type": "commonjs" }');
  put(
    'hangup.config.ts',
    `import { defineSuite } from 'hangup';
import { line } from 'hangup/model/script';
const calls = [{ persona: 'plain-paula', scenario: line({ topic: 'parcel', say: 'x' }).id }];
export default defineSuite({ name: 'own', target: 'sip:a@127.0.0.1', line: 'sip', seed: 1, calls, metronome: 0, jobs: 1, gates: [], allow: [] });
`,
  );
  put('scenarios/parcel.yaml', PARCEL);
  const program = fileURLToPath(new URL('../../../bin/hangup.js', import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, 'plan', '--json'], {
    cwd: beside,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ suite: 'own', plans: [{ id: 'plain-paula-parcel-1', mind: 'script' }] });
});
