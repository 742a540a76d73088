import type { Candidate } from '../mail.ts';
import { ask } from '../http.ts';
import { objectIn } from '../json.ts';
import {
  answerIn,
  placeOf,
  refusal,
  Refused,
  withToken,
  type Order,
  type Placed,
  type Signalling,
} from './signalling.ts';

/**
 * Pipecat's SmallWebRTC: offer and answer as JSON at `/api/offer`. There is no goodbye but the end of the connection. The
 * server takes a caller for gone who has not said `ping` for three seconds.
 */
const pipecat: Signalling = {
  channel: 'rtvi-ai',
  needsChannel: true,
  ping: (count) => `ping: ${count}`,
  place,
};

export default pipecat;

async function place({ url, offer, headers, token, ca, signal }: Order): Promise<Placed> {
  const proven = { ...withToken(headers, token), 'content-type': 'application/json' };
  const body = JSON.stringify({ sdp: offer, type: 'offer', request_data: headers });
  const reply = await ask({ method: 'POST', url, headers: proven, body, signal, ca });
  if (reply.status !== 200 && reply.status !== 201) throw refusal(reply);
  const { sdp, pc_id: id } = objectIn(reply.body) ?? {};
  const answer = answerIn(sdp, reply.url);
  if (typeof id !== 'string') throw new Refused(0, `${placeOf(url)} answered the offer, but gave it no pc_id`);
  return {
    answer,
    id,
    trickle: async (candidate) => {
      const told = JSON.stringify({ pc_id: id, candidates: [inTheirWords(candidate)] });
      await ask({ method: 'PATCH', url: reply.url, headers: proven, body: told, ca });
    },
    hangUp: () => Promise.resolve(),
  };
}

const inTheirWords = ({ candidate, mid }: Candidate): object => ({
  candidate,
  sdp_mid: mid,
  sdp_mline_index: 0,
});
