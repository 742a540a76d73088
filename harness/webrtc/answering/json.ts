import { objectIn } from '../json.ts';
import type { Answering } from './answering.ts';

/** The other end of offers as JSON: POST `{ sdp, type: 'offer' }`, answered in kind, with an id for the call. */
const json: Answering = (request, hall) => {
  const { method, rest, headers, body, reply } = request;
  if (rest !== '') return reply(404);
  if (method !== 'POST') return reply(405, { allow: 'POST' });
  const { sdp, type } = objectIn(body) ?? {};
  if (typeof sdp !== 'string' || type !== 'offer') return reply(400, {}, 'this is no { sdp, type: "offer" }');
  hall.ring(request, {
    offer: sdp,
    headers,
    answer: (id, answer) =>
      reply(200, { 'content-type': 'application/json' }, JSON.stringify({ sdp: answer, type: 'answer', id })),
  });
};

export default json;
