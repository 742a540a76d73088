import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { ApiError, badRequest } from '../errors.ts';
import type { Backend } from '../exchange.ts';
import { demandModel, MODELS } from '../models.ts';
import { obey, refusal } from './events.ts';
import { Session } from './session.ts';

/** A client may send a recording at once; more than this is none, bytes. */
const LONGEST = 16 * 1024 * 1024;

/** Takes Realtime sessions at `/v1/realtime` of `server`. Returns what ends them all. */
export function serveRealtime(
  server: Server,
  backend: Backend,
  demandKey: (request: IncomingMessage) => void,
): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LONGEST });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    try {
      const model = modelIn(request, demandKey);
      sockets.handleUpgrade(request, socket, head, (opened) => hold(opened, model, backend));
    } catch (error) {
      // A client that is gone by then must not take the server with it.
      socket.on('error', () => socket.destroy());
      const { status, body } = error instanceof ApiError ? error : badRequest('The request is not valid');
      const json = JSON.stringify({ error: body });
      const head = `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nConnection: close`;
      socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
    }
  });
  return () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  };
}

/** The model asked for. Throws ApiError for another address, a request without a key, or one for no conversation. */
function modelIn(request: IncomingMessage, demandKey: (request: IncomingMessage) => void): string {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname !== '/v1/realtime') throw new ApiError(404, 'unknown_url', `Invalid URL (GET ${pathname})`);
  demandKey(request);
  const model = searchParams.get('model');
  if (model === null) throw badRequest(`Say which model, e.g. ?model=${MODELS.realtime}`, 'model');
  return model;
}

function hold(socket: WebSocket, model: string, backend: Backend): void {
  const send = (type: string, fields: object): void => {
    if (socket.readyState === socket.OPEN) {
      socket.send(JSON.stringify({ type, event_id: backend.newId('event'), ...fields }));
    }
  };
  socket.on('error', () => socket.terminate());
  try {
    demandModel(model, MODELS.realtime);
  } catch (error) {
    send('error', refusal(error, undefined));
    return socket.close(1008, 'model_not_found');
  }
  const session = new Session(backend, send);
  socket.on('close', () => session.close());
  // One event after the other: what a frame of sound leads to is sent before the next one is looked at.
  let last: Promise<void> = Promise.resolve();
  socket.on('message', (data) => {
    const since = backend.clock.now();
    last = last.then(() => take(session, String(data), since, backend, send));
  });
}

async function take(
  session: Session,
  text: string,
  since: ReturnType<Backend['clock']['now']>,
  backend: Backend,
  send: (type: string, fields: object) => void,
): Promise<void> {
  let event: unknown;
  try {
    event = parsed(text);
    await obey({ session, event, since, newId: () => backend.newId('item') });
  } catch (error) {
    if (!(error instanceof ApiError)) backend.trouble(error instanceof Error ? (error.stack ?? '') : String(error));
    send('error', refusal(error, event));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('We could not parse the JSON of your event');
  }
}
