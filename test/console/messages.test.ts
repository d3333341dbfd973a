import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compileMessageOrThrow, type CompiledMessage } from '@lingui/message-utils/compileMessage';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/console/app/language/languages.ts';
import { LOCALES, messagesIn } from '../browser/support/messages.ts';
import { findTexts } from './support/texts.ts';

const APP = join(import.meta.dirname, '../../src/console/app');
const languages = Object.keys(LANGUAGES) as Language[];
const read = (language: string) =>
  JSON.parse(readFileSync(join(APP, `language/messages/${language}.json`), 'utf8')) as Record<string, string>;
const english = read('en');
const ids = new Set(Object.keys(english));

/** The ids of messages that are the same text as in English. */
const SAME_AS_IN_ENGLISH: Record<string, readonly string[]> = {
  fr: [
    'page.all',
    'role.agent',
    'action.all',
    'group.contacts',
    'component.suggestions',
    'account.webhooks',
    'webhook.secret',
  ],
  pt: ['role.editor', 'account.webhooks'],
  es: ['role.editor', 'account.webhooks', 'spreadsheet.no'],
};

/** The structure of a message. */
interface Shape {
  /** The names of all placeholders, including those within plural forms. */
  readonly placeholders: ReadonlySet<string>;
  /** For each plural: the names of its forms, and the placeholders in each form. */
  readonly plurals: readonly { readonly forms: readonly string[]; readonly within: readonly ReadonlySet<string>[] }[];
}

function shapeOf(message: CompiledMessage): Shape {
  const placeholders = new Set<string>();
  const plurals: { forms: string[]; within: ReadonlySet<string>[] }[] = [];
  for (const token of Array.isArray(message) ? message : []) {
    if (!Array.isArray(token)) continue;
    const [name, type, forms] = token;
    placeholders.add(name);
    if (type !== 'plural' || typeof forms !== 'object' || forms === null) continue;
    const cases = Object.entries(forms).filter(([form, text]) => form !== 'offset' && text !== undefined);
    const within = cases.map(([, text]) => shapeOf(text as CompiledMessage).placeholders);
    plurals.push({ forms: cases.map(([form]) => form).toSorted(), within });
    for (const one of within) for (const inner of one) placeholders.add(inner);
  }
  return { placeholders, plurals };
}

const shape = (text = '') => shapeOf(compileMessageOrThrow(text));

describe('the console’s messages', () => {
  it('have one file a language', () => {
    const files = globSync(join(APP, 'language/messages/*.json')).map((file) => basename(file, '.json'));
    expect(files.toSorted()).toEqual(languages.toSorted());
  });

  it('have ids with a dot, by which the build finds them', () => {
    expect([...ids].filter((id) => !/^[a-z]\w*(?:\.\w+)+$/i.test(id))).toEqual([]);
  });

  describe.each(languages)('in the language %s', (language) => {
    const messages = read(language);
    const entries = Object.entries(messages);

    it('are all there, none is too many, and they stand in the order of the English ones', () => {
      expect(Object.keys(messages)).toEqual([...ids]);
      expect(entries.filter(([, text]) => text.trim() !== text || text === '')).toEqual([]);
    });

    it('have the placeholders of the English ones', () => {
      const placeholders = entries.map(([id, text]) => [id, [...shape(text).placeholders].toSorted()]);
      const expected = entries.map(([id]) => [id, [...shape(english[id]).placeholders].toSorted()]);
      expect(placeholders).toEqual(expected);
    });

    it('have all plural forms of the language, each with all placeholders', () => {
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
      const forms = pluralCategories.toSorted();
      for (const [id, text] of entries) {
        for (const plural of shape(text).plurals) {
          expect({ id, forms: plural.forms }).toEqual({ id, forms });
          for (const within of plural.within) expect({ id, within }).toEqual({ id, within: plural.within[0] });
        }
      }
    });

    // Users of speech input say the visible text of a link, so its accessible name must contain this text
    // (https://www.w3.org/TR/WCAG22/#label-in-name). Text in parentheses does not count.
    it.each([1, 2, 3, 11, 100, 1_234])('name the link to %i campaigns of a group as it is shown', (count) => {
      const t = messagesIn(language, LOCALES[language]);
      const name = t('group.campaignsOf', { count, name: 'Farmers' }).replaceAll(/\(.*?\)/g, '');
      expect(name).toContain(t('group.campaignCount', { count }));
      expect(name).toContain(t('count.digits', { count }));
    });

    it('end with an ellipsis where the English ones do', () => {
      const differ = entries.filter(([id, text]) => text.endsWith('…') !== english[id]?.endsWith('…'));
      expect(differ).toEqual([]);
    });
  });

  it.each(languages.filter((language) => language !== 'en'))('are not in English in the language %s', (language) => {
    const same = Object.entries(read(language)).filter(([id, text]) => text === english[id]);
    const allowed = new Set(['campaign.uuid', ...(SAME_AS_IN_ENGLISH[language] ?? [])]);
    expect(same.filter(([id, text]) => /\p{L}{2}/u.test(wordsOf(text)) && !allowed.has(id)).map(([id]) => id)).toEqual(
      [],
    );
  });

  it.each([
    ['pt', '0 contactos', '1 contacto'],
    ['pt-PT', '0 contactos', '1 contacto'],
    ['pt-MZ', '0 contactos', '1 contacto'],
    ['pt-BR', '0 contacto', '1 contacto'],
  ])('count from zero as Portuguese is written: %s', (locale, none, one) => {
    const t = messagesIn('pt', locale);
    expect([0, 1].map((count) => t('group.contactCount', { count }))).toEqual([none, one]);
  });

  /** A message without its placeholders. */
  function wordsOf(text: string): string {
    return text.replaceAll(/\{[^{}]*\}/g, '');
  }

  it.each(Object.entries(LANGUAGES))('of the language %s are written in its direction', (language, { direction }) => {
    const script = new Intl.Locale(language).maximize().script;
    expect(direction).toBe(script === 'Arab' ? 'rtl' : 'ltr');
  });
});

describe('the console’s source', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: APP, exclude: ['generated/**', 'language/languages.ts'] });
  const found = files.map((file) => findTexts(file, readFileSync(join(APP, file), 'utf8'), ids));

  it('has no text of its own', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(found.flatMap(({ own }) => own)).toEqual([]);
  });

  it('uses every message', () => {
    const literals = new Set(found.flatMap(({ literals }) => [...literals]));
    expect([...ids].filter((id) => !literals.has(id))).toEqual([]);
  });

  it('gives each message the values that it has placeholders for', () => {
    const uses = found.flatMap(({ uses }) => uses);
    expect(uses.length).toBeGreaterThan(100);
    for (const { id, values } of uses) {
      expect({ id, values: values.toSorted() }).toEqual({
        id,
        values: [...shape(english[id]).placeholders].toSorted(),
      });
    }
  });
});

describe('a text in the source is found', () => {
  const known = new Set(['action.save']);

  it.each([
    ['between tags', 'const a = <p>Saved</p>;'],
    ['in an expression between tags', 'const a = <p>{busy ? "saving" + x : "done!"}</p>;'],
    ['in a template', 'const a = <p>{`Saved ${name}`}</p>;'],
    ['in the name for screen readers', 'const a = <button aria-label="Close" />;'],
    ['in a tooltip', 'const a = <p title={`Copy ${what}`} />;'],
    ['in a placeholder', 'const a = <input placeholder="Name" />;'],
    ['in the property of a component', 'const a = <Dialog title="New group" />;'],
    ['in a notice', 'notify({ text: "Created" });'],
    ['in a table', 'const LABELS = { newest: "Newest first" };'],
    ['in a call', 'setError("paste a token");'],
  ])('%s', (_where, code) => {
    expect(findTexts('a.tsx', code, known).own).toHaveLength(1);
  });

  it.each([
    ['the id of a message', 'const a = <p title={t("action.save")}>{t(busy ? "action.save" : "action.save")}</p>;'],
    ['a class', 'const a = <p className="field wide" />;'],
    ['an error for developers', 'throw new Error("This cannot be.");'],
    ['an operation', 'const Q = graphql(`query Campaigns { campaigns { name } }`);'],
    ['a type', 'type State = "Signed in" | "out";'],
    ['white space', 'const a = <p>{" "}·</p>;'],
  ])('and %s is none', (_what, code) => {
    expect(findTexts('a.tsx', code, known).own).toEqual([]);
  });
});
