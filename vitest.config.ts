import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const model = fileURLToPath(new URL('./harness/model/', import.meta.url));

export default defineConfig({
  // What a user's suite imports; the program itself sees to it (harness/run/own/import.ts).
  resolve: {
    alias: [
      { find: /^hangup$/, replacement: `${model}suite.ts` },
      { find: /^hangup\/model\/(.+)$/, replacement: `${model}$1.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/node.setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
