import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { soundAgent } from '../../../agent/agent.ts';
import type { AgentParts } from '../../../agent/agent.ts';
import type { Fault } from '../../../agent/fault.ts';
import forgets from '../../../agent/faults/forgets-correction.ts';
import slow from '../../../agent/faults/slow.ts';
import stumbles from '../../../agent/faults/stumbles.ts';
import { openFloor } from '../../../agent/floor/state.ts';
import type { FloorState, Intention } from '../../../agent/floor/state.ts';
import { ms } from '../../../harness/model/time.ts';
import { toneEar, toneVad, toneVoice } from '../../calls/agent-tones.ts';

const folder = new URL('../../../agent/faults/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
const sound = (): AgentParts => soundAgent({ voice: toneVoice, ear: toneEar([]), vad: toneVad });
const load = async (file: string): Promise<Fault> =>
  ((await import(new URL(file, folder).href)) as { default: Fault }).default;

test('there is a fault for every failure the first suite must catch', () => {
  const wanted = ['slow', 'deaf-to-barge-in', 'yields-to-everything', 'cuts-in', 'forgets-correction', 'wrong-desk'];
  const more = ['loses-context', 'no-fallback'];
  expect([...wanted, ...more].filter((name) => !files.includes(`${name}.ts`))).toEqual([]);
});

test.each(files)('%s changes the agent, says what it breaks, and leaves the sound one alone', async (file) => {
  const fault = await load(file);
  const before = sound();
  const broken = fault.apply(before);
  const differing = Object.entries(broken).filter(([part, value]) => value !== before[part as keyof AgentParts]);
  expect(differing.length).toBeGreaterThan(0);
  expect(before.manners).toEqual(sound().manners);
  expect(fault.summary).not.toBe('');
  expect(fault.breaks.length).toBeGreaterThan(0);
});

test('a fault with a bad argument is refused', () => {
  expect(() => slow.apply(sound(), 'soon')).toThrow('slow=soon');
  expect(slow.apply(sound(), '900').manners.replyDelayMs).toBe(900);
});

test('the agent that forgets corrections keeps the first value', () => {
  const { policy } = forgets.apply(sound());
  expect(policy.revise({ day: 'monday' }, { day: 'friday', time: '10:00' })).toEqual({ day: 'monday', time: '10:00' });
});

test('the agent that stumbles goes on late, and not at all once it has given way', () => {
  let script: readonly (readonly Intention[])[] = [];
  const { floor, manners } = stumbles.apply(
    { ...sound(), floor: (state, { at }) => [state, script[at / 100] ?? []] },
    '300',
  );
  const play = (...wanted: readonly (readonly Intention[])[]): readonly (readonly Intention[])[] => {
    script = wanted;
    let state: FloorState = openFloor;
    return Array.from({ length: 8 }, (_, i) => {
      const [next, intentions] = floor(state, { kind: 'frame', at: ms(i * 100), lengthMs: 100, loud: false }, manners);
      state = next;
      return intentions;
    });
  };
  expect(play(['duck', 'overhear'], ['unduck', 'forget'])).toEqual([
    ['duck', 'overhear'],
    ['forget'],
    [],
    [],
    ['unduck'],
    [],
    [],
    [],
  ]);
  expect(play(['duck'], ['unduck'], ['cut', 'hear']).flat()).toEqual(['duck', 'cut', 'hear']);
});
