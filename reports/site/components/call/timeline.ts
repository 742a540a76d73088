import { clock, element } from '../dom.ts';
import type { Lane, Stretch } from './lanes.ts';
import type { Player } from './player.ts';

/** Height of a row of stretches, px. */
const ROW = 26;

/** The lanes under the waves, on the same axis; a click is heard from there, and the view follows the waves. */
export function drawTimeline(lanes: readonly Lane[], player: Player): HTMLElement {
  let scale = 0;
  const rows = element('div', 'lanes');
  const cursor = element('div', 'cursor');
  const view = element('div', 'timeline', rows);
  player.onView((left, pixelsPerSecond) => {
    if (scale !== pixelsPerSecond) {
      scale = pixelsPerSecond;
      const width = (Math.max(player.length, ...lanes.flatMap(ends)) / 1000) * scale + 200;
      rows.replaceChildren(...lanes.map((lane) => drawLane(lane, scale, player)), cursor);
      rows.style.width = `${width}px`;
    }
    view.scrollLeft = left;
  });
  player.onTime((at) => (cursor.style.left = `${(at / 1000) * scale}px`));
  return view;
}

const ends = ({ stretches }: Lane): readonly number[] => stretches.map(({ to }) => to);

function drawLane({ name, stretches }: Lane, scale: number, player: Player): HTMLElement {
  const lane = element('div', 'lane', element('span', 'lane-name', name));
  const taken: number[] = [];
  for (const stretch of stretches.toSorted((a, b) => a.from - b.from)) {
    const free = taken.findIndex((until) => until <= stretch.from);
    const row = free < 0 ? taken.length : free;
    taken[row] = stretch.to;
    lane.append(drawStretch(stretch, row, scale, player));
  }
  lane.style.height = `${(taken.length + 1) * ROW}px`;
  return lane;
}

function drawStretch(stretch: Stretch, row: number, scale: number, player: Player): HTMLElement {
  const mark = element('button', `stretch ${stretch.look}`, stretch.text);
  mark.type = 'button';
  const length = ((stretch.to - stretch.from) / 1000) * scale;
  mark.style.left = `${(stretch.from / 1000) * scale}px`;
  mark.style.width = `${Math.max(3, length)}px`;
  mark.style.top = `${(row + 1) * ROW - 4}px`;
  mark.title = `${clock(stretch.from)}: ${stretch.text}`;
  if (stretch.u !== undefined) {
    const doubt = element('span', 'doubt');
    doubt.style.width = `${Math.max(1, ((2 * stretch.u) / 1000) * scale)}px`;
    mark.append(doubt);
  }
  mark.addEventListener('click', () => player.hear(stretch.from));
  return mark;
}
