import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'vite';
import { componentTexts, messageFiles } from './vite-messages.ts';
import { firstScript, pages } from './vite-pages.ts';
import { operationsByHash } from './vite-operations.ts';
import { SHARED } from './vite-shared.ts';

const APP = fileURLToPath(new URL('app/', import.meta.url));

/**
 * Parts of the console whose code is loaded separately. Pages are loaded when they are opened, the selection when the list is loaded,
 * and the line about the live account only if the workspace has one.
 */
const ON_DEMAND = [
  'activity/',
  'campaigns/many/',
  'people/',
  'spreadsheet/',
  'upstream/upstream-line',
  'webhooks/',
].map((part) => APP + part);

const config: UserConfig = {
  ...SHARED,
  root: APP,
  plugins: [react(), operationsByHash, messageFiles, componentTexts, firstScript, pages],
  resolve: {
    // React has this hook itself since version 18. The router brings a copy for older ones.
    alias: { 'use-sync-external-store/shim/index.js': 'react', 'use-sync-external-store/shim': 'react' },
  },
  build: {
    ...SHARED.build,
    rolldownOptions: {
      // The code of the first page is one file, and the code that is needed soon after is a second one. More files would
      // be larger in total, because each file is compressed separately.
      output: {
        codeSplitting: {
          groups: [
            { name: 'index', tags: ['$initial'], priority: 1 },
            { name: 'later', test: (id) => !ON_DEMAND.some((folder) => id.startsWith(folder)) },
          ],
        },
      },
      // Users need no warnings in the developer tools. Neither this app nor its libraries read a property for a side effect.
      treeshake: { manualPureFunctions: ['console.warn'], propertyReadSideEffects: false },
    },
  },
  // `npx vite --config src/console/vite.config.ts` serves the sources. It needs a gateway on port 4000.
  server: { proxy: { '/graphql': 'http://localhost:4000' } },
};

export default config;
