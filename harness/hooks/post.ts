import { CallFault } from '../model/errors.ts';
import { unixTime } from '../clock/wall.ts';
import { SIGNATURE, signatureOf, TIMESTAMP } from './signature.ts';

/** Largest answer taken, bytes. */
const MOST_BYTES = 256 * 1024;

const failed = (sentence: string): CallFault => new CallFault('hook-failed', sentence);

/**
 * Posts a call to a hook's URL, signed, and gives the JSON it answers; undefined for an empty answer. Redirects are not
 * followed: the signature is for whoever was named. Throws CallFault, one sentence that names `who`.
 */
export async function post(
  url: string,
  call: object,
  secret: string,
  who: string,
  signal: AbortSignal,
): Promise<unknown> {
  const body = JSON.stringify(call);
  const timestamp = String(unixTime());
  const headers = {
    'content-type': 'application/json',
    [TIMESTAMP]: timestamp,
    [SIGNATURE]: signatureOf(secret, timestamp, body),
  };
  const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal }).catch(
    (error: unknown) => {
      throw failed(`${who} could not be reached: ${causeOf(error)}`);
    },
  );
  if (!response.ok) {
    await response.body?.cancel().catch(() => undefined);
    throw failed(`${who} answered ${response.status}${hint(response.status)}`);
  }
  return parsed(await textOf(response, who), who);
}

function hint(status: number): string {
  if (status >= 300 && status < 400) return ', a redirect; name the address it leads to';
  return status === 401 || status === 403 ? '; is its HANGUP_HOOK_SECRET the same as here?' : '';
}

async function textOf(response: Response, who: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of response.body ?? []) {
      length += piece.length;
      if (length > MOST_BYTES) break;
      pieces.push(piece);
    }
  } catch (error) {
    throw failed(`${who} broke off its answer: ${causeOf(error)}`);
  }
  if (length > MOST_BYTES) throw failed(`${who} gave an answer longer than ${MOST_BYTES} bytes`);
  return Buffer.concat(pieces).toString('utf8');
}

function parsed(text: string, who: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw failed(`${who} gave an answer that is not JSON`);
  }
}

/** What the network says went wrong, without fetch's own "fetch failed". */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const { code, message } = cause as { readonly code?: string; readonly message?: string };
  return code ?? message ?? String(cause);
}
