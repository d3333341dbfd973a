import type { UserConfig } from 'vite';
import { CSP_NONCE_PLACEHOLDER } from '../http/built-page.ts';

/**
 * Browsers from about 2021, because clinics use their computers for many years. The build replaces newer syntax, but neither newer
 * functions nor newer styles: `test/browser/old-browsers.test.ts` looks for these.
 */
export const TARGET = ['chrome94', 'edge94', 'firefox93', 'safari15.4'];

/** What the builds of the console and of the playground have in common. */
export const SHARED = {
  html: { cspNonce: CSP_NONCE_PLACEHOLDER },
  build: {
    target: TARGET,
    // Every asset is a file, because the content security policy allows no `data:` URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    // The licences of the bundled libraries require that they are delivered with every copy.
    license: { fileName: 'licences.md' },
  },
} satisfies UserConfig;
