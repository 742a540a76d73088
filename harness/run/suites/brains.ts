import { defineSuite } from '../../model/suite.ts';

/**
 * What a slower model costs: the reference agent with a brain that takes 250, 350 or 900 ms in the median, by chance and
 * simulated, called by the same people in turn: plain ones and some who interrupt. Name engines instead to compare real
 * ones: `hangup run brains --matrix brain=rules,openai:MODEL@URL`.
 */
export default defineSuite({
  name: 'brains',
  target: 'reference',
  line: 'sip',
  seed: 6,
  matrix: { simulate: ['brain=lognormal(250,0.3)', 'brain=lognormal(350,0.4)', 'brain=lognormal(900,0.4)'] },
  calls: ['plain-paula', 'pressed-peter', 'hasty-helen'].map((persona) => ({
    persona,
    scenario: 'price-and-hours',
    trials: 4,
  })),
  metronome: 2,
  jobs: 2,
  gates: [],
  allow: [],
});
