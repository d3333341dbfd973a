import { defineConfig } from 'vitest/config';

/** The tests of what the engine of the database may change. They run on PostgreSQL as well. */
const ON_BOTH_ENGINES = ['test/contract/contract.test.ts', 'test/model/search.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'sqlite', include: ['test/**/*.test.ts'] } },
      { extends: true, test: { name: 'postgres', include: ON_BOTH_ENGINES, env: { TEST_ENGINE: 'postgres' } } },
    ],
    setupFiles: ['test/support/setup.ts'],
    globalSetup: ['test/browser/support/build.ts', 'test/support/postgres-templates.ts'],
    // The code runs as it does for users: by Node itself, which strips its types.
    experimental: { viteModuleRunner: false },
    // Most of what the tests do is to wait, for servers and for browsers.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    reporters: ['default', 'json'],
    outputFile: { json: '.test-results.json' },
  },
});
