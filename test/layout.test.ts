import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '../src');

/** What the files of each room may import from, besides their own room. Imports run one way: from top to bottom. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  main: ['commands'],
  // What the package offers to other programs.
  index: ['server', 'config', 'observe', 'database'],
  commands: ['server', 'config', 'snapshot', 'graphql', 'console', 'observe', 'access', 'model', 'database'],
  server: ['config', 'rest', 'playground', 'graphql', 'http', 'console', 'observe', 'access', 'model', 'database'],
  // What a setting is, is said where it is used.
  config: ['graphql', 'access', 'database'],
  snapshot: ['access', 'model', 'database'],
  // REST reaches the model through GraphQL's operations, and in no other way.
  rest: ['graphql', 'http', 'access', 'encoding', 'browser-package', 'package-root'],
  graphql: ['http', 'access', 'model', 'database', 'package-root'],
  http: [],
  // A client of /graphql like any other.
  console: ['http', 'package-root'],
  playground: ['http', 'browser-package', 'package-root'],
  observe: ['config', 'database'],
  access: ['model', 'database'],
  model: ['database', 'encoding'],
  database: [],
  encoding: [],
  // Where files are that are not code.
  'browser-package': ['package-root'],
  'package-root': [],
};

/** Where a room may import types only: its code runs without the other. */
const TYPES_ONLY = new Set(['config -> access', 'config -> database', 'observe -> config', 'observe -> database']);

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('console/app/'))
  .toSorted();

const room = (file: string): string => file.split('/')[0]?.replace(/\.tsx?$/, '') ?? '';

/** The files of this repository that a file imports, and whether for their types alone. */
function imports(file: string): { target: string; typeOnly: boolean }[] {
  const text = readFileSync(join(SOURCE, file), 'utf8');
  const statements = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+'(\.[^']+)'|import\(\s*'(\.[^']+)'/g,
  );
  return [...statements].map(([, type, from, dynamic]) => ({
    target: relative(SOURCE, join(SOURCE, dirname(file), from ?? dynamic ?? '')),
    typeOnly: type !== undefined,
  }));
}

describe('imports run one way', () => {
  it('between rooms that are all known', () => {
    expect([...new Set(files.map(room))].filter((name) => !(name in MAY_IMPORT))).toEqual([]);
  });

  it.each(files.filter((file) => file.endsWith('.ts')))('%s', (file) => {
    const from = room(file);
    const wrong = imports(file)
      .filter(({ target }) => room(target) !== from)
      .filter(
        ({ target, typeOnly }) =>
          !MAY_IMPORT[from]?.includes(room(target)) || (!typeOnly && TYPES_ONLY.has(`${from} -> ${room(target)}`)),
      )
      .map(({ target }) => `${file} imports ${target}`);
    expect(wrong).toEqual([]);
  });

  it('and would be seen running the other way', () => {
    expect(imports('main.ts').map(({ target }) => target)).toEqual(['commands/program.ts']);
    expect(imports('server.ts').map(({ target }) => room(target))).toContain('graphql');
  });
});

describe('the source', () => {
  const own = files.filter((file) => !file.includes('generated/'));

  it.each([
    ['the type any', /(?<![\w'"`])(?:as|:|<|\|)\s*any\b(?!\w)/],
    ['a comment that silences the compiler', /@ts-(?:ignore|nocheck|expect-error)/],
    ['a value that is said to be there', /[\w)\]]!(?:\.|;|,|\))/],
  ])('has no %s', (_what, pattern) => {
    const found = own.filter((file) => pattern.test(withoutComments(file)));
    expect(found).toEqual([]);
  });

  function withoutComments(file: string): string {
    const text = readFileSync(join(SOURCE, file), 'utf8');
    return text.includes('@ts-') ? text : text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  }

  it.each(own)('can be run by Node as it is, and is named in kebab-case: %s', (file) => {
    if (file.endsWith('.ts'))
      expect(() => stripTypeScriptTypes(readFileSync(join(SOURCE, file), 'utf8'))).not.toThrow();
    expect(file).toMatch(/^(?:[a-z\d]+(?:-[a-z\d]+)*(?:\.[a-z]+)?\/)*[a-z\d]+(?:-[a-z\d]+)*(?:\.(?:d|config))?\.tsx?$/);
    expect(file).not.toMatch(/(?:^|\/)(?:utils?|helpers?|common)\b/);
  });
});
