import type { IncomingMessage, Server } from 'node:http';
import { UsageError } from '../model/errors.ts';

/** An address to listen at; port 0 is a free one. */
export interface ListenAt {
  readonly host: string;
  readonly port: number;
}

/** A request that cannot be answered, and the sentence that says why. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** All of a request's body, of at most `most` bytes. Rejects with a Refusal. */
export async function bodyOf(request: IncomingMessage, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > most) throw new Refusal(413, `the body is longer than ${most} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Listens; `whose` says for whom, after "the". Rejects with UsageError where nobody can. */
export const listen = (server: Server, { host, port }: ListenAt, whose: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) =>
      reject(
        new UsageError(
          `the ${whose} cannot listen at ${host}:${port} (${code ?? message}); name another address, or port 0`,
        ),
      ),
    );
    server.listen(port, host, resolve);
  });

/** Where a listening server is found, e.g. `http://127.0.0.1:40211`. */
export function addressOf(server: Server, { host }: ListenAt): string {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
