import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, preview } from 'vite';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { serveFixture } from './support/server.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const guide = await readFile(join(REPOSITORY, 'docs/frontends.md'), 'utf8');

/** The guide's code block in this language. */
function block(language: string): string {
  const [, code] = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(guide) ?? [];
  if (code === undefined) throw new Error(`The guide has no block "${language}".`);
  return code;
}

/** The files of `npm create vite` with the template react-ts, as far as they matter for the types and for the page. */
const TEMPLATE = {
  'index.html': '<div id="root"></div><script type="module" src="/src/main.tsx"></script>',
  'src/main.tsx': `import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import App from './App.tsx';
createRoot(document.getElementById('root')!).render(<StrictMode><App /></StrictMode>);
`,
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2023',
      lib: ['ES2023', 'DOM', 'DOM.Iterable'],
      module: 'esnext',
      types: ['vite/client'],
      skipLibCheck: true,
      moduleResolution: 'bundler',
      allowImportingTsExtensions: true,
      verbatimModuleSyntax: true,
      moduleDetection: 'force',
      noEmit: true,
      jsx: 'react-jsx',
      strict: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      erasableSyntaxOnly: true,
      noFallthroughCasesInSwitch: true,
    },
    include: ['src'],
  }),
};

/** Creates a project by the guide's instructions. It lies inside the repository, because there it finds the installed packages. */
async function createFrontend(base: string, recipe: string): Promise<string> {
  await mkdir(join(REPOSITORY, 'dist'), { recursive: true });
  const folder = await mkdtemp(join(REPOSITORY, `dist/frontend-${recipe}-`));
  await mkdir(join(folder, 'src'));
  const files = { ...TEMPLATE, 'codegen.yml': block('yaml'), 'src/App.tsx': block(`tsx ${recipe}`) };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), content.replaceAll('http://localhost:4000', base));
  }
  return folder;
}

async function run(folder: string, command: string, ...args: string[]): Promise<void> {
  await promisify(execFile)(join(REPOSITORY, 'node_modules/.bin', command), args, { cwd: folder });
}

/** The frontend has another origin than the server. Its port is chosen at the start, so the server allows every origin. */
const serveAnySite = () => serveFixture({ CORS_ORIGINS: '*' });

describeInBrowser('a frontend that follows the guide', serveAnySite, (browser) => {
  test.each(['apollo', 'urql'])(
    'with %s has types, and pages through the campaigns',
    { timeout: 60_000 },
    async (recipe) => {
      const folder = await createFrontend(browser.server.base, recipe);
      try {
        await run(folder, 'graphql-codegen');
        await run(folder, 'tsc', '-p', '.');

        await writeFile(join(folder, '.env'), `VITE_TOKEN=${tokenKey('viewer')}\n`);
        const vite = { root: folder, configFile: false, logLevel: 'error' } as const;
        await build(vite);
        const frontend = await preview({ ...vite, preview: { host: '127.0.0.1', port: 0 } });
        try {
          const page = await browser.newForeignPage();
          await page.goto(frontend.resolvedUrls?.local[0] ?? '');
          const items = page.getByRole('listitem');
          await items.getByText('Reminders, for Big Group', { exact: true }).waitFor();
          await expect.poll(() => items.count()).toBe(50);
          await page.getByRole('button', { name: 'More' }).click();
          await expect.poll(() => items.count()).toBe(100);
          expect(new Set(await items.allInnerTexts()).size).toBe(100);
        } finally {
          await frontend.close();
        }

        const app = join(folder, 'src/App.tsx');
        await writeFile(app, (await readFile(app, 'utf8')).replace('group.name}', 'group.title}'));
        await expect(run(folder, 'tsc', '-p', '.')).rejects.toMatchObject({
          stdout: expect.stringContaining('title') as string,
        });
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );
});
