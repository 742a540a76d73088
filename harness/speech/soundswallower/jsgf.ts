/** What a grammar allows: a word, a choice, a sequence, or a repetition. */
export type Expression =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'choice'; readonly of: readonly Alternative[] }
  | { readonly kind: 'sequence'; readonly of: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly of: Expression; readonly least: 0 | 1 };

/** One way of a choice. Weights count relative to those of its neighbours. */
export interface Alternative {
  readonly weight: number;
  readonly of: Expression;
}

/** A grammar read: its rules by name, and the public one. */
export interface Grammar {
  readonly rules: ReadonlyMap<string, Expression>;
  readonly start: string;
}

const TOKEN = /<[^>]+>|\/[\d.eE+-]+\/|[|()[\]*+]|[^\s|()[\]*+]+/g;
const NOTHING: Expression = { kind: 'sequence', of: [] };

/**
 * Reads JSGF (the JSpeech Grammar Format, W3C note of June 2000) without imports and tags.
 * Throws an Error that names what it cannot read.
 */
export function readGrammar(jsgf: string): Grammar {
  const body = jsgf
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ')
    .replaceAll(/#JSGF[^;]*;|\bgrammar\s[^;]*;|\{[^}]*\}/g, ' ');
  const rules = new Map<string, Expression>();
  let start: string | undefined;
  for (const statement of body.split(';').map((text) => text.trim())) {
    if (statement === '') continue;
    const [, open, name, definition] = /^(public\s+)?<([^>]+)>\s*=([\s\S]*)$/.exec(statement) ?? [];
    if (name === undefined || definition === undefined) throw new Error(`no rule of a grammar: "${statement}"`);
    if (open !== undefined) start ??= name;
    rules.set(name, new Reader(definition.match(TOKEN) ?? [], name).whole());
  }
  if (start === undefined) throw new Error('a grammar needs a public rule');
  return { rules, start };
}

/** Reads one rule's definition, token by token. */
class Reader {
  readonly #tokens: readonly string[];
  readonly #name: string;
  #at = 0;

  constructor(tokens: readonly string[], name: string) {
    this.#tokens = tokens;
    this.#name = name;
  }

  whole(): Expression {
    const found = this.#choice();
    if (this.#at < this.#tokens.length) throw this.#odd();
    return found;
  }

  #choice(): Expression {
    const of = [this.#alternative()];
    while (this.#take('|')) of.push(this.#alternative());
    return of.length === 1 && of[0] ? of[0].of : { kind: 'choice', of };
  }

  #alternative(): Alternative {
    const weight = /^\/(.+)\/$/.exec(this.#tokens[this.#at] ?? '')?.[1];
    if (weight !== undefined) this.#at++;
    const of: Expression[] = [];
    while (this.#at < this.#tokens.length && !/^[|)\]]$/.test(this.#tokens[this.#at] ?? '')) of.push(this.#item());
    return { weight: Number(weight ?? 1), of: of.length === 1 && of[0] ? of[0] : { kind: 'sequence', of } };
  }

  #item(): Expression {
    let item = this.#atom();
    for (;;) {
      if (this.#take('+')) item = { kind: 'repeat', of: item, least: 1 };
      else if (this.#take('*')) item = { kind: 'repeat', of: item, least: 0 };
      else return item;
    }
  }

  #atom(): Expression {
    if (this.#take('(')) return this.#until(')');
    if (this.#take('[')) {
      const item = this.#until(']');
      const ways = [item, NOTHING].map((of) => ({ weight: 1, of }));
      return { kind: 'choice', of: ways };
    }
    const token = this.#tokens[this.#at];
    if (token === undefined || /^[/+*]/.test(token)) throw this.#odd();
    this.#at++;
    const rule = /^<(.+)>$/.exec(token)?.[1];
    if (rule === 'NULL') return NOTHING;
    return rule === undefined ? { kind: 'word', word: token } : { kind: 'rule', name: rule };
  }

  #until(end: string): Expression {
    const inside = this.#choice();
    if (!this.#take(end)) throw this.#odd();
    return inside;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #odd(): Error {
    return new Error(`the rule <${this.#name}> cannot be read at "${this.#tokens[this.#at] ?? 'its end'}"`);
  }
}
