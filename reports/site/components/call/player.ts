import type WaveSurfer from 'wavesurfer.js';
import type RegionsPlugin from 'wavesurfer.js/dist/plugins/regions.js';
import type SpectrogramPlugin from 'wavesurfer.js/dist/plugins/spectrogram.js';
import type { CallFile } from '../../calls.ts';
import { button, choice, clock, element, tick } from '../dom.ts';
import { earsOf, noEars } from './ears.ts';
import { RATE, soundOf } from './sound.ts';

/** The audio library as the page loads it. */
export interface Waves {
  readonly default: typeof WaveSurfer;
  readonly Regions: typeof RegionsPlugin;
  readonly Spectrogram: typeof SpectrogramPlugin;
}

/** What the rest of the page asks of the sound. Instants in ms of the call. */
export interface Player {
  /** Goes to an instant; sound stays off or on. */
  seek(at: number): void;
  /** Plays from an instant. */
  hear(at: number): void;
  /** Told where it is, while it plays or is moved. */
  onTime(told: (at: number) => void): void;
  /** Told which stretch is in view and how many pixels a second takes. */
  onView(told: (left: number, pixelsPerSecond: number) => void): void;
  readonly length: number;
}

type Regions = InstanceType<typeof RegionsPlugin>;

const PIXELS_PER_SECOND = 90;
const SPEEDS = ['0.5', '0.75', '1', '1.5'];

/** A call whose sound is not on the site: times can be read, not heard. */
const silent = (call: CallFile): Player => ({
  seek: () => undefined,
  hear: () => undefined,
  onTime: () => undefined,
  onView: (told) => told(0, PIXELS_PER_SECOND),
  length: Math.max(0, ...call.events.map(({ at }) => at)),
});

/** The caller's and the agent's waveform with their controls, put into `stage`. */
export async function openPlayer(call: CallFile, stage: HTMLElement, waves: Waves): Promise<Player> {
  const [recording, ...others] = call.recordings;
  if (recording === undefined) {
    stage.append(
      element(
        'p',
        'nothing',
        'This call was not taken along to be heard; its recording is in the run (report --audio all).',
      ),
    );
    return silent(call);
  }
  const canvas = element('div', 'waves');
  const style = getComputedStyle(stage);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const surfer = waves.default.create({
    container: canvas,
    ...(await soundOf(`./calls/${recording}`)),
    minPxPerSec: PIXELS_PER_SECOND,
    sampleRate: RATE,
    height: 70,
    cursorColor: colour('--bad'),
    splitChannels: [
      { waveColor: colour('--caller'), progressColor: colour('--caller') },
      { waveColor: colour('--agent'), progressColor: colour('--agent') },
    ],
  });
  // The waves scroll by keyboard too.
  surfer.getWrapper().parentElement?.setAttribute('tabindex', '0');
  const regions = surfer.registerPlugin(waves.Regions.create());
  regions.enableDragSelection({ color: 'rgba(128, 128, 128, 0.25)' });
  stage.append(controls(surfer, regions, waves), canvas, ...others.map(besides));
  return wired(surfer, call);
}

function wired(surfer: WaveSurfer, call: CallFile): Player {
  const length = Math.max(0, ...call.events.map(({ at }) => at));
  // Asked for before the sound is there: done as soon as it is.
  let wanted: number | undefined;
  surfer.on('ready', () => {
    if (wanted !== undefined) surfer.setTime(wanted);
  });
  const seek = (at: number): void => {
    wanted = at / 1000;
    if (surfer.getDuration() > 0) surfer.setTime(wanted);
  };
  return {
    seek,
    hear: (at) => {
      seek(at);
      void surfer.play();
    },
    onTime: (told) => void surfer.on('timeupdate', (seconds) => told(seconds * 1000)),
    onView: (told) => {
      surfer.on('scroll', (_from, _to, left) => told(left, PIXELS_PER_SECOND));
      told(0, PIXELS_PER_SECOND);
    },
    length,
  };
}

/** What the desk's leg sounded like, on a player of its own. */
function besides(file: string): HTMLElement {
  const audio = element('audio');
  audio.controls = true;
  audio.preload = 'none';
  audio.src = `./calls/${file}`;
  return element('p', '', 'At the desk: ', audio);
}

function controls(surfer: WaveSurfer, regions: Regions, waves: Waves): HTMLElement {
  const play = button('Play', () => void surfer.playPause());
  surfer.on('play', () => (play.textContent = 'Pause'));
  surfer.on('pause', () => (play.textContent = 'Play'));
  const loop = looping(surfer, regions);
  const media = surfer.getMediaElement();
  const ears = media ? earsOf(media) : noEars;
  let spectrogram: SpectrogramPlugin | undefined;
  const here = element('output', 'here', clock(0));
  surfer.on('timeupdate', (seconds) => (here.value = clock(seconds * 1000)));
  return element(
    'div',
    'controls',
    play,
    here,
    choice('speed', SPEEDS, '1', (speed) => surfer.setPlaybackRate(Number(speed), true)),
    tick('mute caller', (on) => ears.mute(0, on)),
    tick('mute agent', (on) => ears.mute(1, on)),
    tick('spectrogram', (on) => {
      if (on)
        spectrogram = surfer.registerPlugin(
          waves.Spectrogram.create({ height: 90, splitChannels: true, frequencyMax: 4000 }),
        );
      else spectrogram?.destroy();
    }),
    button('forget the loop', loop.forget),
    button('copy the link to here', () => void copyLink(surfer)),
    element('span', 'about', 'Drag over the waves to loop a stretch. Upper: the caller. Lower: the agent.'),
  );
}

async function copyLink(surfer: WaveSurfer): Promise<void> {
  const here = `#t=${surfer.getCurrentTime().toFixed(2)}`;
  history.replaceState(undefined, '', here);
  await navigator.clipboard.writeText(location.href);
}

/** One stretch at a time is looped: the one drawn last. */
function looping(surfer: WaveSurfer, regions: Regions): { forget(): void } {
  regions.on('region-created', (made) => {
    for (const region of regions.getRegions()) if (region !== made) region.remove();
    surfer.setTime(made.start);
    void surfer.play();
  });
  surfer.on('timeupdate', (seconds) => {
    const [region] = regions.getRegions();
    if (region && seconds >= region.end) surfer.setTime(region.start);
  });
  return { forget: () => regions.clearRegions() };
}
