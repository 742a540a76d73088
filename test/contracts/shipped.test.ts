import { expect, test } from 'vitest';
import { metricComplaint, placeComplaint, voiceComplaint } from '../../harness/run/own/code-contract.ts';
import { attackComplaint, habitComplaint } from '../../harness/run/own/draft-contract.ts';
import { personComplaint } from '../../harness/run/own/person-contract.ts';
import { scenarioComplaint } from '../../harness/run/own/scenario-contract.ts';
import { attacks, habits, metrics, people, places, scenarios, voices } from '../../harness/run/registry.ts';

const kinds = await voices();
const known = {
  habits: [...(await habits()).keys()],
  places: [...(await places()).keys()],
  metrics: [...(await metrics()).keys()],
  voices: new Map(await Promise.all([...kinds].map(async ([name, kind]) => [name, await kind.voices()] as const))),
};

const complaints = async <T>(registry: Promise<ReadonlyMap<string, T>>, complaint: (value: T) => unknown) =>
  [...(await registry)].map(([name, value]) => [name, complaint(value)] as const).filter(([, found]) => found);

test('a file of ours would be refused beside a user suite', async () => {
  expect(await complaints(people(), (person) => personComplaint(person, known))).toEqual([]);
  expect(await complaints(scenarios(), scenarioComplaint)).toEqual([]);
  expect(await complaints(habits(), (habit) => habitComplaint(habit, known))).toEqual([]);
  expect(await complaints(attacks(), (attack) => attackComplaint(attack, known))).toEqual([]);
  expect(await complaints(places(), placeComplaint)).toEqual([]);
  expect(await complaints(metrics(), metricComplaint)).toEqual([]);
  expect(await complaints(voices(), voiceComplaint)).toEqual([]);
});
