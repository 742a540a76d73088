import type { Candidate } from '../mail.ts';
import { objectIn, textsIn } from '../json.ts';
import type { Answering } from './answering.ts';

/** The other end of SmallWebRTC's `/api/offer`: POST makes a call, PATCH adds candidates to it. */
const pipecat: Answering = (request, hall) => {
  const { method, rest, headers, body, reply } = request;
  if (rest !== '') return reply(404);
  const said = objectIn(body);
  if (method !== 'POST' && method !== 'PATCH') return reply(405, { allow: 'POST, PATCH' });
  if (!said) return reply(400, {}, 'this is no JSON object');
  const { sdp, type, pc_id: id } = said;
  if (method === 'PATCH') {
    const call = hall.find(String(id));
    if (!call) return reply(404, {}, 'there is no peer connection of that pc_id');
    for (const candidate of candidatesIn(said['candidates'])) call.candidate(candidate);
    return reply(200, JSON_TYPE, '{"status":"success"}');
  }
  if (typeof sdp !== 'string' || type !== 'offer') return reply(400, {}, 'this is no { sdp, type: "offer" }');
  const call = typeof id === 'string' ? hall.find(id) : undefined;
  if (call && said['restart_pc'] !== true) {
    return reply(501, {}, 'a connection that stands is not negotiated anew here; begin another one');
  }
  call?.hungUp();
  hall.ring(request, {
    offer: sdp,
    headers: { ...headers, ...textsIn(said['request_data'] ?? said['requestData']) },
    answer: (pcId, answer) => reply(200, JSON_TYPE, JSON.stringify({ sdp: answer, type: 'answer', pc_id: pcId })),
  });
};

export default pipecat;

const JSON_TYPE = { 'content-type': 'application/json' };

function candidatesIn(value: unknown): readonly Candidate[] {
  return (Array.isArray(value) ? value : []).flatMap((each: unknown) => {
    const { candidate, sdp_mid: mid } = (each ?? {}) as { readonly candidate?: unknown; readonly sdp_mid?: unknown };
    // An empty one ends them.
    if (typeof candidate !== 'string' || candidate === '') return [];
    return [{ candidate, mid: typeof mid === 'string' ? mid : '0' }];
  });
}
