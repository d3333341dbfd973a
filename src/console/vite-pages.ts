import { join } from 'node:path';
import { build, type InlineConfig, type Plugin, type Rolldown } from 'vite';
import { CSP_NONCE_PLACEHOLDER } from '../http/built-page.ts';
import { LANGUAGES } from './app/language/languages.ts';
import { messageAddresses, messages } from './vite-messages.ts';
import { operationsByHash } from './vite-operations.ts';
import { TARGET } from './vite-shared.ts';

const APP = join(import.meta.dirname, 'app');
const FIRST_SCRIPT = '<!-- first-script -->';
/** Elements of the frame (the HTML of index.html) that name the message id of their text (TEXT) or of their accessible label (LABEL). */
const TEXT = /(data-text="([\w.]+)">)(?=<\/)/g;
const LABEL = /data-label="([\w.]+)"/g;
/** The messages that the first script needs in addition to the texts of the frame. */
const TEXTS_OF_SCRIPT = ['error.unreachable', 'error.notRunning', 'action.tryAgain'];

/** Puts the script that runs first into the page itself, so that it costs no request. */
export const firstScript: Plugin = {
  name: 'first-script',
  transformIndexHtml: {
    order: 'post',
    async handler(html, { server }) {
      const script = await bundleFirstScript(html, server ? 'serve' : 'build');
      const page = html.replace(FIRST_SCRIPT, () => `<script>${script}</script>`);
      return server ? inLanguage(page, 'en') : page;
    },
  },
};

/**
 * Writes the page once for each language, as `pages/CODE.html`, so that its frame has the right words and direction
 * before any script runs. The styles are inlined too, so that the frame is drawn without another request.
 */
export const pages: Plugin = {
  name: 'pages',
  enforce: 'post',
  async generateBundle(_options, output) {
    const page = output['index.html'];
    if (page?.type !== 'asset') return this.error('There is no index.html.');
    const html = withStyles(String(page.source), output);
    delete output['index.html'];
    const source = await bundle(join(import.meta.dirname, 'service-worker.ts'), {});
    this.emitFile({ type: 'asset', fileName: 'service-worker.js', source });
    for (const language of Object.keys(LANGUAGES)) {
      this.emitFile({ type: 'asset', fileName: `pages/${language}.html`, source: inLanguage(html, language) });
    }
  },
};

/** Returns the page with its style sheets inlined. */
function withStyles(html: string, output: Rolldown.OutputBundle): string {
  return html.replaceAll(/<link rel="stylesheet"[^>]* href="\/([^"]+)"[^>]*>/g, (link, file: string) => {
    const styles = output[file];
    return styles?.type === 'asset' ? `<style nonce="${CSP_NONCE_PLACEHOLDER}">${String(styles.source)}</style>` : link;
  });
}

/** Returns the page with the texts of its frame in this language. */
function inLanguage(html: string, language: string): string {
  const textOf = (id: string) => escape(messages.get(language)?.[id] ?? '');
  const { direction } = LANGUAGES[language as keyof typeof LANGUAGES];
  return html
    .replace(/<html lang="\w+" dir="\w+"/, `<html lang="${language}" dir="${direction}"`)
    .replaceAll(TEXT, (_all, start: string, id: string) => start + textOf(id))
    .replaceAll(LABEL, (label, id: string) => `${label} aria-label="${textOf(id)}"`);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function frameTexts(html: string): object {
  const ids = [
    ...[...html.matchAll(TEXT)].map(([, , id = '']) => id),
    ...[...html.matchAll(LABEL)].map(([, id = '']) => id),
    ...TEXTS_OF_SCRIPT,
  ];
  const of = (texts: Record<string, string>) => Object.fromEntries(ids.map((id) => [id, texts[id]]));
  return Object.fromEntries([...messages].map(([language, texts]) => [language, of(texts)]));
}

function bundleFirstScript(html: string, command: 'build' | 'serve'): Promise<string> {
  return bundle(join(APP, 'first-script.ts'), {
    plugins: [operationsByHash],
    define: {
      MESSAGE_FILES: JSON.stringify(messageAddresses(command)),
      FRAME_TEXTS: JSON.stringify(frameTexts(html)),
    },
  });
}

/** Bundles a script and everything that it imports into one script. Throws if the build fails. */
async function bundle(input: string, config: InlineConfig): Promise<string> {
  const result = await build({
    ...config,
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: TARGET, rolldownOptions: { input, output: { format: 'iife' } } },
  });
  const [chunk] = 'output' in result ? result.output : [];
  if (chunk?.type !== 'chunk') throw new Error(`${input} could not be built.`);
  return chunk.code.trim();
}
