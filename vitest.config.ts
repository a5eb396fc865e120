import { defineConfig } from 'vitest/config';

const everywhere = '{server,scenarios,client,scripts}/**';

export default defineConfig({
  test: {
    pool: 'forks',
    retry: 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`${everywhere}/*.test.{ts,tsx}`],
          exclude: ['**/*.browser.test.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['client/**/*.browser.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // After the others, one file at a time: a browser takes the whole of a small machine, and some tests measure time.
          sequence: { groupOrder: 1 },
          fileParallelism: false,
        },
      },
    ],
  },
});
