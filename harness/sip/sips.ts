/** The mark by which a `sips:` URI is known while it is written `sip:`. */
export const LOWERED = ';scheme=sips';

// Bounded throughout: a message made of nothing but `sips:` must not cost the square of its length.
const address = String.raw`((?:[^@\s<>;?,]{0,256}@)?(?:\[[0-9a-f:.]{1,64}\]|[^\s:;?<>@[\],]{1,256})(?::\d{1,5})?)`;
const secureUri = new RegExp(String.raw`\bsips:${address}`, 'gi');
const loweredUri = new RegExp(
  String.raw`\bsip:${address}((?:;[^\s;<>?,]{1,256}){0,16}?);scheme=sips(?![^\s;<>?,])`,
  'gi',
);

/** The user agent above knows the scheme `sip` only: every `sips:` of a message's head goes up as a marked `sip:`. */
export const lowerSips = (text: string): string => inHead(text, (head) => head.replace(secureUri, `sip:$1${LOWERED}`));

/** Undoes `lowerSips`, in a message on its way out or in a single URI. */
export const raiseSips = (text: string): string => inHead(text, (head) => head.replace(loweredUri, 'sips:$1$2'));

function inHead(text: string, change: (head: string) => string): string {
  const end = text.indexOf('\r\n\r\n');
  return end < 0 ? change(text) : change(text.slice(0, end)) + text.slice(end);
}
