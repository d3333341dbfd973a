import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'vite';
import { CSP_NONCE_PLACEHOLDER } from './csp-nonce.ts';

/** The playground has a build of its own. It shares no files with the console, because the console's first load must stay small. */
const config: UserConfig = {
  root: fileURLToPath(new URL('../playground/app/', import.meta.url)),
  base: '/graphiql/',
  html: { cspNonce: CSP_NONCE_PLACEHOLDER },
  build: {
    target: ['chrome94', 'edge94', 'firefox93', 'safari15.4'],
    // Every asset is a file, because the content security policy allows no `data:` URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    license: { fileName: 'licences.md' },
  },
};

export default config;
