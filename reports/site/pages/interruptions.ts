import { counted } from '../../../metrics/gate/observed.ts';
import { observed, real } from '../../tables/figures.ts';
import { interruptions } from '../../tables/interruptions.ts';
import { sounds } from '../../tables/sounds.ts';
import { listed } from '../heard.ts';
import { html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { shown } from '../read-model.ts';
import { hiccups, stoppedBy } from './interruptions/sounds.ts';
import { recoveries } from './interruptions/recovery.ts';
import { selectivity } from './interruptions/selectivity.ts';
import { stops } from './interruptions/stopping.ts';
import { byLength, byLevel } from './interruptions/yielding.ts';

const page: SitePage = {
  title: 'Interruptions',
  asks: 'Does it stop for her, and only for her?',
  order: 3,
  render: async (site, draw) => {
    const calls = counted(site.run.calls);
    const [yields, falseStops] = [observed(calls, 'yield_rate'), observed(calls, 'false_barge_in')];
    if (yields.length + falseStops.length === 0) return Promise.resolve(undefined);
    const stopTimes = observed(calls, 'stop_time');
    const missed = real(yields).filter(({ score }) => score.value === 0);
    const forNothing = real(falseStops).filter(({ score }) => score.value > 0);
    const forHer =
      yields.length === 0
        ? html``
        : html`<h2>Does it stop for her?</h2>
            ${byLength(observed(calls, 'yield_by_length'), stopTimes, site, draw)}
            ${byLevel(observed(calls, 'yield_by_level'), stopTimes, site, draw)} ${stops(stopTimes, site, draw)}
            ${shown(interruptions(calls))} ${listed('Where was she not let in?', missed, site)}
            ${recoveries(observed(calls, 'interrupt_recovery'), site)}`;
    const forOthers =
      falseStops.length === 0
        ? html``
        : html`<h2>Does it go on through the rest?</h2>
            ${stoppedBy(falseStops, draw)} ${shown(sounds(calls))}
            ${listed('Where did it stop for nothing?', forNothing, site)}
            ${hiccups(observed(calls, 'hiccup'), observed(calls, 'hiccup_length'), site, draw)}`;
    return Promise.resolve(html`${selectivity(site, draw)} ${forHer} ${forOthers}`);
  },
};

export default page;
