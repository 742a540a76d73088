import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Bound, Metric } from '../../../../harness/model/metric.ts';
import type { Evidence } from '../../../../harness/model/record.ts';
import { askedFor, missingFor, needsInWords, requireSeen } from '../../../../metrics/gate/evidence.ts';
import { scoreCall } from '../../../../metrics/score.ts';
import { goldens, viewOf } from '../../../golden/golden.ts';
import { measures } from '../../../golden/measures.ts';

const metrics: ReadonlyMap<string, Metric> = await measures();

/**
 * What is seen with each of the sixteen combinations of evidence, by one metric of every kind: its sound alone, its result,
 * what only the harness's own desks can tell, its words, its result against its words, its own stages.
 */
const SEEN = `
  office hooks claims ear | turn_latency task_success repeat_burden leaked_secret say_do_gap stage_ear
  -      -     -      -   | yes          -            -             -             -          -
  -      -     -      ear | yes          -            -             yes           -          -
  -      -     claims -   | yes          -            -             yes           -          yes
  -      -     claims ear | yes          -            -             yes           -          yes
  -      hooks -      -   | yes          yes          -             -             -          -
  -      hooks -      ear | yes          yes          -             yes           yes        -
  -      hooks claims -   | yes          yes          -             yes           yes        yes
  -      hooks claims ear | yes          yes          -             yes           yes        yes
  office -     -      -   | yes          yes          yes           -             -          -
  office -     -      ear | yes          yes          yes           yes           yes        -
  office -     claims -   | yes          yes          yes           yes           yes        yes
  office -     claims ear | yes          yes          yes           yes           yes        yes
  office hooks -      -   | yes          yes          yes           -             -          -
  office hooks -      ear | yes          yes          yes           yes           yes        -
  office hooks claims -   | yes          yes          yes           yes           yes        yes
  office hooks claims ear | yes          yes          yes           yes           yes        yes`;

const cells = (line: string): string[][] => line.split('|').map((half) => half.trim().split(/\s+/));
const [head = '', ...rows] = SEEN.trim().split('\n');
const [, shown = []] = cells(head);
const combinations = rows.map((row) => {
  const [given = [], seen = []] = cells(row);
  const evidence: readonly Evidence[] = ['wire', ...(given.filter((kind) => kind !== '-') as Evidence[])];
  return { evidence, seen: shown.filter((_, i) => seen[i] === 'yes') };
});

const seenWith = (evidence: readonly Evidence[]): string[] => {
  const unseen = scoreCall(viewOf({ ...goldens().get('plain-booking')!, evidence }), metrics).notSeen;
  return [...metrics.keys()].filter((name) => unseen[name] === undefined);
};

test('there are sixteen combinations, each once', () => {
  expect(new Set(combinations.map(({ evidence }) => evidence.join())).size).toBe(16);
});

test.each(combinations)('with $evidence what is seen is what the table says', ({ evidence, seen }) => {
  expect(seenWith(evidence).filter((name) => shown.includes(name))).toEqual(
    [...metrics.keys()].filter((name) => seen.includes(name)),
  );
});

/** What the handbook says every metric needs, by name. */
const handbook: ReadonlyMap<string, readonly string[]> = new Map(
  readFileSync(new URL('../../../../metrics/README.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `') && line.split('|').length === 9)
    .map((line) => {
      const [, name = '', , , evidence = ''] = line.split('|').map((cell) => cell.trim());
      return [/^`(\w+)`/.exec(name)?.[1] ?? '', evidence.split(', ')];
    }),
);

test.each(combinations)(
  'with $evidence every metric of the handbook is seen that its column lets be seen',
  ({ evidence }) => {
    const has = (kind: Evidence): boolean => evidence.includes(kind);
    const met: Readonly<Record<string, boolean>> = {
      wire: true,
      office: has('office'),
      world: has('office') || has('hooks'),
      words: has('ear') || has('claims'),
      claims: has('claims'),
    };
    const expected = [...handbook].filter(([, needs]) => needs.every((need) => met[need])).map(([name]) => name);
    expect(expected.length).toBeGreaterThan(30);
    expect(seenWith(evidence).toSorted()).toEqual(expected.toSorted());
  },
);

test('a gate nobody could judge is refused before the first call, and says how it could be', () => {
  const refused = (bound: Bound, given: readonly Evidence[]): string => {
    try {
      requireSeen([bound], metrics, given, 'sip:agent@10.0.0.5');
      return 'judged';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const task: Bound = { metric: 'task_success', of: 'rate', limit: 0.9 };
  expect(refused(task, ['wire'])).toBe(
    "the gate on task_success cannot be judged: it needs the office or a check hook, which sip:agent@10.0.0.5 does not give; add a check hook to the suite that reports what was really committed, or open the office to the agent (office: { listen: '127.0.0.1:8787' }); or drop the gate",
  );
  expect(refused(task, ['wire', 'hooks'])).toBe('judged');
  expect(refused({ metric: 'repeat_burden', of: 'mean', limit: 0 }, ['wire', 'hooks'])).toContain('needs the office');
  expect(refused({ metric: 'stage_ear', of: 'p50', limit: 9 }, ['wire'])).toContain("posts: ['claims']");
  expect(refused({ metric: 'leaked_secret', of: 'rate', limit: 0 }, ['wire'])).toContain("ear: 'NAME'");
  expect(refused({ metric: 'tun_latency', of: 'p50', limit: 1 }, ['wire'])).toContain('there is no metric called');
  expect(refused({ metric: 'failed_call', of: 'rate', limit: 0.1, stakes: 'high' }, ['wire'])).toBe('judged');
});

test('what is missing is named in words and in one kind of evidence each', () => {
  const blind = missingFor({ needs: ['world'], anyOf: ['ear', 'claims'] }, ['wire']);
  expect(needsInWords(blind)).toBe("the office or a check hook, and an ear or the agent's claims");
  expect(askedFor(blind)).toEqual(['office', 'ear']);
});
