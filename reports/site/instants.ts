import { html } from './html.ts';
import type { Html } from './html.ts';

/** `1:02.3` in ms. */
const inMs = (minutes: string, seconds: string): number => (60 * Number(minutes) + Number(seconds)) * 1000;

/** A text in which every `hear 0:14.2`, and every `hear Maya at 0:14.2 of CALL`, leads to the instant it names; `own` is the call of the short form. */
export function withInstants(text: string, callLink: (call: string, at: number) => string, own?: string): Html {
  const parts: Html[] = [];
  let done = 0;
  for (const found of text.matchAll(/hear (?:[\w-]+ at )?(\d+):(\d\d(?:\.\d+)?)(?: of ([\w.-]*\w))?/g)) {
    const [said, minutes = '', seconds = '', named] = found;
    const call = named ?? own;
    if (call === undefined) continue;
    const address = callLink(call, inMs(minutes, seconds));
    parts.push(html`${text.slice(done, found.index)}<a href="${{ html: address }}">${said}</a>`);
    done = found.index + said.length;
  }
  return html`${parts.reduce((whole, part) => ({ html: whole.html + part.html }), { html: '' })}${text.slice(done)}`;
}

/** The instant that a reason names, in ms. */
export function instantOf(reason: string): number | undefined {
  const [, minutes, seconds = ''] = /hear (\d+):(\d\d(?:\.\d+)?)/.exec(reason) ?? [];
  return minutes === undefined ? undefined : inMs(minutes, seconds);
}
