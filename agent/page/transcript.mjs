// @ts-check
/**
 * One line of the transcript. Of what the agent means to say, `heard` is what was really played, once that is known.
 * @typedef {{ who: 'caller', text: string }
 *   | { who: 'agent', meant: string, heard?: string, interrupted?: true }
 *   | { who: 'note', text: string }} Entry
 */
/** @typedef {{ type: string, data?: any }} Message A message of RTVI. */

/**
 * The transcript after `message`; the same one when it says nothing about it.
 * @param {readonly Entry[]} entries
 * @param {Message} message
 * @returns {readonly Entry[]}
 */
export function written(entries, { type, data }) {
  switch (type) {
    case 'user-transcription':
      return data.final ? [...entries, { who: 'caller', text: data.text }] : entries;
    case 'bot-llm-text':
      return meant(entries, data.text);
    case 'bot-interrupted':
      return changed(entries, (open) => ({ ...open, interrupted: true }));
    case 'bot-output':
      return changed(entries, (open) => ({ ...open, heard: data.text }));
    case 'error':
      return [...entries, { who: 'note', text: `The agent reports trouble: ${data.error}` }];
    case 'server-message':
      return data.type === 'handing-over'
        ? [...entries, { who: 'note', text: `Putting you through to: ${data.desk}.` }]
        : entries;
    default:
      return entries;
  }
}

/**
 * A sentence as it is written, up to where it was heard and from there on; the words that were heard come without its marks.
 * @param {string} meant
 * @param {string} heard
 * @returns {readonly [string, string]}
 */
export function halves(meant, heard) {
  const words = wordsOf(meant);
  const count = wordsOf(heard).length;
  return [words.slice(0, count).join(' '), words.slice(count).join(' ')];
}

/** @param {string} text */
const wordsOf = (text) => text.split(/\s+/).filter((word) => word !== '');

/** @param {Entry} entry @returns {entry is Extract<Entry, { who: 'agent' }>} */
const isOpen = (entry) => entry.who === 'agent' && entry.heard === undefined;

/**
 * @param {readonly Entry[]} entries
 * @param {string} text
 * @returns {readonly Entry[]}
 */
function meant(entries, text) {
  const last = entries.at(-1);
  if (!last || !isOpen(last)) return [...entries, { who: 'agent', meant: text }];
  return [...entries.slice(0, -1), { ...last, meant: `${last.meant} ${text}` }];
}

/**
 * @param {readonly Entry[]} entries
 * @param {(open: Extract<Entry, { who: 'agent' }>) => Entry} change
 * @returns {readonly Entry[]}
 */
function changed(entries, change) {
  const at = entries.findLastIndex(isOpen);
  const open = entries[at];
  return open?.who === 'agent' ? entries.with(at, change(open)) : entries;
}
