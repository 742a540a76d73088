import type { CallFile } from '../calls.ts';
import { believed, planOf, scoresOf, signalling } from './call/details.ts';
import { lanesOf } from './call/lanes.ts';
import { openPlayer } from './call/player.ts';
import type { Player, Waves } from './call/player.ts';
import { drawTimeline } from './call/timeline.ts';
import { element } from './dom.ts';

/** Shows the call that the page's address names, `?id=RUN/CALL#t=SECONDS`, in `root`. Runs in the reader's browser. */
export async function show(root: Element, waves: Waves): Promise<void> {
  const id = new URLSearchParams(location.search).get('id') ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/.test(id))
    return says(root, 'No call is named in the address; choose one from the verdict.');
  const answer = await fetch(`./calls/${id}.json`);
  if (!answer.ok) return says(root, `There is no call ${id} on this site.`);
  const call = (await answer.json()) as CallFile;
  document.title = `${call.call.id} | Hangup`;
  const stage = element('div');
  root.replaceChildren(heading(call), stage);
  const player = await openPlayer(call, stage, waves);
  const lanes = lanesOf(call);
  stage.append(drawTimeline(lanes, player));
  root.append(scoresOf(call, player), believed(call, player), signalling(call, player), planOf(call));
  goTo(player);
  addEventListener('hashchange', () => goTo(player));
}

function says(root: Element, sentence: string): void {
  root.replaceChildren(element('p', '', sentence));
}

/** The instant in the address. */
function goTo(player: Player): void {
  const [, seconds] = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash) ?? [];
  if (seconds !== undefined) player.seek(Number(seconds) * 1000);
}

const VIEWS = { agree: 'right', disagree: 'not so', 'our-fault': 'our own fault' } as const;

function heading({ call, outcome, reasons, plan, run, replay, review }: CallFile): HTMLElement {
  const copy = element('button', '', 'copy');
  copy.type = 'button';
  copy.addEventListener(
    'click',
    () => void navigator.clipboard.writeText(replay).then(() => (copy.textContent = 'copied')),
  );
  return element(
    'div',
    `call-head ${outcome}`,
    element('h2', '', `${call.id}: ${outcome}`),
    element(
      'p',
      'about',
      `${plan.persona}, ${plan.scenario}, ${plan.place.name}, over ${call.line} to ${call.target}; run ${run}`,
    ),
    element('ul', '', ...reasons.map((reason) => element('li', '', ...withInstants(reason)))),
    ...(review
      ? [element('p', 'about', `Who listened: ${VIEWS[review.verdict]}${review.note ? `: ${review.note}` : ''}`)]
      : []),
    element('p', '', 'Place it again: ', element('code', 'replay', replay), ' ', copy),
  );
}

/** A reason whose instants lead there. */
const withInstants = (reason: string): readonly (Node | string)[] =>
  reason.split(/(hear \d+:\d\d(?:\.\d+)?)/).map((part) => {
    const [, minutes, seconds] = /^hear (\d+):(.*)$/.exec(part) ?? [];
    if (minutes === undefined) return part;
    const link = element('a', '', part);
    link.href = `#t=${(60 * Number(minutes) + Number(seconds)).toFixed(2)}`;
    return link;
  });
