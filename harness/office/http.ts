import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressOf, bodyOf, close, listen, Refusal } from './door.ts';
import type { ListenAt } from './door.ts';
import type { Office } from './office.ts';
import { readRequest } from './request.ts';

/** Largest body taken, bytes. */
const MOST_BYTES = 64 * 1024;

/** The office's door for agents in other processes. */
export interface OfficeServer {
  /** Where to POST, e.g. `http://127.0.0.1:40211/office`. */
  readonly url: string;
  /** Requests that were taken, of calls of any agent. */
  asked(): number;
  close(): Promise<void>;
}

/**
 * Serves `POST /office` (an OfficeRequest as JSON, the call in `X-Hangup-Call`), on a free port of 127.0.0.1 unless told
 * where. Throws UsageError where nobody can listen.
 */
export async function serveOffice(
  office: Office,
  at: ListenAt = { host: '127.0.0.1', port: 0 },
): Promise<OfficeServer> {
  let asked = 0;
  const server = createServer((request, response) => {
    void reply(office, request).then(
      (answer) => {
        asked += 1;
        send(response, 200, answer);
      },
      (error: unknown) => {
        const status = error instanceof Refusal ? error.status : 500;
        send(response, status, { kind: 'refused', why: error instanceof Error ? error.message : String(error) });
      },
    );
  });
  await listen(server, at, 'office');
  return { url: `${addressOf(server, at)}/office`, asked: () => asked, close: () => close(server) };
}

async function reply(office: Office, request: IncomingMessage): Promise<unknown> {
  if (request.url !== '/office') throw new Refusal(404, 'there is only /office here');
  if (request.method !== 'POST') throw new Refusal(405, 'the office takes POST only');
  const call = request.headers['x-hangup-call'];
  if (typeof call !== 'string' || call === '') throw new Refusal(400, 'the header X-Hangup-Call must name the call');
  const asked = readRequest(parsed((await bodyOf(request, MOST_BYTES)).toString('utf8')));
  if (typeof asked === 'string') throw new Refusal(400, asked);
  return office.door(call).ask(asked);
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
