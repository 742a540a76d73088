import { defineSuite } from '../../model/suite.ts';
import { examCalls } from './exam/calls.ts';
import { examGates } from './exam/gates.ts';

/**
 * What an agent is measured with: some 250 calls, one call serving several questions, with metronome calls among them.
 * Its result comes with tables by question (`hangup run exam`); `--only NAME` runs the calls of one caller, `--trials 1` one of each.
 */
export default defineSuite({
  name: 'exam',
  target: 'reference',
  line: 'sip',
  seed: 4,
  calls: examCalls,
  metronome: 10,
  jobs: 6,
  gates: examGates,
  tables: ['turns', 'interruptions', 'sounds', 'pauses', 'changes', 'handoffs', 'fallback'],
  allow: [],
});
