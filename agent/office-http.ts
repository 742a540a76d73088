import { CallFault } from '../harness/model/errors.ts';
import type { OfficeDoor, OfficeReply, OfficeRequest } from '../harness/model/office.ts';

const isReply = (value: unknown): value is OfficeReply =>
  typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string';

/**
 * The office at `url`, for the call `callId`: POST of an OfficeRequest as JSON, the call in X-Hangup-Call.
 * A refusal is an answer; an office that cannot be reached or talks nonsense is a CallFault.
 */
export const officeAt = (url: string, callId: string, signal: AbortSignal): OfficeDoor => ({
  ask: async (request: OfficeRequest): Promise<OfficeReply> => {
    const headers = { 'content-type': 'application/json', 'x-hangup-call': callId };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(request), signal });
    const reply: unknown = await response.json().catch(() => undefined);
    if (isReply(reply)) return reply;
    throw new CallFault(
      'office',
      `the office at ${url} answered ${response.status} without a reply to "${request.kind}"`,
    );
  },
});
