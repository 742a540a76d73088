import { rate } from '../../../../metrics/gate/estimate.ts';
import { byCall } from '../../../tables/figures.ts';
import type { Seen } from '../../../tables/figures.ts';
import { inUnit, span } from '../../../words.ts';
import type { SiteData } from '../../data.ts';
import { listed } from '../../heard.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';
import { table } from '../../table.ts';

const LABELS: readonly (readonly [string, string])[] = [
  ['answered', 'it answers what she said'],
  ['resumed', 'it goes on with what it was saying'],
  ['restarted', 'it begins that again'],
  ['ignored', 'it says nothing'],
];

/** What it makes of what she said, by the label each interruption was given. */
export function recoveries(seen: readonly Seen[], site: SiteData): Html {
  if (seen.length === 0) return html``;
  const rows = LABELS.map(([label, words]) => {
    const labelled = seen.map(({ call, score }) => ({
      call,
      score: { ...score, value: score.class === label ? 1 : 0 },
    }));
    const { value, low, high } = rate(byCall(labelled));
    const n = seen.filter(({ score }) => score.class === label).length;
    const share = `${inUnit(value, 'rate')} (${span(low, high, 'rate')})`;
    return { mark: label !== 'answered' && n > 0 ? 'fail' : '', cells: [words, n, share] };
  });
  const failed = seen.filter(({ score }) => score.class !== 'answered');
  return html`<h3>What does it do once she has spoken?</h3>
    ${table(['after an interruption', `of ${seen.length}`, 'share (95 % interval)'], rows)}
    ${listed('Where did it not take up what she said?', failed, site)}`;
}
