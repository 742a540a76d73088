import { createSocket, type Socket } from 'node:dgram';
import { connect } from 'node:net';

/** A bare UDP peer on 127.0.0.1 that says exactly what it is told. */
export interface RawPeer {
  readonly port: number;
  send(text: string, port: number): void;
  /** Resolves with the next datagram that matches, looking at those already received first. */
  next(pattern: RegExp): Promise<string>;
  /** Whether a datagram that matches has arrived and was not yet asked for. */
  heard(pattern: RegExp): boolean;
  close(): void;
}

/** Opens a bare UDP peer; `answer` may reply to what arrives. */
export async function rawPeer(answer: (text: string) => string | undefined = () => undefined): Promise<RawPeer> {
  const socket: Socket = createSocket('udp4');
  const heard: string[] = [];
  const waiting: { readonly pattern: RegExp; readonly resolve: (text: string) => void }[] = [];
  socket.on('message', (bytes, from) => {
    const text = bytes.toString();
    const reply = answer(text);
    if (reply !== undefined) socket.send(reply, from.port, from.address);
    const waiter = waiting.findIndex(({ pattern }) => pattern.test(text));
    if (waiter >= 0) waiting.splice(waiter, 1)[0]?.resolve(text);
    else heard.push(text);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    port: socket.address().port,
    send: (text, port) => socket.send(text, port, '127.0.0.1'),
    next: (pattern) => {
      const index = heard.findIndex((text) => pattern.test(text));
      if (index >= 0) return Promise.resolve(heard.splice(index, 1)[0] ?? '');
      return new Promise((resolve) => waiting.push({ pattern, resolve }));
    },
    heard: (pattern) => heard.some((text) => pattern.test(text)),
    close: () => socket.close(),
  };
}

/** Sends bytes over TCP and hangs up. */
export const rawTcp = (text: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(text));
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.resume();
  });

/** An SDP body that offers PCMU on a port nobody listens on. */
export const sdp = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 40002 RTP/AVP 0',
  '',
].join('\r\n');

/** A well-formed request of a peer at `port`, to be bent by the test. */
export const request = (method: string, port: number, more: readonly string[] = [], body = ''): string =>
  [
    `${method} sip:agent@127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${method}${port};rport`,
    `From: <sip:raw@127.0.0.1:${port}>;tag=raw`,
    'To: <sip:agent@127.0.0.1>',
    `Call-ID: ${method}-${port}`,
    `CSeq: 1 ${method}`,
    `Contact: <sip:raw@127.0.0.1:${port}>`,
    'Max-Forwards: 70',
    ...more,
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');

/** The response to `asked`, with its Via, From, Call-ID and CSeq. */
export function responseTo(asked: string, status: string, more: readonly string[] = [], body = ''): string {
  const copied = ['Via', 'From', 'Call-ID', 'CSeq'].map(
    (name) => new RegExp(`^${name}: [^\\r\\n]*`, 'im').exec(asked)?.[0] ?? '',
  );
  const to = /^To: ([^\r\n]*)/im.exec(asked)?.[1] ?? '';
  const head = [`SIP/2.0 ${status}`, ...copied, `To: ${to};tag=there`, ...more];
  return [...head, `Content-Length: ${body.length}`, '', body].join('\r\n');
}
