import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const model = fileURLToPath(new URL('./harness/model/', import.meta.url));

/** Real time, and the processor nearly idle: these may wait beside one another, and beside nothing else. */
const WAITING = [
  'test/wire/*.test.ts',
  'test/wire/contract/*.test.ts',
  'test/calls/line-loopback.test.ts',
  'test/unit/hooks/*.test.ts',
  'test/unit/rtp/media.test.ts',
];

/** Real time, and engines, other programs or a browser at work: one file at a time, and nothing beside it. */
const ALONE = [
  'test/peers/**/*.test.ts',
  'test/browser/*.test.ts',
  'test/wire/{agent-handoff,answer,foreign,interrupted,secrets}.test.ts',
  'test/unit/clock/real.test.ts',
];

export default defineConfig({
  // What a user's suite imports; the program itself sees to it (harness/run/own/import.ts).
  resolve: {
    alias: [
      { find: /^hangup$/, replacement: `${model}suite.ts` },
      { find: /^hangup\/model\/(.+)$/, replacement: `${model}$1.ts` },
    ],
  },
  test: {
    globalSetup: ['test/node.setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // One group after the other.
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['test/**/*.test.ts'],
          exclude: [...WAITING, ...ALONE],
          // Pure, or in virtual time: a core each.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'waiting',
          include: WAITING,
          exclude: ALONE,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 2 } } },
    ],
  },
});
