import { networkOf } from '../harness/model/line.ts';
import type { Blackout, Impairments, Network } from '../harness/model/network.ts';
import type { ScoredCall } from '../harness/model/metric.ts';
import { inUnit, several } from './words.ts';

/** What was asked of a network, in words; empty where nothing was. */
export function networkText({ way, back, ...settings }: Network): string {
  const there = settingsText(settings);
  if (way === undefined) return there;
  const other = back ? settingsText(back) : '';
  const named = { out: 'to the agent', in: 'from the agent' };
  return [
    ...(there ? [`${named[way]} ${there}`] : []),
    ...(other ? [`${named[way === 'out' ? 'in' : 'out']} ${other}`] : []),
  ].join('; ');
}

function settingsText(settings: Impairments): string {
  const { loss, burst, delayMs, jitterMs, jitter, order, reorder = 0, duplicate = 0, blackouts = [] } = settings;
  return [
    ...(loss > 0 ? [`${inUnit(loss, 'rate')} lost${burst === undefined ? '' : ` in bursts of ${burst}`}`] : []),
    ...(delayMs ? [`delay ${delayMs} ms`] : []),
    ...(jitterMs
      ? [`${jitter === 'tailed' ? 'tailed ' : ''}jitter to ${jitterMs} ms${order ? ', overtaking' : ''}`]
      : []),
    ...(reorder > 0 ? [`${inUnit(reorder, 'rate')} out of order`] : []),
    ...(duplicate > 0 ? [`${inUnit(duplicate, 'rate')} twice`] : []),
    ...blackouts.map(blackoutText),
  ].join(', ');
}

const blackoutText = (one: Blackout): string =>
  'fromMs' in one
    ? `nothing from ${one.fromMs} to ${one.toMs} ms`
    : `nothing for ${one.forMs} ms every ${one.everyMs} ms`;

/** A line on the calls that were made over an impaired network, or none: what the agent did wrong there it did on that. */
export function networkLines(calls: readonly ScoredCall[]): readonly string[] {
  const networks = calls.map(({ plan }) => networkText(networkOf(plan.phone))).filter((text) => text !== '');
  const [first, ...others] = new Set(networks);
  if (first === undefined) return [];
  const whose = networks.length === calls.length ? 'every call' : several(networks.length, 'call');
  const more = others.length === 0 ? '' : ` and ${others.length} other ways`;
  return [`Network: packets of ${whose} impaired as asked: ${first}${more}`];
}
