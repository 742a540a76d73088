import type { CallEvent } from '../../../../harness/model/record.ts';
import { button, clock, element } from '../dom.ts';
import { markText } from './lanes.ts';
import type { Player } from './player.ts';

const PARTIES = ['caller', 'agent', 'desk', 'office'] as const;

/** Who takes part in a call. */
type Party = (typeof PARTIES)[number];

/** One step of the signalling, or something that reached the office. */
interface Rung {
  readonly at: number;
  readonly from: Party;
  readonly to: Party;
  readonly what: string;
}

/** Every step that the record keeps, in order. */
export function rungsOf(events: readonly CallEvent[]): readonly Rung[] {
  let other: Party = 'agent';
  return events.flatMap((event) => {
    const way = wayOf(event, other);
    if (event.kind === 'desk-joined') other = 'desk';
    return way ? [{ at: event.at, from: way[0], to: way[1], what: markText(event) }] : [];
  });
}

/** From whom to whom; `other` is whom she talks to. Undefined for what is no step between two parties. */
function wayOf(event: CallEvent, other: Party): readonly [Party, Party] | undefined {
  switch (event.kind) {
    case 'answered':
    case 'refer':
      return ['agent', 'caller'];
    case 'key':
      return [other, 'caller'];
    case 'redirected':
      return ['caller', 'agent'];
    case 'transfer-failed':
      return ['caller', 'agent'];
    case 'desk-rang':
      return [event.for, 'desk'];
    case 'desk-reacted':
      return ['desk', event.for];
    case 'desk-joined':
    case 'desk-asked':
      return ['desk', 'caller'];
    case 'handed-to':
      return ['agent', 'desk'];
    case 'commit':
    case 'packet':
      return ['agent', 'office'];
    case 'ended':
      return event.ending.by === 'us' ? ['caller', other] : [other, 'caller'];
    default:
      return undefined;
  }
}

/** The steps as arrows between columns; each is heard from its button. */
export function drawLadder(rungs: readonly Rung[], player: Player): HTMLElement {
  const heads = PARTIES.map((party, column) => {
    const head = element('span', 'party', party);
    head.style.gridColumn = String(column + 2);
    return head;
  });
  const steps = rungs.map(({ at, from, to, what }) => {
    const [a, b] = [PARTIES.indexOf(from), PARTIES.indexOf(to)];
    const arrow = element('span', `rung ${a < b ? 'right' : 'left'}`, what);
    arrow.style.gridColumn = `${Math.min(a, b) + 2} / ${Math.max(a, b) + 3}`;
    arrow.title = `${from} to ${to}: ${what}`;
    return element(
      'li',
      '',
      button(clock(at), () => player.hear(at)),
      arrow,
    );
  });
  return element('div', 'scroll', element('ol', 'ladder', element('li', '', ...heads), ...steps));
}
