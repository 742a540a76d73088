import { Worker } from 'node:worker_threads';

/** A worker thread that answers one request at a time, in order. */
export interface Hand {
  /**
   * Resolves with the thread's answer; rejects with its error, or when the thread dies or is closed. A request whose
   * answer nobody waits for fails quietly: the next request, or `close`, says that the thread died.
   */
  ask(request: object): Promise<unknown>;
  /** Ends the thread, whatever it is doing. Rejects when it had died of itself. */
  close(): Promise<void>;
}

/** What a thread posts back: in the order of the requests. */
export type Answer = { readonly value: unknown } | { readonly error: string };

/** The script `name` beside the module at `moduleUrl`, as source or as built. */
export const scriptBeside = (moduleUrl: string, name: string): URL =>
  new URL(`./${name}${moduleUrl.endsWith('.ts') ? '.ts' : '.js'}`, moduleUrl);

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts a thread on `script` with `data`. It keeps the process alive only while a request is open.
 * Experimental warnings of node:wasi are silenced in it.
 */
export function startHand(script: URL, data: unknown): Hand {
  const worker = new Worker(script, {
    workerData: data,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  worker.unref();
  const name = script.pathname.split('/').at(-1);
  const waiting: Waiting[] = [];
  let failure: Error | undefined;
  let closed = false;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const one of waiting.splice(0)) one.reject(failure);
  };
  worker.on('message', (answer: Answer) => {
    const next = waiting.shift();
    if (waiting.length === 0) worker.unref();
    if ('error' in answer) next?.reject(new Error(answer.error));
    else next?.resolve(answer.value);
  });
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => fail(new Error(`the speech thread ${name} ${closed ? 'was closed' : 'ended'}`)));
  return {
    ask: (request) => {
      const answer = new Promise<unknown>((resolve, reject) => {
        if (failure) return reject(failure);
        worker.ref();
        waiting.push({ resolve, reject });
        worker.postMessage(request);
      });
      answer.catch(() => undefined);
      return answer;
    },
    close: async () => {
      const died = closed ? undefined : failure;
      closed = true;
      await worker.terminate();
      if (died) throw died;
    },
  };
}
