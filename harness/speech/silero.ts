import { InferenceSession, Tensor } from 'onnxruntime-node';
import { fileURLToPath } from 'node:url';

/** Hz of what it listens to. */
export const VAD_RATE = 8000;
/** Samples per window: 32 ms. */
export const VAD_WINDOW = 256;
/** Samples of the window before that each window must be preceded by; without them the model is half deaf. */
export const VAD_CONTEXT = 32;

const STATE = 128;

/** The memory of `lanes` streams: the model's own, and the end of the last window. */
export interface SileroState {
  readonly memory: Tensor;
  readonly context: Float32Array;
}

/** Silero VAD version 5 at 8 kHz, on ONNX. Stateless: the state goes in and comes out. */
export interface Silero {
  fresh(lanes: number): SileroState;
  /** One window per lane, one after the other in `windows`; a probability of speech per lane. */
  step(state: SileroState, windows: Float32Array): Promise<readonly [SileroState, Float32Array]>;
  close(): Promise<void>;
}

/** Loads the model that comes with the project. */
export async function openSilero(): Promise<Silero> {
  const path = fileURLToPath(new URL('./models/silero-vad-v5.onnx', import.meta.url));
  const session = await InferenceSession.create(path, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const rate = new Tensor('int64', BigInt64Array.of(BigInt(VAD_RATE)), []);
  return {
    fresh: (lanes) => ({
      memory: new Tensor('float32', new Float32Array(2 * lanes * STATE), [2, lanes, STATE]),
      context: new Float32Array(lanes * VAD_CONTEXT),
    }),
    step: async ({ memory, context }, windows) => {
      const lanes = windows.length / VAD_WINDOW;
      const input = new Tensor('float32', prefixed(windows, context), [lanes, VAD_CONTEXT + VAD_WINDOW]);
      const { output, stateN } = await session.run({ input, state: memory, sr: rate });
      if (!output || !stateN) throw new Error('the Silero model gave no output; its file is damaged');
      return [{ memory: stateN, context: tails(windows) }, output.data as Float32Array];
    },
    close: () => session.release(),
  };
}

/** Each lane's window after its context. */
function prefixed(windows: Float32Array, context: Float32Array): Float32Array {
  const lanes = windows.length / VAD_WINDOW;
  const input = new Float32Array(lanes * (VAD_CONTEXT + VAD_WINDOW));
  for (let lane = 0; lane < lanes; lane++) {
    const at = lane * (VAD_CONTEXT + VAD_WINDOW);
    input.set(context.subarray(lane * VAD_CONTEXT, (lane + 1) * VAD_CONTEXT), at);
    input.set(windows.subarray(lane * VAD_WINDOW, (lane + 1) * VAD_WINDOW), at + VAD_CONTEXT);
  }
  return input;
}

/** The end of each lane's window: the context of its next. */
function tails(windows: Float32Array): Float32Array {
  const lanes = windows.length / VAD_WINDOW;
  const context = new Float32Array(lanes * VAD_CONTEXT);
  for (let lane = 0; lane < lanes; lane++) {
    const end = (lane + 1) * VAD_WINDOW;
    context.set(windows.subarray(end - VAD_CONTEXT, end), lane * VAD_CONTEXT);
  }
  return context;
}
