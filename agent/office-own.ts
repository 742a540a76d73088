import type { OfficeDoor, OfficeReply, OfficeRequest } from '../harness/model/office.ts';

const free = ['09:30', '11:00', '14:00', '15:30'];

/** What such an office answers. */
export function ownReply(request: OfficeRequest): OfficeReply {
  if (request.kind === 'free') return { kind: 'free', times: free };
  // Nobody to hand over to: the agent takes a message.
  return request.kind === 'desks' ? { kind: 'desks', desks: {} } : { kind: 'done', id: 'own' };
}

/** An office of the agent's own, for when it is started without one: everything is free, nothing is kept. */
export const ownOffice: OfficeDoor = { ask: async (request) => ownReply(request) };
