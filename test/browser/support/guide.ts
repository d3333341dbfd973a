import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterwards } from '../../support/afterwards.ts';

const REPOSITORY = join(import.meta.dirname, '../../..');
const guide = await readFile(join(REPOSITORY, 'docs/frontends.md'), 'utf8');

/** The code block of docs/frontends.md that begins with this language and name, such as `ts changes`. */
export function block(name: string): string {
  const [, code] = new RegExp(`\`\`\`${name}\n([^]*?)\`\`\``).exec(guide) ?? [];
  if (code === undefined) throw new Error(`The guide has no block "${name}".`);
  return code;
}

/**
 * Creates a folder with these files, whose server is at `base`. It lies inside the repository, because there it finds the installed
 * packages. It is removed after the tests of the file.
 */
export async function createProject(name: string, base: string, files: Record<string, string>): Promise<string> {
  await mkdir(join(REPOSITORY, 'dist'), { recursive: true });
  const folder = await mkdtemp(join(REPOSITORY, `dist/${name}-`));
  afterwards(() => rm(folder, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content.replaceAll('http://localhost:4000', base));
  }
  return folder;
}

/** Runs a command of an installed package in the folder. Rejects if it fails. */
export async function run(folder: string, command: string, ...args: string[]): Promise<void> {
  await promisify(execFile)(join(REPOSITORY, 'node_modules/.bin', command), args, { cwd: folder });
}

/** The files of `npm create vite` with the template react-ts, as far as they matter for the types and for the page. */
export const TEMPLATE = {
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
