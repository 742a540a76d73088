import { realClock } from '../../harness/clock/real.ts';
import { within } from '../../harness/clock/within.ts';
import { after } from '../../harness/model/time.ts';
import type { Clock, Ms } from '../../harness/model/time.ts';
import { Clauses } from './clauses.ts';
import { ModelTrouble } from './model.ts';
import type { ChatMessage, ChatModel, NamedUse, Piece } from './model.ts';

/** How long a model is waited for, ms. Limits are those of the outside world: virtual time stands still meanwhile. */
export interface Patience {
  /** She is told that it takes a moment. */
  readonly soonMs: Ms;
  /** The first piece of an answer is there, or it is none. */
  readonly firstMs: Ms;
  /** So is the next one. */
  readonly stallMs: Ms;
  /** How often a model is asked for one answer, while not a word of it was said. */
  readonly tries: number;
  /** Before it is asked again; twice as long before the time after that. */
  readonly againMs: Ms;
}

export const usualPatience: Patience = {
  soonMs: 2000 as Ms,
  firstMs: 5000 as Ms,
  stallMs: 3000 as Ms,
  tries: 3,
  againMs: 200 as Ms,
};

/** An answer as it comes. */
export type Coming =
  /** Nothing yet. */
  | { readonly kind: 'wait' }
  /** Its first piece is there. */
  | { readonly kind: 'begins' }
  /** A clause is whole. */
  | { readonly kind: 'clause'; readonly text: string }
  /** All of it has come; what is to be done. */
  | { readonly kind: 'whole'; readonly uses: readonly NamedUse[] };

/** Whom to ask, and how. */
export interface Asking {
  readonly model: ChatModel;
  readonly clock: Clock;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

const outside = realClock();

/**
 * Asks a model, and asks again while not a clause of an answer was passed on: nothing is said twice. An empty answer is
 * asked for once more; then there is nothing to say. Rejects with ModelTrouble when the answer stays away or breaks off,
 * and once the signal is aborted.
 */
export async function* askModel(asking: Asking, chat: readonly ChatMessage[]): AsyncGenerator<Coming> {
  const { patience, clock, signal } = asking;
  for (let nth = 1; ; nth++) {
    let spoken = false;
    try {
      for await (const coming of askOnce(asking, chat)) {
        spoken ||= coming.kind === 'clause';
        const empty = coming.kind === 'whole' && coming.uses.length === 0 && !spoken;
        if (empty && nth === 1) break;
        yield coming;
        if (coming.kind === 'whole') return;
      }
    } catch (error) {
      const trouble = asTrouble(error);
      if (signal.aborted || spoken || !trouble.passing || nth >= patience.tries) throw trouble;
    }
    await clock.hold(outside.sleepUntil(after(outside.now(), patience.againMs * nth), signal));
  }
}

async function* askOnce(
  { model, clock, patience, signal }: Asking,
  chat: readonly ChatMessage[],
): AsyncGenerator<Coming> {
  const stop = new AbortController();
  const aborting = AbortSignal.any([signal, stop.signal]);
  const pieces = model.answer(chat, aborting)[Symbol.asyncIterator]();
  const next = (limit: Ms): Promise<IteratorResult<Piece>> => clock.hold(nextWithin(limit, pieces, aborting));
  const clauses = new Clauses();
  const uses: NamedUse[] = [];
  try {
    const first = next(patience.firstMs);
    const soon = await within(clock, patience.soonMs, first);
    if (!soon) yield { kind: 'wait' };
    let got = soon ?? (await first);
    yield { kind: 'begins' };
    while (got.done !== true) {
      if (got.value.kind === 'text') yield* asClauses(clauses.add(got.value.text));
      else uses.push({ id: got.value.id, use: got.value.use });
      got = await next(patience.stallMs);
    }
    yield* asClauses(clauses.end());
    yield { kind: 'whole', uses };
  } finally {
    stop.abort();
    // It ends by itself, and whatever it has to say about that is nobody's business.
    void pieces.return?.().catch(() => undefined);
  }
}

const asClauses = (texts: readonly string[]): readonly Coming[] => texts.map((text) => ({ kind: 'clause', text }));

async function nextWithin(
  limit: Ms,
  pieces: AsyncIterator<Piece>,
  signal: AbortSignal,
): Promise<IteratorResult<Piece>> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(new ModelTrouble('nobody waits for the answer any more', 'stays'));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    const got = await within(outside, limit, Promise.race([pieces.next(), aborted.promise]));
    if (got) return got;
    throw new ModelTrouble(`nothing came from the model for ${limit} ms`, 'may pass');
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

const asTrouble = (error: unknown): ModelTrouble =>
  error instanceof ModelTrouble
    ? error
    : new ModelTrouble(error instanceof Error ? error.message : String(error), 'may pass');
