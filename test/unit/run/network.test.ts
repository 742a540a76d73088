import { expect, test } from 'vitest';
import { networkOf, type Phone } from '../../../harness/model/line.ts';
import { fromHandset } from '../../../harness/run/codecs.ts';
import { networkComplaint, networkNamed } from '../../../harness/run/network.ts';
import { plansOf } from '../../../harness/run/plans.ts';
import { loadSuite } from '../../../harness/run/suite.ts';

test('a network is written as it is asked for', () => {
  expect(networkNamed('loss=5%,burst=3,jitter=40,delay=20')).toEqual({
    loss: 0.05,
    burst: 3,
    jitterMs: 40,
    delayMs: 20,
  });
  expect(networkNamed('jitter=80ms, shape=tailed, order=free, reorder=0.02, duplicate=1%')).toEqual({
    loss: 0,
    jitterMs: 80,
    jitter: 'tailed',
    order: 'free',
    reorder: 0.02,
    duplicate: 0.01,
  });
  expect(networkNamed('loss=80%,burst=4').burst).toBe(4);
  expect(networkNamed('blackout=4000-4600+600/10000').blackouts).toEqual([
    { fromMs: 4000, toMs: 4600 },
    { forMs: 600, everyMs: 10_000 },
  ]);
});

test('one way, or each way its own', () => {
  expect(networkNamed('in:loss=2%')).toEqual({ loss: 0.02, way: 'in' });
  expect(networkNamed('out: loss=5%; in: jitter=40')).toEqual({
    loss: 0.05,
    way: 'out',
    back: { loss: 0, jitterMs: 40 },
  });
});

test.each([
  ['lost=5%', 'a network is written like loss=5%,burst=3,jitter=40, of loss, burst, delay'],
  ['', 'not ""'],
  ['constructor=1', 'not "constructor=1"'],
  ['loss=5', 'loss takes a share such as 5% or 0.05, not "5"'],
  ['jitter=lots', 'jitter takes a number of milliseconds, such as 40, not "lots"'],
  ['burst=3', 'bursts of no loss; say how much is lost, too'],
  ['loss=80%,burst=2', 'a loss of 80% needs bursts of at least 4.0 packets'],
  ['loss=5%,burst=0.5', 'a burst is at least 1 packet, not 0.5'],
  ['loss=100%', 'loss is a share of 0 to less than 1, not 1'],
  ['delay=100000', 'delay is 0 to 60000 ms, not 100000'],
  ['blackout=600-400', 'a blackout goes from an instant to a later one, ms'],
  ['blackout=4s', 'blackout takes 4000-4600'],
  ['blackout=600/500', 'a blackout that comes back is shorter than its period'],
  ['order=kept', 'order takes free, not "kept"'],
  ['loss=1%;jitter=5', 'has two ways; write out:loss=5%;in:jitter=40'],
  ['in:loss=1%;in:jitter=5', 'has two ways; write out:loss=5%;in:jitter=40'],
])('"%s" is refused in a sentence', (typed, says) => {
  expect(() => networkNamed(typed)).toThrow(says);
});

test('what happens the other way needs a way', () => {
  expect(networkComplaint({ loss: 0, back: { loss: 0 } })).toContain('needs a way of its own');
});

test('a plan from behind another network keeps the handset and nothing of the old network', () => {
  const phone: Phone = { codec: 'G722', band: 'wide', loss: 0.02, jitterMs: 30 };
  const plan = fromHandset({ phone } as Parameters<typeof fromHandset>[0], { network: { loss: 0.05, burst: 3 } });
  expect(plan.phone).toEqual({ codec: 'G722', band: 'wide', loss: 0.05, burst: 3 });
  expect(networkOf(plan.phone)).toEqual({ loss: 0.05, burst: 3 });
});

test('a run’s network is in every plan but the metronome’s, which checks the instrument', async () => {
  const loaded = await loadSuite('demo');
  const network = { loss: 0.05, burst: 3, jitterMs: 40 };
  const plans = await plansOf(loaded, { seed: 1, trials: 1, only: undefined, network });
  for (const plan of plans) expect(plan.phone.jitterMs).toBe(plan.metronome ? undefined : 40);
  const ofSuite = { ...loaded, suite: { ...loaded.suite, network } };
  expect(await plansOf(ofSuite, { seed: 1, trials: 1, only: undefined })).toEqual(plans);
});
