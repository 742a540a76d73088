import { unixTime } from '../../harness/clock/wall.ts';
import { ApiError } from './errors.ts';
import type { Endpoint } from './exchange.ts';
import { sendJson } from './exchange.ts';

/** What the server answers with, by the name a client asks for. */
export const MODELS = {
  chat: 'hangup-rules',
  speech: 'hangup-flite',
  transcription: 'hangup-ear',
  realtime: 'hangup-realtime',
} as const;

/** Throws ApiError when `asked` is not the model that does this. */
export function demandModel(asked: string, model: string): void {
  if (asked === model) return;
  throw new ApiError(404, 'model_not_found', `The model '${asked}' does not do this; use '${model}'`, 'model');
}

const began = unixTime();
const described = (id: string): object => ({ id, object: 'model', created: began, owned_by: 'hangup' });

/** `GET /v1/models`. */
export const listModels: Endpoint = (exchange) =>
  sendJson(exchange, { object: 'list', data: Object.values(MODELS).map(described) });
