import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Score } from '../../harness/model/metric.ts';
import { callFolder, readCall } from '../../harness/run/journal.ts';

/** Lines in another order than the agent asks in: only its words can bring them up. */
const SCENARIO = `summary: books a cleaning, each line when the agent asks for it
stakes: low
facts: { action: book, service: cleaning, day: tuesday, time: '15:00' }
lines:
  - topic: opening
    say: i would like to book a cleaning
    again: [a cleaning, please]
    tells: { action: book, service: cleaning }
  - { topic: phone, when: [phone number, your number, reach you], say: 'you can reach me on {phone}', again: ['{phone}'], tells: { phone: '{phone}' } }
  - { topic: name, when: [your name, last name, full name], say: "it's {name}", again: ['{name}'], tells: { name: '{name}' } }
  - { topic: time, when: [what time, which time, time suits], say: 'at {time} in the afternoon', again: ['{time}'], tells: { time: '{time}' } }
  - { topic: day, when: [which day, what day], say: 'on {day}', again: ['{day}'], tells: { day: '{day}' } }
  - { topic: confirm, when: [is that right, is that correct, did i get], say: "yes, that's right", again: ['yes'] }
  - { topic: anything-else, when: [anything else], say: "no, that's all" }
  - { topic: goodbye, say: 'great, goodbye' }
expect:
  commit: { action: book, service: cleaning, day: '{day}', time: '{time}', name: '{name}', phone: '{phone}' }
  handoff: { truth: must-not }
  mustSay: [tuesday]
  mustNotSay: [we guarantee]
`;

const SUITE = `import { defineSuite } from 'hangup';
export default defineSuite({ name: 'cued', target: 'reference', line: 'sip', seed: 1, metronome: 0, jobs: 1, allow: [],
  calls: [{ persona: 'plain-paula', scenario: 'cued' }], gates: [] });
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-cued-'));
  mkdirSync(join(folder, 'scenarios'));
  writeFileSync(join(folder, 'scenarios/cued.yaml'), SCENARIO);
  writeFileSync(join(folder, 'hangup.config.ts'), SUITE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('lines that wait for the agent are said in the order they are written, and phrases that must be heard are not looked for', () => {
  const program = fileURLToPath(new URL('../../bin/hangup.js', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [program, 'run', '--time', 'virtual', '--json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout || '{}'), stderr).toMatchObject({ calls: [{ outcome: 'passed' }] });
  const [run = ''] = readdirSync(join(folder, 'runs')).filter((name) => name.startsWith('cued'));
  const kept = callFolder(join(folder, 'runs', run), 'plain-paula-cued-1');
  const said = readCall(kept).events.flatMap((event) => (event.kind === 'said' ? [event.line] : []));
  expect(said).toEqual(['opening', 'day', 'time', 'name', 'phone', 'confirm', 'anything-else', 'goodbye']);
  const { scores } = JSON.parse(readFileSync(join(kept, 'scores.json'), 'utf8')) as { scores: readonly Score[] };
  const phrases = scores.filter(({ metric }) => metric === 'phrases_kept').map(({ of, value }) => [of, value]);
  expect(phrases).toEqual([
    ['tuesday', 1],
    ['we guarantee', 1],
  ]);
}, 120_000);
