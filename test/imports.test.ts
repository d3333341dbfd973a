import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IViolation } from 'dependency-cruiser';
import { cruise } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './support/folder.ts';

const ROOT = join(import.meta.dirname, '..');
const options = await extractOptions(join(ROOT, '.dependency-cruiser.mjs'));
const rules = (options.ruleSet?.forbidden ?? []).map(({ name = '', comment = '' }) => ({ name, comment }));

interface Imports {
  readonly modules: number;
  readonly violations: readonly IViolation[];
}

/** Checks the imports of all files in a folder's src. */
async function checkImports(folder: string): Promise<Imports> {
  const { output } = await cruise(['src'], { ...options, baseDir: folder });
  if (typeof output === 'string') throw new Error('dependency-cruiser gave a text, not its result');
  return { modules: output.modules.length, violations: output.summary.violations };
}

describe('the imports of src', async () => {
  const { modules, violations } = await checkImports(ROOT);

  it('are all looked at, those of the console’s app included', () => {
    expect(modules).toBeGreaterThan(150);
    expect(rules.length).toBeGreaterThan(20);
  });

  it.each(rules)('keep the rule $name: $comment', ({ name }) => {
    const broken = violations.filter(({ rule }) => rule.name === name).map(({ from, to }) => `${from} imports ${to}`);
    expect(broken).toEqual([]);
  });
});

describe('a wrong import is found', () => {
  /** The rules that these files break, by path below src. */
  async function brokenBy(files: Record<string, string>): Promise<string[]> {
    const folder = temporaryFolder();
    for (const [file, text] of Object.entries(files)) {
      const path = join(folder, 'src', file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const { violations } = await checkImports(folder);
    return [...new Set(violations.map(({ rule }) => rule.name))].toSorted();
  }

  const THING = 'export type Thing = string;\nexport const thing: Thing = "";\n';

  it.each([
    ['of a value', "import { thing } from '../graphql/thing.ts';\nconsole.log(thing);"],
    ['of a type', "import type { Thing } from '../graphql/thing.ts';\nexport const mine: Thing = '';"],
    ['of a type among values', "import { type Thing } from '../graphql/thing.ts';\nexport const mine: Thing = '';"],
    ['that is dynamic', "export const load = () => import('../graphql/thing.ts');"],
    ['that is exported again', "export { thing } from '../graphql/thing.ts';"],
    ['that exports a type again', "export type { Thing } from '../graphql/thing.ts';"],
    ['that exports all of it again', "export * from '../graphql/thing.ts';"],
  ])('%s, upwards', async (_what, text) => {
    expect(await brokenBy({ 'graphql/thing.ts': THING, 'model/wrong.ts': text })).toEqual(['imports-of-model']);
  });

  it('in a circle, of types alone', async () => {
    const files = {
      'model/one.ts': "import type { Two } from './two.ts';\nexport type One = Two;",
      'model/two.ts': "import type { One } from './one.ts';\nexport type Two = One;",
    };
    expect(await brokenBy(files)).toEqual(['no-circle']);
  });

  it('of a value where only types may be imported', async () => {
    const value = "import { thing } from '../database/thing.ts';\nconsole.log(thing);";
    expect(await brokenBy({ 'database/thing.ts': THING, 'observe/wrong.ts': value })).toEqual([
      'observe-needs-only-types-of-database',
    ]);
    const type = "import type { Thing } from '../database/thing.ts';\nexport const mine: Thing = '';";
    expect(await brokenBy({ 'database/thing.ts': THING, 'observe/right.ts': type })).toEqual([]);
  });

  it('of a resolver in REST', async () => {
    const wrong = "import type { Thing } from '../graphql/resolvers/thing.ts';\nexport const mine: Thing = '';";
    expect(await brokenBy({ 'graphql/resolvers/thing.ts': THING, 'rest/wrong.ts': wrong })).toEqual([
      'rest-through-the-pipeline',
    ]);
  });

  it('out of the console’s app', async () => {
    const wrong = "import type { Thing } from '../../model/thing.ts';\nexport const App = () => <p>{'' as Thing}</p>;";
    expect(await brokenBy({ 'model/thing.ts': THING, 'console/app/app.tsx': wrong })).toContain(
      'console-app-is-a-program-of-its-own',
    );
  });

  it('of the console’s server in REST', async () => {
    const wrong = "import { thing } from '../console/thing.ts';\nconsole.log(thing);";
    expect(await brokenBy({ 'console/thing.ts': THING, 'rest/wrong.ts': wrong })).toEqual([
      'rest-imports-nothing-else-of-the-console',
    ]);
  });

  it('of TypeScript in a script that is served as it is', async () => {
    const rule = 'scripts-that-are-served-as-they-are-import-no-typescript';
    const wrong = "import { thing } from './thing.ts';\nexport const mine = thing;";
    const files = { 'console/app/session/thing.ts': THING, 'console/app/session/wrong.js': wrong };
    expect(await brokenBy(files)).toEqual([rule]);
    const right = "import { mine } from '../../../console/app/session/right.js';\nconsole.log(mine);";
    expect(
      await brokenBy({ 'console/app/session/right.js': 'export const mine = 1;', 'rest/docs/assets/page.js': right }),
    ).toEqual([]);
  });

  it('upwards within the console’s app', async () => {
    const wrong =
      "import type { Thing } from '../session/thing.ts';\nexport const Banner = () => <p>{'' as Thing}</p>;";
    expect(await brokenBy({ 'console/app/session/thing.ts': THING, 'console/app/api/banner.tsx': wrong })).toEqual([
      'imports-of-console-app-api',
    ]);
  });

  it('from a room that has no rules', async () => {
    expect(await brokenBy({ 'helpers/wrong.ts': "import '../model/thing.ts';", 'model/thing.ts': THING })).toEqual([
      'room-is-known',
    ]);
  });
});
