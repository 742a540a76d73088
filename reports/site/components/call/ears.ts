/** Each side of the line on both ears, so that one of them can be silenced. */
export interface Ears {
  /** `side` 0 is the caller, 1 the agent. */
  mute(side: 0 | 1, muted: boolean): void;
}

/** Nothing to route. */
export const noEars: Ears = { mute: () => undefined };

/** Routes the sound of `media` through one gain a side. A browser allows it after the first click only, so it waits for that. */
export function earsOf(media: HTMLMediaElement): Ears {
  let gains: readonly [GainNode, GainNode] | undefined;
  return {
    mute: (side, muted) => {
      gains ??= routed(media);
      gains[side].gain.value = muted ? 0 : 1;
    },
  };
}

function routed(media: HTMLMediaElement): readonly [GainNode, GainNode] {
  const audio = new AudioContext();
  void audio.resume();
  const split = audio.createChannelSplitter(2);
  audio.createMediaElementSource(media).connect(split);
  const side = (channel: number): GainNode => {
    const gain = audio.createGain();
    split.connect(gain, channel);
    gain.connect(audio.destination);
    return gain;
  };
  return [side(0), side(1)];
}
