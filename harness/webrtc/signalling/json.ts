import { ask } from '../http.ts';
import { objectIn } from '../json.ts';
import { answerIn, refusal, withToken, type Order, type Placed, type Signalling } from './signalling.ts';

/** Offer and answer as the JSON that a browser's RTCSessionDescription is: `{ sdp, type }` there and back. */
const json: Signalling = { channel: 'hangup', place };

export default json;

async function place({ url, offer, headers, token, ca, signal }: Order): Promise<Placed> {
  const proven = { ...withToken(headers, token), 'content-type': 'application/json' };
  const body = JSON.stringify({ sdp: offer, type: 'offer' });
  const reply = await ask({ method: 'POST', url, headers: proven, body, signal, ca });
  if (reply.status !== 200 && reply.status !== 201) throw refusal(reply);
  const { sdp, id } = objectIn(reply.body) ?? {};
  return {
    answer: answerIn(sdp, reply.url),
    id: typeof id === 'string' ? id : undefined,
    hangUp: () => Promise.resolve(),
  };
}
