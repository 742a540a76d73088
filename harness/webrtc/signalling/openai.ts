import { ask } from '../http.ts';
import { answerIn, refusal, withToken, type Order, type Placed, type Signalling } from './signalling.ts';

/**
 * OpenAI's Realtime calls (`POST /v1/realtime/calls`): the offer as it is, the answer as it is, events as JSON on a data
 * channel of a fixed name. What the session is like was settled when its client secret was made, which is the token.
 */
const openai: Signalling = { channel: 'oai-events', needsChannel: true, place };

export default openai;

async function place({ url, offer, headers, token, ca, signal }: Order): Promise<Placed> {
  const proven = { ...withToken(headers, token), 'content-type': 'application/sdp', accept: 'application/sdp' };
  const reply = await ask({ method: 'POST', url, headers: proven, body: offer, signal, ca });
  if (reply.status !== 200 && reply.status !== 201) throw refusal(reply);
  const { location } = reply.headers;
  return {
    answer: answerIn(reply.body, reply.url),
    id: location?.split('/').at(-1),
    hangUp: () => Promise.resolve(),
  };
}
