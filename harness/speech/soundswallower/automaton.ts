import { readGrammar } from './jsgf.ts';
import type { Alternative, Expression, Grammar } from './jsgf.ts';

/** From one state to another, by a word or, without one, by nothing. `weight` is a probability. */
export interface Arc {
  readonly from: number;
  readonly to: number;
  readonly word: string | undefined;
  readonly weight: number;
}

/**
 * A grammar as a machine, in which no two states may be followed by the same. Empty arcs lead only into the end and to
 * where repetitions begin, and two never have to be taken in a row.
 */
export interface Automaton {
  readonly states: number;
  readonly start: number;
  readonly end: number;
  readonly arcs: readonly Arc[];
}

/**
 * Compiles JSGF. The engine's own compiler makes a state of every word and joins them by tens of thousands of empty
 * arcs, all of which it walks every 10 ms: these machines say the same with a tenth of both.
 * A choice shares its probability out; a repetition goes on as likely as it ends.
 */
export function compile(jsgf: string): Automaton {
  const draft = new Draft(readGrammar(jsgf));
  return merged(tightened(draft), draft);
}

interface Step {
  readonly to: number;
  readonly weight: number;
  /** Undefined for an empty step. */
  readonly word: string | undefined;
}

/** The machine as the grammar spells it, with empty steps wherever they are handy. */
class Draft {
  readonly grammar: Grammar;
  readonly steps: Step[][] = [];
  /** Where repetitions begin, and the end: the states that keep being reached by empty steps. */
  readonly hubs = new Set<number>();
  readonly start = this.#state();
  readonly end = this.#state();
  readonly #open: string[] = [];

  constructor(grammar: Grammar) {
    this.grammar = grammar;
    this.hubs.add(this.end);
    this.#expand({ kind: 'rule', name: grammar.start }, this.start, this.end);
  }

  #state(): number {
    return this.steps.push([]) - 1;
  }

  #step(from: number, to: number, weight: number, word?: string): number {
    this.steps[from]?.push({ to, weight, word });
    return to;
  }

  #expand(expression: Expression, from: number, to: number): void {
    switch (expression.kind) {
      case 'word':
        this.#step(from, to, 1, expression.word);
        return;
      case 'rule':
        return this.#rule(expression.name, from, to);
      case 'sequence':
        return this.#sequence(expression.of, from, to);
      case 'choice':
        return this.#choice(expression.of, from, to);
      case 'repeat':
        return this.#repeat(expression.of, expression.least, from, to);
    }
  }

  #rule(name: string, from: number, to: number): void {
    const body = this.grammar.rules.get(name);
    if (!body) throw new Error(`the rule <${name}> is used in a grammar and not defined`);
    if (this.#open.includes(name)) throw new Error(`the rule <${name}> refers to itself; write it with + or *`);
    this.#open.push(name);
    this.#expand(body, from, to);
    this.#open.pop();
  }

  #sequence(of: readonly Expression[], from: number, to: number): void {
    let at = from;
    for (const [index, item] of of.entries()) {
      const next = index === of.length - 1 ? to : this.#state();
      this.#expand(item, at, next);
      at = next;
    }
    if (of.length === 0) this.#step(from, to, 1);
  }

  #choice(of: readonly Alternative[], from: number, to: number): void {
    const sum = of.reduce((total, { weight }) => total + weight, 0) || 1;
    for (const { weight, of: way } of of) {
      if (way.kind === 'word') this.#step(from, to, weight / sum, way.word);
      else this.#expand(way, this.#step(from, this.#state(), weight / sum), to);
    }
  }

  #repeat(of: Expression, least: 0 | 1, from: number, to: number): void {
    const [body, end] = [this.#state(), this.#state()];
    this.hubs.add(body);
    this.#step(from, body, 0.5);
    if (least === 0) this.#step(from, to, 0.5);
    this.#expand(of, body, end);
    this.#step(end, body, 0.5);
    this.#step(end, to, least === 0 ? 0.5 : 1);
  }
}

type States = ReadonlyMap<number, readonly Step[]>;

/** Every state that a word or an empty step into a hub leads to, with its words and its hubs. */
function tightened(draft: Draft): States {
  const states = new Map<number, readonly Step[]>();
  const todo = [draft.start];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (states.has(at)) continue;
    const best = new Map<string, Step>();
    const offer = (step: Step): void => {
      const key = `${step.word ?? ''} ${step.to}`;
      if (step.weight > (best.get(key)?.weight ?? 0)) best.set(key, step);
    };
    for (const [place, so] of reach(draft, at, false)) {
      for (const step of draft.steps[place] ?? []) if (step.word) offer({ ...step, weight: so * step.weight });
    }
    for (const [to, weight] of reach(draft, at, true)) {
      if (to !== at && draft.hubs.has(to)) offer({ to, weight, word: undefined });
    }
    states.set(at, [...best.values()]);
    todo.push(...[...best.values()].map(({ to }) => to));
  }
  return states;
}

/** Every state reached from `from` without a word, by its likeliest way; `beyond` hubs or only up to them. */
function reach({ steps, hubs }: Draft, from: number, beyond: boolean): ReadonlyMap<number, number> {
  const found = new Map([[from, 1]]);
  const todo = [from];
  for (let next = 0; next < todo.length; next++) {
    const at = todo[next] ?? from;
    for (const { to, weight, word } of steps[at] ?? []) {
      const so = (found.get(at) ?? 0) * weight;
      if (word !== undefined || so <= (found.get(to) ?? 0) || (!beyond && hubs.has(to))) continue;
      found.set(to, so);
      todo.push(to);
    }
  }
  return found;
}

/** States from which the same may follow, as likely, become one: Moore's partition refinement. */
function merged(states: States, { start, end }: Draft): Automaton {
  let classes = new Map([...states.keys()].map((state) => [state, 0]));
  for (let count = 0; ;) {
    const names = new Map<string, number>();
    const next = new Map<number, number>();
    for (const [state, steps] of states) {
      const name = state === end ? 'end' : [...after(steps, classes).keys()].sort().join('|');
      const known = names.get(name) ?? names.size;
      names.set(name, known);
      next.set(state, known);
    }
    classes = next;
    if (names.size === count) break;
    count = names.size;
  }
  const of = (state: number): number => classes.get(state) ?? 0;
  const shown = new Map([...states].map(([state, steps]) => [of(state), steps]));
  const arcs = [...shown].flatMap(([from, steps]) =>
    [...after(steps, classes).values()].map((arc) => ({ ...arc, from })),
  );
  return { states: shown.size, start: of(start), end: of(end), arcs };
}

/** Steps between classes, each once. */
const after = (steps: readonly Step[], classes: ReadonlyMap<number, number>): ReadonlyMap<string, Step> =>
  new Map(
    steps.map(({ word, to, weight }) => {
      const so = classes.get(to) ?? 0;
      return [`${word ?? ''} ${so} ${weight.toPrecision(6)}`, { word, to: so, weight }];
    }),
  );
