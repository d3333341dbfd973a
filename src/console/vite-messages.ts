import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { basename, join } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';

const LANGUAGE_FOLDER = join(import.meta.dirname, 'app/language');
const MESSAGE_FILE = /\/app\/language\/messages\/[a-z]+\.json$/;
const FIRST_SCRIPT = '<!-- first-script -->';

/** The console's messages, compiled: browsers need no parser of the ICU message format. */
export const compiledMessages: Plugin = {
  name: 'compiled-messages',
  enforce: 'pre',
  transform(code, id) {
    if (!MESSAGE_FILE.test(id)) return undefined;
    const messages = JSON.parse(code) as Record<string, string>;
    const compiled = Object.entries(messages).map(([key, message]) => [key, compileMessageOrThrow(message)]);
    return { code: `export default ${JSON.stringify(Object.fromEntries(compiled))}`, map: null, moduleType: 'js' };
  },
};

/** The parts of the component library whose texts component-texts.ts has. */
const TEXTS_IN_MESSAGES = ['combobox', 'menu', 'overlays', 'searchfield'];
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
    if (!TEXTS_IN_MESSAGES.includes(part)) return 'export default {};';
    return `export { ${part} as default } from ${JSON.stringify(join(LANGUAGE_FOLDER, 'component-texts.ts'))};`;
  },
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      for (const [id, { renderedLength }] of Object.entries(chunk.type === 'chunk' ? chunk.modules : {})) {
        const found = COMPONENT_TEXTS.exec(id);
        if (found && renderedLength > 0 && !TEXTS_IN_MESSAGES.includes(found[1] ?? '')) {
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
    async handler(html, { bundle = {} }) {
      const script = await bundleFirstScript(messageFiles(bundle));
      return html.replace(FIRST_SCRIPT, () => `<script>${script}</script>`);
    },
  },
};

/** The addresses of the built messages by language. */
function messageFiles(bundle: Rolldown.OutputBundle): Record<string, string> {
  return Object.fromEntries(
    Object.values(bundle).flatMap((file) => {
      const source = file.type === 'chunk' ? file.facadeModuleId : null;
      return source && MESSAGE_FILE.test(source) ? [[basename(source, '.json'), `/${file.fileName}`]] : [];
    }),
  );
}

async function bundleFirstScript(files: Record<string, string>): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define: { MESSAGE_FILES: JSON.stringify(files) },
    build: {
      write: false,
      rolldownOptions: { input: join(LANGUAGE_FOLDER, 'first-script.ts'), output: { format: 'iife' } },
    },
  });
  const [chunk] = 'output' in built ? built.output : [];
  if (chunk?.type !== 'chunk') throw new Error('The first script could not be built.');
  return chunk.code.trim();
}
