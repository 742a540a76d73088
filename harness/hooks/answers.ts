import { z } from 'zod';
import { CallFault } from '../model/errors.ts';
import type { BeforeAnswer, CheckAnswer } from '../model/hooks.ts';

const facts = z.record(z.string(), z.string());
const commitment = z.strictObject({
  action: z.string().min(1),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});

const beforeAnswer = z.strictObject({ address: z.string().min(1).optional() }).nullish();

const checkAnswer = z.strictObject({
  committed: z.union([z.null(), commitment, z.array(commitment)]),
  handedTo: z.string().min(1).optional(),
  packet: z
    .object({
      facts,
      desk: z.string().optional(),
      intent: z.string().optional(),
      reason: z.string().optional(),
      done: z.array(z.string()).optional(),
      pending: z.array(z.string()).optional(),
    })
    .optional(),
});

const BEFORE_EXAMPLE = "nothing, or { address: 'sip:agent@host' }";
const CHECK_EXAMPLE = "{ committed: { action: 'book', values: { day: 'tuesday' } } }, or { committed: null }";

/** A `before` hook's answer. Throws CallFault, one sentence, for anything else. */
export const readBefore = (answer: unknown, who: string): BeforeAnswer =>
  (read(beforeAnswer, answer, who, BEFORE_EXAMPLE) ?? {}) as BeforeAnswer;

/** A `check` hook's answer. Throws CallFault, one sentence, for anything else. */
export const readCheck = (answer: unknown, who: string): CheckAnswer =>
  read(checkAnswer, answer, who, CHECK_EXAMPLE) as CheckAnswer;

function read<T>(shape: z.ZodType<T>, answer: unknown, who: string, example: string): T {
  const parsed = shape.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  throw new CallFault(
    'hook-failed',
    `${who} gave an answer of the wrong shape (${where}${issue?.message ?? 'not understood'}); it must answer ${example}`,
  );
}
