// @ts-check
import { halves } from './transcript.mjs';

/** @typedef {import('./transcript.mjs').Entry} Entry */

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * An element with its children, text among them.
 * @param {string} tag
 * @param {string} className
 * @param {readonly (string | Node)[]} children
 */
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

/** The entries on the page, each as it was drawn. @type {WeakMap<Entry, HTMLElement>} */
const drawn = new WeakMap();

/**
 * Shows `entries`; those that did not change are left alone, so that nothing is read out twice.
 * @param {readonly Entry[]} entries
 */
export function showTranscript(entries) {
  byId('transcript-empty').hidden = entries.length > 0;
  const list = byId('transcript');
  for (const [index, entry] of entries.entries()) {
    const item = drawn.get(entry) ?? draw(entry);
    drawn.set(entry, item);
    const there = list.children[index];
    if (there === item) continue;
    if (there) there.replaceWith(item);
    else list.append(item);
  }
  while (list.children.length > entries.length) list.lastElementChild?.remove();
  const log = byId('log');
  log.scrollTop = log.scrollHeight;
}

/** @param {Entry} entry */
function draw(entry) {
  if (entry.who === 'note') return element('li', 'note', entry.text);
  if (entry.who === 'caller') {
    return element('li', 'caller', element('b', '', 'You'), entry.text || '(not understood)');
  }
  const item = element('li', 'agent', element('b', '', 'Agent'));
  if (entry.heard === undefined) {
    // What is being said is heard by ear; it is read out when it is over.
    item.setAttribute('aria-busy', 'true');
    item.append(element('span', 'saying', entry.meant));
    return item;
  }
  const [said, rest] = halves(entry.meant, entry.heard);
  item.append(element('span', 'heard', said));
  if (rest !== '') item.append(' ', element('span', 'unseen', 'Not heard: '), element('s', '', rest));
  if (entry.interrupted) item.append(' ', element('span', 'mark', 'interrupted'));
  return item;
}

/** Softest level a meter shows, dBFS. */
const SOFTEST = -60;

/**
 * @param {string} id
 * @param {number} db
 */
export function showLevel(id, db) {
  const meter = byId(id);
  const share = Math.min(1, Math.max(0, 1 - db / SOFTEST));
  const bar = /** @type {HTMLElement} */ (meter.firstElementChild);
  bar.style.transform = `scaleX(${share.toFixed(3)})`;
  const shown = Math.round(Math.min(0, Math.max(SOFTEST, db)));
  meter.setAttribute('aria-valuenow', String(shown));
  meter.setAttribute('aria-valuetext', shown === SOFTEST ? 'silent' : `${shown} decibels`);
}

const STAGES = /** @type {Record<string, string>} */ ({
  endpointing: 'Letting you finish',
  ear: 'Understanding you',
  brain: 'Thinking what to say',
  voice: 'Finding its voice',
  playout: 'Becoming audible',
});

/**
 * The budget of the last reply, s: what the agent says of its stages, and what this browser heard.
 * @param {readonly { processor: string, value: number }[]} stages
 * @param {number | undefined} measured
 */
export function showBudget(stages, measured) {
  const total = stages.reduce((sum, { value }) => sum + value, 0);
  const whole = Math.max(total, measured ?? 0, 0.001);
  byId('budget-empty').hidden = true;
  byId('budget-about').hidden = false;
  const table = /** @type {HTMLTableElement} */ (byId('budget'));
  table.hidden = false;
  let before = 0;
  table.tBodies[0]?.replaceChildren(
    ...stages.map(({ processor, value }) => {
      const shown = row(STAGES[processor] ?? processor, before / whole, value, whole);
      before += value;
      return shown;
    }),
  );
  const inAll = row('In all, says the agent', 0, total, whole);
  const heard = row('Heard in this browser', 0, measured, whole);
  heard.className = 'measured';
  table.tFoot?.replaceChildren(inAll, heard);
}

/**
 * @param {string} name
 * @param {number} from Share of the whole that passed before.
 * @param {number | undefined} seconds
 * @param {number} whole
 */
function row(name, from, seconds, whole) {
  const bar = element('i', '');
  bar.style.marginLeft = `${(from * 100).toFixed(2)}%`;
  bar.style.width = seconds === undefined ? '0' : `${((seconds / whole) * 100).toFixed(2)}%`;
  const title = element('th', '', name);
  title.setAttribute('scope', 'row');
  const lane = element('td', 'bar', bar);
  lane.setAttribute('aria-hidden', 'true');
  return element('tr', '', title, lane, element('td', '', seconds === undefined ? '–' : ms(seconds)));
}

/** @param {number} seconds */
const ms = (seconds) => `${Math.round(seconds * 1000)} ms`;
