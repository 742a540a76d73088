import type OpenAI from 'openai';
import { UsageError } from '../../model/errors.ts';
import type { EngineName } from '../../model/makeup.ts';
import type { Ms } from '../../model/time.ts';
import { bounded } from '../bounded.ts';

type Named = Pick<EngineName, 'url'> | undefined;

const USUAL_URL = 'https://api.openai.com/v1';

const urlOf = (named: Named): string => named?.url ?? (process.env['OPENAI_BASE_URL'] || USUAL_URL);

/** Whether it is OpenAI itself, rather than a server with its protocol such as `hangup serve-openai`. */
export const isTheirs = (named: Named): boolean => /(^|\.)openai\.com$/.test(URL.parse(urlOf(named))?.hostname ?? '');

/** The one door to the OpenAI package: loaded when an engine is opened, since it takes as long to load as all the rest. */
export async function openService(named: Named): Promise<OpenAI> {
  const { default: Client } = await import('openai');
  return new Client({
    baseURL: urlOf(named),
    // A server of one's own may ask for no key; the package insists on one.
    apiKey: process.env['OPENAI_API_KEY'] || 'none',
    // Whoever asks bounds and repeats by itself: the package would bound the wait for the head of an answer only.
    maxRetries: 0,
    logLevel: 'off',
  });
}

/** What keeps the `noun` ("ear", "voice") of the service from being used, with what to do; undefined when nothing does. */
export function missingService(noun: string, named: Named): string | undefined {
  try {
    import.meta.resolve('openai');
  } catch {
    return `The OpenAI ${noun} is not installed; run \`npm install openai\``;
  }
  const url = urlOf(named);
  if (!URL.canParse(url))
    return `The address "${url}" of the ${noun} is no URL; run \`--${noun} openai@http://127.0.0.1:8090/v1\``;
  if (!isTheirs(named) || process.env['OPENAI_API_KEY']) return undefined;
  return `The OpenAI ${noun} needs a key; run \`export OPENAI_API_KEY=...\`, or name a server of your own: \`--${noun} openai@http://127.0.0.1:8090/v1\``;
}

/** The service, once `greet` has gone well: connection, key and names are right before any phone rings. Throws UsageError. */
export async function greeted(
  noun: string,
  named: Named,
  greet: (service: OpenAI) => Promise<unknown>,
): Promise<OpenAI> {
  const missing = missingService(noun, named);
  if (missing !== undefined) throw new UsageError(missing);
  const service = await openService(named);
  try {
    await greet(service);
  } catch (error) {
    throw new UsageError(`The ${noun} at ${urlOf(named)} cannot be used: ${troubleOf(error)}`, { cause: error });
  }
  return service;
}

/** Trouble with a service in one line that holds no secret. */
export function troubleOf(error: unknown): string {
  const { status, cause, message } = error as { status?: number; cause?: unknown; message?: string };
  const key = process.env['OPENAI_API_KEY'];
  const code = (cause as { code?: string; cause?: { code?: string } } | undefined)?.code;
  const inner = (cause as { cause?: { code?: string } } | undefined)?.cause?.code;
  const why = status === undefined ? [message, code ?? inner].filter(Boolean).join(' ') : `answered ${message}`;
  return (key ? why.replaceAll(key, '[key]') : why).replaceAll(/\s+/g, ' ');
}

/** `ask`, and once more if it failed in passing; each try within `limit`. For what can be asked twice without harm. */
export async function tried<T>(
  limit: Ms,
  outer: AbortSignal | undefined,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await bounded(limit, outer, ask);
  } catch (error) {
    if (outer?.aborted || !isPassing(error)) throw error;
    return bounded(limit, outer, ask);
  }
}

/** Whether the same request may go well the second time: trouble on the way or in the service, not in what was asked. */
function isPassing(error: unknown): boolean {
  const { status } = error as { status?: number };
  return status === undefined || status >= 500 || status === 408 || status === 409 || status === 429;
}
