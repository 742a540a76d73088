import { candidatesIn } from '../sdp.ts';
import type { Answering } from './answering.ts';

/** WHIP's other end (RFC 9725): POST makes a call, PATCH adds a candidate to it, DELETE ends it. */
const whip: Answering = (request, hall) => {
  const { method, rest, path, headers, body, reply } = request;
  if (rest !== '') {
    const call = hall.find(rest);
    if (!call) return reply(404);
    if (method === 'DELETE') call.hungUp();
    else if (method === 'PATCH' && restarts(body, call.offer)) return reply(422, {}, 'ICE cannot be restarted here');
    else if (method === 'PATCH') for (const candidate of candidatesIn(body)) call.candidate(candidate);
    else return reply(405, { allow: 'PATCH, DELETE' });
    return reply(method === 'PATCH' ? 204 : 200);
  }
  if (method !== 'POST') return reply(405, { allow: 'POST' });
  if (!/^application\/sdp\b/i.test(headers['content-type'] ?? ''))
    return reply(415, { 'accept-post': 'application/sdp' });
  hall.ring(request, {
    offer: body,
    headers,
    answer: (id, sdp) =>
      reply(201, { 'content-type': 'application/sdp', location: `${path}/${id}`, etag: `"${id}"` }, sdp),
  });
};

export default whip;

/** Whether a fragment begins ICE anew: with another name than the offer's (RFC 9725 4.3.3). */
function restarts(fragment: string, offer: string): boolean {
  const nameIn = (text: string): string | undefined => /^a=ice-ufrag:(.*)$/m.exec(text)?.[1]?.trim();
  const name = nameIn(fragment);
  return name !== undefined && name !== nameIn(offer);
}
