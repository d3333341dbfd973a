import { compileMessageOrThrow, type CompiledMessage } from '@lingui/message-utils/compileMessage';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';

const APP = join(import.meta.dirname, 'app');
const LANGUAGE_FOLDER = join(APP, 'language');

/** The messages by language, and by id. */
export const messages: ReadonlyMap<string, Record<string, string>> = new Map(
  globSync(join(LANGUAGE_FOLDER, 'messages/*.json')).map((file) => [
    basename(file, '.json'),
    JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>,
  ]),
);
const ids = Object.keys(messages.get('en') ?? {});
/** Messages that are loaded with the code that shows them: the prefix of their ids, and the constant that holds their addresses. */
const LATER = {
  webhook: 'WEBHOOK_MESSAGE_FILES',
  people: 'PEOPLE_MESSAGE_FILES',
  activity: 'ACTIVITY_MESSAGE_FILES',
  selection: 'SELECTION_MESSAGE_FILES',
  spreadsheet: 'SPREADSHEET_MESSAGE_FILES',
  upstream: 'UPSTREAM_MESSAGE_FILES',
};
const partOf = (id: string) => Object.keys(LATER).find((part) => id.startsWith(`${part}.`));
const otherIds = ids.filter((id) => partOf(id) === undefined);

/** In the built console, the id of a message is its index in this order. */
const shortIds = new Map(
  [...otherIds, ...ids.filter((id) => partOf(id) !== undefined)].map((id, place) => [id, String(place)]),
);

const first = [...messages].map(([language, texts]) =>
  // These messages have the indexes from 0 on, so they are stored as an array without keys.
  messageFile(language, otherIds.map(compiledIn(texts))),
);
const later = Object.entries(LATER).map(([part, name]) => {
  const files = [...messages].map(([language, texts]) => {
    const compiled = compiledIn(texts);
    const own = ids.filter((id) => partOf(id) === part);
    return messageFile(`${part}-${language}`, Object.fromEntries(own.map((id) => [shortIds.get(id), compiled(id)])));
  });
  return { name, files };
});

/**
 * Puts the messages of each language into files: one for each part of LATER, and one for all other messages. The
 * addresses of the latter are in `MESSAGE_FILES`.
 */
export const messageFiles: Plugin = {
  name: 'message-files',
  enforce: 'pre',
  config: (_config, { command }) => ({
    define: {
      MESSAGE_FILES: JSON.stringify(messageAddresses(command)),
      ...Object.fromEntries(later.map(({ name, files }) => [name, JSON.stringify(addresses(files, command))])),
    },
  }),
  transform(code, id) {
    if (this.environment.mode !== 'build' || !id.startsWith(APP) || id.endsWith('.html')) return undefined;
    // Every id has a dot, so that no other string of the console is equal to an id.
    return code.replaceAll(/(['"])([\w.]+\.\w+)\1/g, (literal, quote: string, text: string) => {
      const short = shortIds.get(text);
      return short === undefined ? literal : quote + short + quote;
    });
  },
  generateBundle() {
    for (const { fileName, source } of [...first, ...later.flatMap(({ files }) => files)])
      this.emitFile({ type: 'asset', fileName, source });
  },
};

/** Compiled messages need no parser of the ICU message format in the browser. */
function compiledIn(texts: Record<string, string>): (id: string) => CompiledMessage {
  return (id) => compileMessageOrThrow(texts[id] ?? '');
}

function messageFile(name: string, content: object): { fileName: string; source: string } {
  const source = JSON.stringify(content);
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
  return { fileName: `assets/${name}-${hash}.json`, source };
}

/** The addresses of the messages that every page needs, by language. */
export function messageAddresses(command: 'build' | 'serve'): Record<string, string> {
  return addresses(first, command);
}

/** The addresses of the messages by language. During development, the source files are served unchanged. */
function addresses(files: readonly { fileName: string }[], command: 'build' | 'serve'): Record<string, string> {
  return Object.fromEntries(
    [...messages.keys()].map((language, place) => [
      language,
      command === 'build' ? `/${files[place]?.fileName}` : `/language/messages/${language}.json`,
    ]),
  );
}

/** The parts of the component library whose texts component-texts.ts has. */
const TEXTS_IN_MESSAGES = new Set(['combobox', 'menu', 'overlays']);
const COMPONENT_TEXTS = /\/react-aria(?:-components)?\/dist\/private\/(?:(\w+)\/)?intlStrings\.mjs$/;

/**
 * Replaces the texts of the component library, which has them in thirty languages, with the console's messages. The
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
