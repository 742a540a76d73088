import type { DtmfKey } from '../../harness/model/line.ts';

/** The version of RTVI that is spoken. */
export const VERSION = '2.1.0';

/** What every message of RTVI bears. */
const LABEL = 'rtvi-ai';

/** What is said to a client, before it has its envelope. */
export interface RtviMessage {
  readonly type: string;
  readonly data?: object;
}

/** What a client says to us, as far as it concerns a call. */
export type FromClient =
  | { readonly kind: 'ready'; readonly id: string }
  | { readonly kind: 'keys'; readonly keys: readonly DtmfKey[] }
  | { readonly kind: 'leaves' };

/** `message` as it goes over a data channel. */
export const written = ({ type, data }: RtviMessage, id: string): string =>
  JSON.stringify({ label: LABEL, type, id, ...(data && { data }) });

/** What `text` from a data channel says to us in RTVI; undefined for everything else, and for what no agent on a call does. */
export function fromClient(text: string): FromClient | undefined {
  const { label, type, id, data } = objectIn(text);
  if (label !== LABEL) return undefined;
  if (type === 'client-ready') return { kind: 'ready', id: String(id ?? '') };
  if (type === 'disconnect-bot') return { kind: 'leaves' };
  if (type !== 'dtmf') return undefined;
  const { buttons } = (data ?? {}) as { readonly buttons?: unknown };
  return { kind: 'keys', keys: (Array.isArray(buttons) ? buttons : []).filter(isKey) };
}

const isKey = (button: unknown): button is DtmfKey => typeof button === 'string' && /^[0-9*#]$/.test(button);

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
