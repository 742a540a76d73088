import type { DeskTalk } from '../caller/desk.ts';
import type { Office } from '../office/office.ts';

/** The desks of one call, as its caller's mind hears of them. */
export const deskTalk = (office: Office, callId: string): DeskTalk => ({
  questions: office.questions(callId),
  told: (facts) => office.told(callId, facts),
});
