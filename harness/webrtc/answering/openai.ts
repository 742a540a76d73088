import type { Answering } from './answering.ts';

/**
 * The other end of `/v1/realtime/calls`: an offer as it is, or the part `sdp` of a form, is answered with 201, the answer
 * as it is, and the call's place. The part `session` is left to whoever answers, among the headers as `x-session`.
 */
const openai: Answering = (request, hall) => {
  const { method, rest, path, headers, body, reply } = request;
  if (rest !== '') return reply(404);
  if (method !== 'POST') return reply(405, { allow: 'POST' });
  const parts = partsOf(body, headers['content-type'] ?? '');
  if (!parts?.sdp.startsWith('v=0'))
    return reply(400, {}, 'this is no offer: neither application/sdp nor a form with a part sdp');
  const { sdp, session } = parts;
  hall.ring(request, {
    offer: sdp,
    headers: { ...headers, ...(session !== undefined && { 'x-session': session }) },
    answer: (id, answer) => reply(201, { 'content-type': 'application/sdp', location: `${path}/${id}` }, answer),
  });
};

export default openai;

interface Parts {
  readonly sdp: string;
  readonly session?: string;
}

/** What was posted, plain or as multipart/form-data (RFC 7578). */
function partsOf(body: string, type: string): Parts | undefined {
  if (/^application\/sdp\b/i.test(type)) return { sdp: body };
  const [, quoted, plain] = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return undefined;
  const parts = new Map<string, string>();
  for (const part of body.split(`--${boundary}`)) {
    const [, head = '', value = ''] = /^\r\n([\s\S]*?)\r\n\r\n([\s\S]*)\r\n$/.exec(part) ?? [];
    const name = /\bname="([^"]*)"/i.exec(head)?.[1];
    if (name !== undefined) parts.set(name, value);
  }
  const sdp = parts.get('sdp');
  const session = parts.get('session');
  return sdp === undefined ? undefined : { sdp, ...(session !== undefined && { session }) };
}
