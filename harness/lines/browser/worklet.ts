/**
 * Both ends of the page's audio in one AudioWorkletProcessor: its output is the microphone, its input what the page
 * would play. Microphone samples have places on the context's own frame count: what comes too late for its place is left
 * out and told as missed. JavaScript for the page; it knows nothing of this module.
 */
export const WORKLET = `
class HangupMouthAndEar extends AudioWorkletProcessor {
  constructor({ processorOptions }) {
    super();
    this.frame = processorOptions.frame;
    this.ring = new Float32Array(1 << 16);
    this.filledTo = 0;
    this.missed = [];
    this.stale = [];
    this.heard = new Int16Array(this.frame);
    this.count = 0;
    this.hears = false;
    this.port.onmessage = ({ data }) => {
      if (data.hears !== undefined) this.hears = data.hears;
      else this.fill(data.from, data.samples);
    };
  }
  fill(from, samples) {
    for (let i = 0; i < samples.length; i++) {
      const at = from + i;
      const sample = samples[i] / 32768;
      if (at >= currentFrame) this.ring[at & 0xffff] = sample;
      else if (at < this.filledTo && this.ring[at & 0xffff] !== sample) this.note(this.stale, at);
    }
    this.filledTo = Math.max(this.filledTo, from + samples.length);
  }
  process([input], [output]) {
    const mouth = output[0];
    const ear = input[0];
    for (let i = 0; i < mouth.length; i++) {
      const at = currentFrame + i;
      if (at < this.filledTo) mouth[i] = this.ring[at & 0xffff];
      else if (this.filledTo > 0) this.note(this.missed, at);
      const sample = ear ? Math.max(-1, Math.min(1, ear[i])) : 0;
      this.heard[this.count++] = Math.round(sample * 32767);
      if (this.count === this.frame) this.tell(at + 1);
    }
    return true;
  }
  note(stretches, at) {
    const last = stretches[stretches.length - 1];
    if (last && last.to === at) last.to = at + 1;
    else stretches.push({ from: at, to: at + 1 });
  }
  tell(position) {
    const heard = this.hears ? this.heard : undefined;
    this.port.postMessage({ position, missed: this.missed, stale: this.stale, heard });
    this.heard = new Int16Array(this.frame);
    this.missed = [];
    this.stale = [];
    this.count = 0;
  }
}
registerProcessor('hangup-mouth-and-ear', HangupMouthAndEar);
`;
