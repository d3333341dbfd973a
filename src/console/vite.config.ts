import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'vite';
import { CSP_NONCE_PLACEHOLDER } from './csp-nonce.ts';
import { componentTexts, messageFiles } from './vite-messages.ts';
import { firstScript, pages } from './vite-pages.ts';
import { operationsByHash } from './vite-operations.ts';

const APP = fileURLToPath(new URL('app/', import.meta.url));

/**
 * Parts of the console whose code is loaded by itself: pages when they are opened, the selection when the list is there, and what is said of
 * a live account where there is one.
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
  root: APP,
  plugins: [react(), operationsByHash, messageFiles, componentTexts, firstScript, pages],
  resolve: {
    // React has this hook itself since version 18. The router brings a copy for older ones.
    alias: { 'use-sync-external-store/shim/index.js': 'react', 'use-sync-external-store/shim': 'react' },
  },
  html: { cspNonce: CSP_NONCE_PLACEHOLDER },
  build: {
    // Browsers of about 2021: clinics keep their machines for long.
    target: ['chrome94', 'edge94', 'firefox93', 'safari15.4'],
    // Everything is a file under /assets: the content security policy allows no data addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Warnings are for developers, and the console and its libraries read no property for a side effect.
      // What the first page needs is one file, and what it needs soon after is another one. In more files they would be
      // larger, because each is compressed by itself.
      output: {
        codeSplitting: {
          groups: [
            { name: 'index', tags: ['$initial'], priority: 1 },
            { name: 'later', test: (id) => !ON_DEMAND.some((folder) => id.startsWith(folder)) },
          ],
        },
      },
      treeshake: { manualPureFunctions: ['console.warn'], propertyReadSideEffects: false },
    },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    // The licences of the libraries in the bundle ask to go with every copy of it.
    license: { fileName: 'licences.md' },
  },
  // `npx vite --config src/console/vite.config.ts` serves the sources beside a gateway on its usual port.
  server: { proxy: { '/graphql': 'http://localhost:4000' } },
};

export default config;
