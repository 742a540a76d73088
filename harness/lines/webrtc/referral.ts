import type { TransferOutcome } from '../../model/line.ts';

/** Asks the other side to call `to`, on the data channel: what REFER is to SIP (RFC 3515). */
export interface ReferMessage {
  readonly type: 'hangup-refer';
  /** Names the asking, for its outcome. */
  readonly id: number;
  readonly to: string;
  readonly context?: string;
  /** The call there whose place is to be taken. */
  readonly replaces?: string;
}

/** How it went: what a final NOTIFY is to SIP. */
export interface ReferOutcomeMessage {
  readonly type: 'hangup-refer-outcome';
  readonly id: number;
  readonly status: number;
  readonly detail: string;
}

/** What `text` from the data channel says to us as a line; undefined for everything else. */
export function ourMessage(text: string): ReferMessage | ReferOutcomeMessage | undefined {
  if (!text.startsWith('{"type":"hangup-refer')) return undefined;
  try {
    const { type, id, to, context, replaces, status, detail } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (typeof id !== 'number') return undefined;
    if (type === 'hangup-refer' && typeof to === 'string') {
      return { type, id, to, ...(isText(context) && { context }), ...(isText(replaces) && { replaces }) };
    }
    if (type !== 'hangup-refer-outcome' || typeof status !== 'number') return undefined;
    return { type, id, status, detail: isText(detail) ? detail : '' };
  } catch {
    return undefined;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** The transfers one line has asked for and not heard of yet. */
export class Referrals {
  readonly #waiting = new Map<number, (outcome: TransferOutcome) => void>();
  #next = 1;

  /** `send` is handed the message; resolves with the outcome. */
  ask(about: Omit<ReferMessage, 'type' | 'id'>, send: (text: string) => void): Promise<TransferOutcome> {
    const id = this.#next++;
    const outcome = new Promise<TransferOutcome>((resolve) => this.#waiting.set(id, resolve));
    const message: ReferMessage = { type: 'hangup-refer', id, ...about };
    send(JSON.stringify(message));
    return outcome;
  }

  settle({ id, status, detail }: ReferOutcomeMessage): void {
    this.#waiting.get(id)?.({ accepted: status >= 200 && status < 300, status, detail });
    this.#waiting.delete(id);
  }

  /** The line is over: nobody will hear any more. */
  abandon(): void {
    for (const resolve of this.#waiting.values()) {
      resolve({ accepted: false, status: 408, detail: 'the call was over before it was heard how the transfer went' });
    }
    this.#waiting.clear();
  }
}
