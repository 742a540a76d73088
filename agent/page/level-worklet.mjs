/** Tells the levels of its inputs every 10 ms: when they end on the context's clock, and dBFS of each. */
class Levels extends AudioWorkletProcessor {
  #sums = [0, 0];
  #count = 0;

  process(inputs) {
    for (const [index, [channel = []]] of inputs.entries())
      for (const sample of channel) this.#sums[index] += sample * sample;
    this.#count += 128;
    if (this.#count < sampleRate / 100) return true;
    const levels = this.#sums.map((sum) => 10 * Math.log10(sum / this.#count + 1e-10));
    this.port.postMessage({ at: currentTime + 128 / sampleRate, length: this.#count / sampleRate, levels });
    this.#sums = [0, 0];
    this.#count = 0;
    return true;
  }
}

registerProcessor('levels', Levels);
