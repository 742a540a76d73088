import { ask, type Reply } from '../http.ts';
import type { Candidate } from '../mail.ts';
import { answerIn, refusal, withToken, type Order, type Placed, type Signalling } from './signalling.ts';

/** WHIP (RFC 9725): the offer is posted as it is; what it made is ended by DELETE. Agents answer with audio of their own. */
const whip: Signalling = { channel: 'hangup', place };

export default whip;

async function place({ url, offer, headers, token, ca, signal }: Order): Promise<Placed> {
  const proven = withToken(headers, token);
  const reply = await ask({
    method: 'POST',
    url,
    headers: { ...proven, 'content-type': 'application/sdp', accept: 'application/sdp' },
    body: offer,
    signal,
    ca,
  });
  if (reply.status !== 201 && reply.status !== 200) throw refusal(reply);
  const answer = answerIn(reply.body, reply.url);
  const resource = resourceOf(reply);
  if (!resource) return { answer, id: undefined, hangUp: () => Promise.resolve() };
  const { etag } = reply.headers;
  return {
    answer,
    id: resource.pathname.split('/').at(-1),
    trickle: async (candidate) => {
      const type = {
        'content-type': 'application/trickle-ice-sdpfrag',
        ...(etag !== undefined && { 'if-match': etag }),
      };
      await ask({
        method: 'PATCH',
        url: resource,
        headers: { ...withToken({}, token), ...type },
        body: fragment(offer, candidate),
        ca,
      });
    },
    hangUp: async () => {
      await ask({ method: 'DELETE', url: resource, headers: withToken({}, token), body: '', ca });
    },
  };
}

/** Where the call it made can be ended, if it says. */
const resourceOf = ({ headers, url }: Reply): URL | undefined =>
  headers['location'] === undefined ? undefined : new URL(headers['location'], url);

/** A candidate as `application/trickle-ice-sdpfrag` (RFC 8840), for the description `sdp` it belongs to. */
export function fragment(sdp: string, { candidate, mid }: Candidate): string {
  const said = (name: string): string => new RegExp(`^a=${name}:.*$`, 'm').exec(sdp)?.[0].trim() ?? '';
  const lines = [said('ice-ufrag'), said('ice-pwd'), 'm=audio 9 UDP/TLS/RTP/SAVPF 0', `a=mid:${mid}`, `a=${candidate}`];
  return lines.map((line) => `${line}\r\n`).join('');
}
