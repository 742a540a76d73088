import { expect, test } from 'vitest';
import { forbidChoice } from '../../../harness/run/reference.ts';

test("somebody else's agent is not asked to break, nor for manners of ours", () => {
  const target = 'sip:agent@10.0.0.5';
  expect(() => forbidChoice(target, { faults: ['mute'] })).toThrow(/--fault .*reference agent only.*leave --fault out/);
  expect(() => forbidChoice(target, { faults: [], manners: 'eager' })).toThrow(/--manners .*leave --manners out/);
  expect(() => forbidChoice(target, { faults: [] })).not.toThrow();
});
