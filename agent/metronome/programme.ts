import { UsageError } from '../../harness/model/errors.ts';
import type { MetronomeAct, MetronomeProgramme, MetronomeSound } from '../../harness/model/metronome.ts';

/** The header that carries a programme, as base64url of its JSON. */
export const PROGRAMME_HEADER = 'x-metronome';

type Loose<T> = { readonly [Key in keyof T]?: unknown };

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isTime = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;

function isSound(value: unknown): value is MetronomeSound {
  if (!isObject(value)) return false;
  const { kind, lengthMs, risesMs, text, voice } = value as Record<string, unknown>;
  if (kind === 'vowel') return isTime(lengthMs) && isTime(risesMs);
  return kind === 'speech' && typeof text === 'string' && text !== '' && isObject(voice);
}

function isAct(value: unknown): value is MetronomeAct {
  if (!isObject(value)) return false;
  const { chirps, replyMs, leadMs, sound, stop, inPause } = value as Loose<MetronomeAct>;
  const stops = stop === undefined || (isObject(stop) && isTime((stop as Loose<{ afterMs: number }>).afterMs));
  const pauses = inPause === undefined || (isObject(inPause) && isSound((inPause as Record<string, unknown>)['sound']));
  return (chirps === 1 || chirps === 2) && isTime(replyMs) && isTime(leadMs) && isSound(sound) && stops && pauses;
}

function isProgramme(value: unknown): value is MetronomeProgramme {
  if (!isObject(value)) return false;
  const { acts, sender, jitterMs, loss } = value as Loose<MetronomeProgramme>;
  const acted = Array.isArray(acts) && acts.length > 0 && acts.every(isAct);
  return acted && isObject(sender) && isTime(jitterMs) && isTime(loss);
}

/** What it does for a caller who brings no programme: it sings for a while after whatever she says, and stops when she speaks. */
const UNASKED: MetronomeProgramme = {
  acts: [
    {
      chirps: 1,
      replyMs: 600,
      leadMs: 0,
      sound: { kind: 'vowel', lengthMs: 1500, risesMs: 0 },
      stop: { afterMs: 200, fadeMs: 0 },
    },
  ],
  floorDb: -65,
  sender: {},
  jitterMs: 0,
  loss: 0,
};

/** The programme in a call's headers, or the one for callers who bring none. Throws UsageError when it is not one. */
export function programmeOf(headers: Readonly<Record<string, string>>): MetronomeProgramme {
  const header = headers[PROGRAMME_HEADER];
  if (header === undefined) return UNASKED;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  } catch {
    throw new UsageError('the X-Metronome header is not JSON in base64url; send the call’s metronome programme');
  }
  if (isProgramme(value)) return value;
  throw new UsageError('the X-Metronome header needs acts (chirps, replyMs, leadMs, sound), sender, jitterMs and loss');
}
