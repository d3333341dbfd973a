import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    globalSetup: ['test/browser/support/build.ts'],
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
