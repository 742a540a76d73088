// @ts-check
import { CallTrouble } from './call.mjs';

/** @typedef {{ at: number, length: number, callerDb: number, agentDb: number }} Levels */

const WHY_NOT = /** @type {Record<string, string>} */ ({
  NotAllowedError: 'The microphone was refused: allow it for this page in your browser, then call again.',
  NotFoundError: 'No microphone was found: plug one in, then call again.',
  NotReadableError: 'The microphone is taken by another program: close that, then call again.',
});

/** The person's microphone. Rejects with CallTrouble. */
export async function openMicrophone() {
  const { mediaDevices } = navigator;
  if (mediaDevices === undefined)
    throw new CallTrouble('The browser gives this page no microphone: open it over HTTPS, or at http://127.0.0.1.');
  try {
    return await mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
  } catch (error) {
    const { name, message } = /** @type {DOMException} */ (error);
    throw new CallTrouble(WHY_NOT[name] ?? `The microphone cannot be used (${message}).`);
  }
}

/** Watches how loud both sides are. */
export class Ears {
  #context;
  #node;

  /**
   * @param {AudioContext} context
   * @param {AudioWorkletNode} node
   */
  constructor(context, node) {
    this.#context = context;
    this.#node = node;
  }

  /** @param {(levels: Levels) => void} tell */
  static async open(tell) {
    const context = new AudioContext();
    await context.audioWorklet.addModule(new URL('level-worklet.mjs', import.meta.url));
    const node = new AudioWorkletNode(context, 'levels', { numberOfInputs: 2, numberOfOutputs: 0 });
    node.port.addEventListener('message', ({ data: { at, length, levels } }) => {
      const [callerDb, agentDb] = levels;
      tell({ at, length, callerDb, agentDb });
    });
    node.port.start();
    return new Ears(context, node);
  }

  /** @param {MediaStream} stream */
  hearCaller(stream) {
    this.#context.createMediaStreamSource(stream).connect(this.#node, 0, 0);
  }

  /** @param {MediaStream} stream */
  hearAgent(stream) {
    this.#context.createMediaStreamSource(stream).connect(this.#node, 0, 1);
  }

  async close() {
    this.#node.port.close();
    await this.#context.close();
  }
}
