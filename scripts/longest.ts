// Prints the median and the longest files and functions. A long one is a question to its author, not an error.
import { globSync, readFileSync } from 'node:fs';

interface Length {
  readonly name: string;
  readonly lines: number;
}

const OPENING =
  /^(\s*)(?:export )?(?:default )?(?:async )?function\*? ?(\w*)|^(\s*)(?:export )?const (\w+)(?:: [^=]+)? = (?:async )?(?:\([^)]*\)|\w+)(?:: [^=]+)? =>|^(\s+)(?:static |async |get |set |\*|#)*(\w+)\([^;]*\{$/;
const NO_FUNCTION = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'return']);

/** Functions by the formatter's own indentation: a function ends at the next line that closes at its depth. */
function functionsOf(path: string, lines: readonly string[]): readonly Length[] {
  return lines.flatMap((line, first) => {
    const found = OPENING.exec(line);
    if (!found) return [];
    const indent = found[1] ?? found[3] ?? found[5] ?? '';
    const name = found[2] ?? found[4] ?? found[6] ?? 'default';
    if (NO_FUNCTION.has(name)) return [];
    return [{ name: `${path}:${first + 1} ${name}`, lines: lengthFrom(lines, first, indent) }];
  });
}

function lengthFrom(lines: readonly string[], first: number, indent: string): number {
  for (let at = first + 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line === '' || line.startsWith(`${indent} `)) continue;
    const closes = new RegExp(`^${indent}[)}\\]>]`).test(line);
    if (!closes) return lastCode(lines, at - 1) - first + 1;
    // A parameter list that closes before the body opens is not the end.
    if (!/[{(]$|=>$/.test(line)) return at - first + 1;
  }
  return lines.length - first;
}

const lastCode = (lines: readonly string[], at: number): number => (lines[at] === '' ? lastCode(lines, at - 1) : at);

const median = (lengths: readonly Length[]): number =>
  lengths.map(({ lines }) => lines).toSorted((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;

function show(title: string, lengths: readonly Length[]): void {
  console.log(`${title}: ${lengths.length}, median ${median(lengths)} lines; longest`);
  for (const { name, lines } of lengths.toSorted((a, b) => b.lines - a.lines).slice(0, 5)) {
    console.log(`  ${String(lines).padStart(4)}  ${name}`);
  }
}

const sources = globSync('{harness,personas,agent,metrics,reports,bin}/**/*.{ts,js}', {
  exclude: (name) => name.includes('.observablehq'),
}).map((path) => ({ path, lines: readFileSync(path, 'utf8').trimEnd().split('\n') }));

show(
  'files',
  sources.map(({ path, lines }) => ({ name: path, lines: lines.length })),
);
show(
  'functions',
  sources.flatMap(({ path, lines }) => functionsOf(path, lines)),
);
