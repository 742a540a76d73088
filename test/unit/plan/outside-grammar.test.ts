import { expect, test } from 'vitest';
import { grammars } from '../../../agent/ear/grammars.ts';
import { wordsOf } from '../../../harness/model/script.ts';
import { fillLine } from '../../../harness/plan/spoken.ts';
import { scenarios } from '../../../harness/run/registry.ts';

const FACTS = { name: 'paula jones', phone: '5550142', action: '', service: 'cleaning' };

/** A JSGF grammar as one pattern over words that each end in a space; the garbage path matches nothing. */
function patternOf(jsgf: string): RegExp {
  const rules = new Map<string, string>();
  for (const [, name, body] of jsgf.matchAll(/<(\w+)>\s*=\s*([^;]+);/g)) rules.set(name ?? '', body ?? '');
  const expand = (body: string): string =>
    (body.match(/<\w+>|\/[\d.]+\/|[[\]()|+*]|[^\s[\]()|+*<>]+/g) ?? [])
      .map((token) => {
        if (token.startsWith('/')) return '';
        if (token === '<garbage>' || token === '<common>') return '(?!)';
        if (token.startsWith('<')) return `(?:${expand(rules.get(token.slice(1, -1)) ?? '(?!)')})`;
        if (token === '[') return '(?:';
        if (token === ']') return ')?';
        if (token === '(') return '(?:';
        return '()|+*'.includes(token) ? token : `(?:${token} )`;
      })
      .join('');
  const root = /public <(\w+)>/.exec(jsgf)?.[1] ?? '';
  return new RegExp(`^(?:${expand(`<${root}>`)})$`);
}

const patterns = Object.values(grammars).map(patternOf);

const plain = (words: string): string =>
  `${words
    .toLowerCase()
    .replace(/[,.?!]/g, '')
    .replace(/-/g, ' ')
    .trim()} `;

const isInside = (words: string): boolean => patterns.some((pattern) => pattern.test(plain(words)));

test('the matcher knows an inside line from an outside one', () => {
  expect(isInside('tuesday')).toBe(true);
  expect(isInside('my number is five five five oh one four two')).toBe(true);
  expect(isInside('the weather has been lovely')).toBe(false);
});

test("at least a third of the callers' lines are outside the agent's grammars", async () => {
  const lines = [...(await scenarios())].flatMap(([scenario, { lines: written, facts }]) =>
    written
      .filter((line) => line.onAgenda)
      .map((line) => `${scenario}: ${wordsOf(fillLine(line, { ...facts, ...FACTS }).pieces)}`),
  );
  const outside = lines.filter((line) => !isInside(line.slice(line.indexOf(':') + 1)));
  const share = outside.length / lines.length;
  console.info(
    `${outside.length} of ${lines.length} lines (${Math.round(share * 100)} %) are outside the agent's grammars`,
  );
  expect(lines.length).toBeGreaterThan(20);
  expect(share).toBeGreaterThanOrEqual(1 / 3);
});
