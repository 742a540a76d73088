import { expect, test } from 'vitest';
import type { Phone } from '../../../harness/model/line.ts';
import { networkNamed } from '../../../harness/run/network.ts';
import { networkText } from '../../../reports/network.ts';
import { textReport } from '../../../reports/text.ts';
import { CARLA, MAYA, METRONOME, reportOf } from './sample.ts';

test.each([
  ['loss=5%,burst=3,jitter=40,delay=20', '5 % lost in bursts of 3, delay 20 ms, jitter to 40 ms'],
  [
    'out:loss=2%;in:jitter=80,shape=tailed,order=free',
    'to the agent 2 % lost; from the agent tailed jitter to 80 ms, overtaking',
  ],
  ['in:reorder=1%,duplicate=2%', 'from the agent 1 % out of order, 2 % twice'],
  ['blackout=4000-4600+600/10000', 'nothing from 4000 to 4600 ms, nothing for 600 ms every 10000 ms'],
])('%s is told as %s', (typed, says) => {
  expect(networkText(networkNamed(typed))).toBe(says);
});

const behind = (call: typeof MAYA): typeof MAYA => {
  const phone: Phone = { codec: 'PCMU', ...networkNamed('loss=5%,burst=3') };
  return { ...call, plan: { ...call.plan, phone } };
};

test('a reader learns that the network was bad on purpose, and on a good one is told nothing', () => {
  expect(textReport(reportOf([MAYA, CARLA, METRONOME]))).not.toContain('Network');
  expect(textReport(reportOf([behind(MAYA), behind(CARLA), METRONOME]))).toContain(
    'Network: packets of every call impaired as asked: 5 % lost in bursts of 3\n',
  );
  expect(textReport(reportOf([behind(MAYA), CARLA]))).toContain('packets of 1 call impaired as asked');
});
