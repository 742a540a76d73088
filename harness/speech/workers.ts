import { Worker } from 'node:worker_threads';

/** A worker thread that answers one request at a time, in order. */
export interface Hand {
  /** Resolves with the thread's answer; rejects with its error, or when it dies. */
  ask(request: object): Promise<unknown>;
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
  const waiting: Waiting[] = [];
  let failure: Error | undefined;
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
  worker.on('exit', () => fail(new Error(`the speech thread ${script.pathname.split('/').at(-1)} ended`)));
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        worker.ref();
        waiting.push({ resolve, reject });
        worker.postMessage(request);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}
