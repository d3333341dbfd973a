import { describe, expect, it } from 'vitest';
import { formatLocale, messageLocale, selectLanguage } from '../../src/console/app/language/languages.ts';

describe('the language of the console', () => {
  it.each([
    ['the first of the browser’s languages', null, ['fr', 'en'], 'fr'],
    ['the language of a region', null, ['pt-MZ', 'en'], 'pt'],
    ['a tag in capital letters', null, ['AR-EG'], 'ar'],
    ['the first that the console has', null, ['am-ET', 'sw-TZ', 'en'], 'sw'],
    ['English where it has none of them', null, ['am', 'so'], 'en'],
    ['English where the browser names none', null, [], 'en'],
    ['the one that the user has chosen', 'ar', ['fr'], 'ar'],
    ['the browser’s where the chosen one is unknown', 'xx', ['es-419'], 'es'],
    ['the browser’s where the chosen one is a property of all objects', 'toString', ['es'], 'es'],
  ])('is %s', (_what, chosen, browser, expected) => {
    expect(selectLanguage(chosen, browser)).toBe(expected);
  });
});

describe('dates', () => {
  it.each([
    ['follow the browser’s region of the language', 'en', ['fr-FR', 'en-GB'], 'en-GB'],
    ['follow the language where the browser does not name it', 'ar', ['fr-FR', 'en-GB'], 'ar'],
  ] as const)('%s', (_what, language, browser, expected) => {
    expect(formatLocale(language, browser)).toBe(expected);
  });
});

describe('plurals and numbers in messages', () => {
  it.each([
    ['follow the browser’s region of the language', 'fr', ['fr-SN', 'en'], 'fr-SN'],
    ['follow Portugal where the browser names no region', 'pt', ['pt'], 'pt-PT'],
    ['follow Portugal where the browser does not name the language', 'pt', ['so-SO'], 'pt-PT'],
    ['follow Portugal in the other regions', 'pt', ['pt-MZ', 'pt-BR'], 'pt-PT'],
    ['but not in Brazil', 'pt', ['pt-BR', 'pt-PT'], 'pt-BR'],
  ] as const)('%s', (_what, language, browser, expected) => {
    expect(messageLocale(language, browser)).toBe(expected);
  });
});
