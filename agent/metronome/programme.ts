import { UsageError } from '../../harness/model/errors.ts';
import type { MetronomeProgramme } from '../../harness/model/plan.ts';

/** The header that carries a programme, as base64url of its JSON. */
export const PROGRAMME_HEADER = 'x-metronome';

const isTimes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length > 0 && value.every((time) => typeof time === 'number' && Number.isFinite(time));

function isProgramme(value: unknown): value is MetronomeProgramme {
  if (typeof value !== 'object' || value === null) return false;
  const { replyMs, stopMs, replyLengthMs } = value as Record<string, unknown>;
  return isTimes(replyMs) && isTimes(stopMs) && typeof replyLengthMs === 'number' && replyLengthMs > 0;
}

/** The programme in a call's headers. Throws UsageError when there is none, or it is not one. */
export function programmeOf(headers: Readonly<Record<string, string>>): MetronomeProgramme {
  const header = headers[PROGRAMME_HEADER];
  if (header === undefined)
    throw new UsageError('a call to the metronome needs its programme in an X-Metronome header');
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  } catch {
    throw new UsageError('the X-Metronome header is not JSON in base64url; send the plan’s metronome programme');
  }
  if (isProgramme(value)) return value;
  throw new UsageError('the X-Metronome header needs replyMs, stopMs (lists of ms) and replyLengthMs');
}
