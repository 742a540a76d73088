import type { Claim, ContextPacket, Identity, OfficeRequest } from '../model/office.ts';
import type { Facts } from '../model/plan.ts';

const ACTIONS = ['book', 'move', 'cancel', 'confirm', 'message'] as const;
const CLAIMS = ['stage', 'transcript', 'said', 'state'] as const;

type Loose = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFacts = (value: unknown): value is Facts =>
  isObject(value) && Object.values(value).every((one) => typeof one === 'string');

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** The request in a JSON document, or one sentence that says what is wrong with it. */
export function readRequest(body: unknown): OfficeRequest | string {
  if (!isObject(body)) return 'the body must be a JSON object with a field "kind"';
  switch (body['kind']) {
    case 'desks':
      return { kind: 'desks' };
    case 'free':
      return typeof body['day'] === 'string'
        ? { kind: 'free', day: body['day'] }
        : '"free" needs a "day" such as "tuesday"';
    case 'commit':
      return readCommit(body);
    case 'handoff':
      return readPacket(body['packet']);
    case 'claim':
      return readClaim(body['claim']);
    default:
      return `"kind" is ${JSON.stringify(body['kind'])}; it must be free, commit, handoff, desks or claim`;
  }
}

function readCommit(body: Loose): OfficeRequest | string {
  const action = ACTIONS.find((known) => known === body['action']);
  if (!action) return `"commit" needs an "action": one of ${ACTIONS.join(', ')}`;
  if (!isFacts(body['values'])) return '"commit" needs "values": an object of texts, e.g. {"day": "tuesday"}';
  return { kind: 'commit', action, values: body['values'] };
}

function readPacket(packet: unknown): OfficeRequest | string {
  if (!isObject(packet) || typeof packet['desk'] !== 'string') return '"handoff" needs a "packet" with a "desk"';
  if (!isFacts(packet['facts'])) return 'the packet needs "facts": an object of texts';
  const text = (field: string): string => (typeof packet[field] === 'string' ? packet[field] : '');
  const texts = (field: string): readonly string[] => (isTexts(packet[field]) ? packet[field] : []);
  const whole: ContextPacket = {
    desk: packet['desk'],
    intent: text('intent'),
    reason: text('reason'),
    facts: packet['facts'],
    done: texts('done'),
    pending: texts('pending'),
    ...readMore(packet),
  };
  return { kind: 'handoff', packet: whole };
}

const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((one) => one === value);

/** What an agent may leave out: taken where it is understood, and no reason to refuse the packet where it is not. */
function readMore(
  packet: Loose,
): Pick<ContextPacket, 'identity' | 'sentiment' | 'urgency' | 'language' | 'transcript'> {
  const { language, transcript } = packet;
  const identity = readIdentity(packet['identity']);
  const sentiment = oneOf(['calm', 'upset'] as const, packet['sentiment']);
  const urgency = oneOf(['normal', 'urgent'] as const, packet['urgency']);
  return {
    ...(identity ? { identity } : {}),
    ...(sentiment ? { sentiment } : {}),
    ...(urgency ? { urgency } : {}),
    ...(typeof language === 'string' ? { language } : {}),
    ...(typeof transcript === 'string' ? { transcript } : {}),
  };
}

function readIdentity(value: unknown): Identity | undefined {
  if (!isObject(value)) return undefined;
  const { name, phone } = value;
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof phone === 'string' ? { phone } : {}),
    verified: oneOf(['read-back', 'stated', 'unknown'] as const, value['verified']) ?? 'unknown',
  };
}

function readClaim(claim: unknown): OfficeRequest | string {
  const what = isObject(claim) ? CLAIMS.find((known) => known === claim['what']) : undefined;
  if (!isObject(claim) || !what) return `"claim" needs a "what": one of ${CLAIMS.join(', ')}`;
  const { name, text, startMs, endMs } = claim;
  if (typeof name !== 'string' || typeof startMs !== 'number' || typeof endMs !== 'number') {
    return 'a claim needs "name", "startMs" and "endMs"';
  }
  const whole: Claim = { what, name, startMs, endMs, ...(typeof text === 'string' ? { text } : {}) };
  return { kind: 'claim', claim: whole };
}
