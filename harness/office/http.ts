import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Office } from './office.ts';
import { readRequest } from './request.ts';

/** Largest body taken, bytes. */
const MOST_BYTES = 64 * 1024;

/** The office's door for agents in other processes. */
export interface OfficeServer {
  /** Where to POST, e.g. `http://127.0.0.1:40211/office`. */
  readonly url: string;
  close(): Promise<void>;
}

/** A request that cannot be answered, and the sentence that says why. */
class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Serves `POST /office` (an OfficeRequest as JSON, the call in `X-Hangup-Call`) on a free port of 127.0.0.1. */
export async function serveOffice(office: Office): Promise<OfficeServer> {
  const server = createServer((request, response) => {
    void reply(office, request).then(
      (answer) => send(response, 200, answer),
      (error: unknown) => {
        const status = error instanceof Refusal ? error.status : 500;
        send(response, status, { kind: 'refused', why: error instanceof Error ? error.message : String(error) });
      },
    );
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/office`, close: () => close(server) };
}

async function reply(office: Office, request: IncomingMessage): Promise<unknown> {
  if (request.url !== '/office') throw new Refusal(404, 'there is only /office here');
  if (request.method !== 'POST') throw new Refusal(405, 'the office takes POST only');
  const call = request.headers['x-hangup-call'];
  if (typeof call !== 'string' || call === '') throw new Refusal(400, 'the header X-Hangup-Call must name the call');
  const asked = readRequest(parsed(await bodyOf(request)));
  if (typeof asked === 'string') throw new Refusal(400, asked);
  return office.door(call).ask(asked);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > MOST_BYTES) throw new Refusal(413, `the body is longer than ${MOST_BYTES} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'the body is not JSON');
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return;
  // A request that was refused may still be sending: it is not worth reading on.
  const headers = { 'content-type': 'application/json', ...(status === 200 ? {} : { connection: 'close' }) };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

const listen = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
