import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { scriptBeside } from '../workers.ts';
import type { FromModel, ModelRequest, ModelStart } from './model.worker.ts';

/** A model in a process of its own: what it costs is no call's pacing, and what it breaks is no call. */
export interface ModelEngine {
  /**
   * The answer; rejects at once when `signal` aborts, and the model is told to leave it. `tell` hears the pieces of an
   * answer that comes in pieces.
   */
  ask(request: ModelRequest, signal?: AbortSignal, tell?: (piece: string) => void): Promise<unknown>;
  close(): Promise<void>;
}

interface Waiting {
  readonly tell: ((piece: string) => void) | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** So much of what a process said before it died is told. */
const LAST_WORDS = 400;

/** Starts a process with a model, loaded and warm. Rejects when it cannot be loaded. */
export async function startModel(start: ModelStart): Promise<ModelEngine> {
  const child = fork(scriptBeside(import.meta.url, 'model.worker'), [], {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const exchange = openExchange(child, start.repo);
  try {
    await exchange.send({ start });
  } catch (error) {
    await exchange.close();
    throw error;
  }
  return { ask: exchange.send, close: exchange.close };
}

/** Requests and answers by number. The process keeps this one alive only while an answer is awaited. */
function openExchange(child: ChildProcess, name: string) {
  const waiting = new Map<number, Waiting>();
  let count = 0;
  let said = '';
  let over: Error | undefined;
  const keep = (): void => (waiting.size > 0 ? child.channel?.ref() : child.channel?.unref());
  const settle = (id: number): Waiting | undefined => {
    const one = waiting.get(id);
    waiting.delete(id);
    keep();
    return one;
  };
  const end = (error: Error): void => {
    over ??= error;
    for (const id of waiting.keys()) settle(id)?.reject(over);
  };
  child.unref();
  child.stderr?.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-LAST_WORDS)));
  (child.stderr as { unref?: () => void } | null)?.unref?.();
  child.on('message', (message: FromModel) => {
    if ('piece' in message) return waiting.get(message.id)?.tell?.(message.piece);
    const one = settle(message.id);
    if ('error' in message) one?.reject(new Error(message.error));
    else one?.resolve(message.value);
  });
  child.on('error', end);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      end(new Error(`the process of the model ${name} ended (${signal ?? code}) ${said.trim()}`.trim()));
      resolve();
    });
  });
  const send = (
    message: ModelRequest | { readonly start: ModelStart },
    signal?: AbortSignal,
    tell?: (piece: string) => void,
  ): Promise<unknown> => {
    if (over) return Promise.reject(over);
    if (signal?.aborted) return Promise.reject(new Error('was given up'));
    const id = 'start' in message ? 0 : ++count;
    const giveUp = (): void => {
      if (child.connected) child.send({ cancel: id });
      settle(id)?.reject(new Error('was given up'));
    };
    const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject, tell }));
    signal?.addEventListener('abort', giveUp, { once: true });
    keep();
    child.send('start' in message ? message : { id, request: message });
    const told = answer.finally(() => signal?.removeEventListener('abort', giveUp));
    // Whoever asked may not wait for it any more when the process ends.
    told.catch(() => undefined);
    return told;
  };
  return {
    send,
    close: async () => {
      end(new Error(`the process of the model ${name} was closed`));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        child.ref();
        await gone;
      }
    },
  };
}
