import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { addressOf, bodyOf, close, listen, Refusal } from '../door.ts';
import type { ListenAt } from '../door.ts';
import { readTraces } from './read.ts';
import type { BodyType } from './read.ts';
import { encodeStatus } from './schema.ts';
import type { OtlpSpan } from './span.ts';

/** Largest body taken, and largest it may become unpacked, bytes. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_UNPACKED = 32 * 1024 * 1024;

/** What OTLP exporters post to. Logs and metrics are taken, so that nobody's exporter complains, and not read. */
const PATHS = ['/v1/traces', '/v1/logs', '/v1/metrics'];

/** A place that takes spans. */
export interface OtlpServer {
  /** What an agent sets OTEL_EXPORTER_OTLP_ENDPOINT to, e.g. `http://127.0.0.1:4318`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves OTLP over HTTP (protobuf and JSON, plain or gzip) and gives every span to `take`. Throws UsageError where nobody can listen. */
export async function serveOtlp(at: ListenAt, take: (spans: readonly OtlpSpan[]) => void): Promise<OtlpServer> {
  const server = createServer((request, response) => {
    const type = typeOf(request);
    void answer(request, type, take).then(
      // An empty ExportTraceServiceResponse: everything was taken.
      () => response.writeHead(200, { 'content-type': type }).end(type === 'application/json' ? '{}' : ''),
      (error: unknown) => {
        const status = error instanceof Refusal ? error.status : 500;
        const message = error instanceof Error ? error.message : String(error);
        const body = type === 'application/json' ? JSON.stringify({ message }) : encodeStatus(message);
        // A request that was refused may still be sending: it is not worth reading on.
        response.writeHead(status, { 'content-type': type, connection: 'close' }).end(body);
      },
    );
  });
  await listen(server, at, 'OTLP receiver');
  return { url: addressOf(server, at), close: () => close(server) };
}

const typeOf = ({ headers }: IncomingMessage): BodyType =>
  /^application\/json\b/i.test(headers['content-type'] ?? '') ? 'application/json' : 'application/x-protobuf';

async function answer(
  request: IncomingMessage,
  type: BodyType,
  take: (spans: readonly OtlpSpan[]) => void,
): Promise<void> {
  const path = request.url ?? '';
  if (!PATHS.includes(path)) throw new Refusal(404, `there are only ${PATHS.join(', ')} here`);
  if (request.method !== 'POST') throw new Refusal(405, 'OTLP is posted');
  const sent = request.headers['content-type'] ?? '';
  if (!/^application\/(?:json|x-protobuf)\b/i.test(sent)) {
    throw new Refusal(415, `the body is "${sent}"; OTLP is application/x-protobuf or application/json`);
  }
  const body = await unpacked(await bodyOf(request, MOST_BYTES), request.headers['content-encoding']);
  if (path === '/v1/traces') take(readTraces(body, type));
}

async function unpacked(body: Buffer, encoding = 'identity'): Promise<Buffer> {
  if (encoding === 'identity') return body;
  if (encoding !== 'gzip') throw new Refusal(415, `the body is packed by "${encoding}"; only gzip is unpacked here`);
  try {
    return await promisify(gunzip)(body, { maxOutputLength: MOST_UNPACKED });
  } catch {
    throw new Refusal(400, `the body is no gzip, or of more than ${MOST_UNPACKED} bytes unpacked`);
  }
}
