import type { CallFile } from '../../calls.ts';
import { button, clock, element, grid } from '../dom.ts';
import { markText } from './lanes.ts';
import type { Player } from './player.ts';

const hearFrom = (player: Player, at: number): HTMLElement => button(clock(at), () => player.hear(at));

/** Everything that was measured, each with its uncertainty and where to hear it. */
export function scoresOf({ scores, notSeen }: CallFile, player: Player): HTMLElement {
  const rows = scores
    .toSorted((a, b) => a.at - b.at)
    .map(({ metric, value, censored, u, at, of, note, class: kind }) => [
      hearFrom(player, at),
      metric.replaceAll('_', ' '),
      `${censored ? 'more than ' : ''}${Number(value.toFixed(2))}${u > 0 ? ` (within ${Number(u.toFixed(1))})` : ''}`,
      [kind, of].filter((text) => text !== '').join(', '),
      note,
    ]);
  const unseen = Object.entries(notSeen).map(([name, needs]) => `${name.replaceAll('_', ' ')} (needs ${needs})`);
  return folded(
    'What was measured',
    grid(['hear', 'what', 'value', 'of', ''], rows),
    ...(unseen.length > 0 ? [element('p', 'about', `Not seen: ${unseen.join('; ')}.`)] : []),
  );
}

/** What she said beside what the agent says it heard, in order. */
export function believed({ events }: CallFile, player: Player): HTMLElement {
  const rows = events.flatMap((event) => {
    if (event.kind === 'said') return [[hearFrom(player, event.onset), 'she said', event.text]];
    if (event.kind === 'stimulus' && event.text !== '' && !event.sham) {
      return [[hearFrom(player, event.onset), 'she put in', event.text]];
    }
    if (event.kind !== 'claim' || event.claim.text === undefined) return [];
    const { what, startMs, text } = event.claim;
    if (what === 'transcript') return [[hearFrom(player, startMs), 'the agent heard', text]];
    return what === 'said' ? [[hearFrom(player, startMs), 'the agent said', text]] : [];
  });
  return folded('What was said, and what the agent believes it heard', grid(['hear', 'who', 'words'], rows));
}

/** What crossed the wire and reached the office. */
export function ladder({ events, call }: CallFile): HTMLElement {
  const rows = events
    .filter(({ source, kind }) => (source === 'wire' && kind !== 'pacing') || source === 'office' || source === 'hook')
    .map((event) => [clock(event.at), event.source, markText(event)]);
  const pacing = events.find((event) => event.kind === 'pacing');
  const paced =
    pacing?.kind === 'pacing'
      ? `We sent ${pacing.packets} packets, ${pacing.late} of them more than 5 ms late, the worst ${pacing.maxLateMs.toFixed(1)} ms.`
      : '';
  return folded(
    `On the ${call.line} line and at the office`,
    grid(['at', 'seen by', 'what'], rows),
    element('p', 'about', paced),
  );
}

/** The plan the caller followed. */
export const planOf = ({ plan }: CallFile): HTMLElement =>
  folded('The plan she followed', element('pre', '', JSON.stringify(plan, undefined, 2)));

function folded(title: string, ...inside: readonly HTMLElement[]): HTMLElement {
  const box = element('details', '', element('summary', '', title), ...inside);
  box.open = title.startsWith('What was');
  return box;
}
