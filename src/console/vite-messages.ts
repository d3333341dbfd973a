import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'vite';

const APP = join(import.meta.dirname, 'app');
const LANGUAGE_FOLDER = join(APP, 'language');
const FIRST_SCRIPT = '<!-- first-script -->';

const messages = new Map(
  globSync(join(LANGUAGE_FOLDER, 'messages/*.json')).map((file) => [
    basename(file, '.json'),
    JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>,
  ]),
);
const ids = Object.keys(messages.get('en') ?? {});

/** In the built console the messages are an array, and a message's id is its place in the English file. */
const shortIds = new Map(ids.map((id, place) => [id, String(place)]));

const built = [...messages].map(([language, texts]) => {
  // Compiled messages need no parser of the ICU message format in the browser.
  const source = JSON.stringify(ids.map((id) => compileMessageOrThrow(texts[id] ?? '')));
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
  return { language, source, fileName: `assets/${language}-${hash}.json` };
});

/** Puts the messages of each language into a file of its own. `MESSAGE_FILES` has their addresses. */
export const messageFiles: Plugin = {
  name: 'message-files',
  enforce: 'pre',
  config: (_config, { command }) => ({
    define: { MESSAGE_FILES: JSON.stringify(addresses(command)) },
  }),
  transform(code, id) {
    if (this.environment.mode !== 'build' || !id.startsWith(APP)) return undefined;
    // Every id has a dot, so that no other string of the console is the same.
    return code.replaceAll(/(['"])([\w.]+\.\w+)\1/g, (literal, quote: string, text: string) => {
      const short = shortIds.get(text);
      return short === undefined ? literal : quote + short + quote;
    });
  },
  generateBundle() {
    for (const { fileName, source } of built) this.emitFile({ type: 'asset', fileName, source });
  },
};

/** The addresses of the messages by language. While one develops, the files are served as they are. */
function addresses(command: 'build' | 'serve'): Record<string, string> {
  return Object.fromEntries(
    command === 'build'
      ? built.map(({ language, fileName }) => [language, `/${fileName}`])
      : [...messages.keys()].map((language) => [language, `/language/messages/${language}.json`]),
  );
}

/** The parts of the component library whose texts component-texts.ts has. */
const TEXTS_IN_MESSAGES = new Set(['combobox', 'menu', 'overlays']);
const COMPONENT_TEXTS = /\/react-aria(?:-components)?\/dist\/private\/(?:(\w+)\/)?intlStrings\.mjs$/;

/**
 * Puts the console's messages in the place of the texts that the component library brings in thirty languages. The
 * build fails if the console uses a part of the library whose texts are not among the messages.
 */
export const componentTexts: Plugin = {
  name: 'component-texts',
  enforce: 'pre',
  load(id) {
    const found = COMPONENT_TEXTS.exec(id);
    if (!found) return undefined;
    const [, part = ''] = found;
    if (!TEXTS_IN_MESSAGES.has(part)) return 'export default {};';
    return `export { ${part} as default } from ${JSON.stringify(join(LANGUAGE_FOLDER, 'component-texts.ts'))};`;
  },
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      for (const [id, { renderedLength }] of Object.entries(chunk.type === 'chunk' ? chunk.modules : {})) {
        const found = COMPONENT_TEXTS.exec(id);
        if (found && renderedLength > 0 && !TEXTS_IN_MESSAGES.has(found[1] ?? '')) {
          this.error(`component-texts.ts lacks the texts that take the place of ${id}.`);
        }
      }
    }
  },
};

/** Puts the script that chooses the language into the page itself, so that it costs no request. */
export const firstScript: Plugin = {
  name: 'first-script',
  transformIndexHtml: {
    order: 'post',
    async handler(html, { server }) {
      const script = await bundleFirstScript(server ? 'serve' : 'build');
      return html.replace(FIRST_SCRIPT, () => `<script>${script}</script>`);
    },
  },
};

async function bundleFirstScript(command: 'build' | 'serve'): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    define: { MESSAGE_FILES: JSON.stringify(addresses(command)) },
    build: {
      write: false,
      rolldownOptions: { input: join(LANGUAGE_FOLDER, 'first-script.ts'), output: { format: 'iife' } },
    },
  });
  const [chunk] = 'output' in result ? result.output : [];
  if (chunk?.type !== 'chunk') throw new Error('The first script could not be built.');
  return chunk.code.trim();
}
