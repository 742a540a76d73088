import type { Chance } from '../../harness/model/seed.ts';

/** Named patterns: words, `(a|b)` one of, `[a]` half the time, `<name>` another rule. */
export type Rules = Readonly<Record<string, string>>;

/** One random sentence of `rule`. Throws on a rule that is not there or a bracket that is not closed. */
export function sentenceOf(rules: Rules, rule: string, dice: Chance): string {
  const pattern = rules[rule];
  if (pattern === undefined) throw new Error(`train/language has no rule <${rule}>`);
  const reader = { tokens: pattern.match(/<[^>]*>|[()[\]|]|[^\s()[\]|<>]+/g) ?? [], at: 0 };
  const words = alternatives(reader, rules, dice);
  if (reader.at < reader.tokens.length) throw new Error(`rule <${rule}> has a bracket too many`);
  return words;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

// Every branch is expanded and one is kept: the tokens are walked once, whatever the dice say.
function alternatives(reader: Reader, rules: Rules, dice: Chance): string {
  const branches = [sequence(reader, rules, dice)];
  while (reader.tokens[reader.at] === '|') {
    reader.at++;
    branches.push(sequence(reader, rules, dice));
  }
  const chosen = dice.pick(branches);
  return chosen();
}

function sequence(reader: Reader, rules: Rules, dice: Chance): () => string {
  const parts: (() => string)[] = [];
  for (;;) {
    const token = reader.tokens[reader.at];
    if (token === undefined || token === '|' || token === ')' || token === ']') break;
    parts.push(part(reader, rules, dice));
  }
  return () =>
    parts
      .map((say) => say())
      .filter((words) => words !== '')
      .join(' ');
}

function part(reader: Reader, rules: Rules, dice: Chance): () => string {
  const token = reader.tokens[reader.at++] ?? '';
  if (token === '(' || token === '[') {
    const words = alternatives(reader, rules, dice);
    if (reader.tokens[reader.at++] !== (token === '(' ? ')' : ']')) throw new Error(`unclosed ${token} in a rule`);
    return token === '(' ? () => words : () => (dice.next() < 0.5 ? words : '');
  }
  if (token.startsWith('<')) return () => sentenceOf(rules, token.slice(1, -1), dice);
  return () => token;
}
