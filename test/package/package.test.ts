import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { temporaryFolder } from '../support/folder.ts';
import { serve } from '../support/program.ts';
import { README, REQUESTS, runRequest } from '../support/readme.ts';
import { install, pack, registryIsReachable } from './support/npm.ts';

const run = promisify(execFile);
const tool = (name: string) => join(PACKAGE_ROOT, 'node_modules/.bin', name);

const folder = temporaryFolder();
const app = join(folder, 'app');
const installed = join(app, 'node_modules', manifest.name);
const campaigns = join(app, 'node_modules/.bin/campaigns');

/** The oldest Node version that the package supports, and one that it does not support. */
const OLDEST = manifest.engines.node.replace('>=', '');
const TOO_OLD = '18.20.8';
const nodeOf = (version: string) => join(folder, `node-${version}`, 'node_modules/node/bin/node');

let tarball = '';
let reachable = false;

beforeAll(async () => {
  tarball = await pack(folder);
  reachable = await registryIsReachable();
  if (!reachable) return;
  const nodes = [OLDEST, TOO_OLD].map((version) => install(join(folder, `node-${version}`), `node@${version}`));
  await Promise.all([install(app, tarball), ...nodes]);
}, 300_000);

describe('the tarball', () => {
  it('has exports and types that every way to import it finds', async () => {
    await run(tool('publint'), ['run', tarball, '--strict']);
    await run(tool('attw'), [tarball, '--profile', 'esm-only']);
  }, 60_000);

  it('has no path of the machine on which it was built, and no sources', async () => {
    const unpacked = join(folder, 'unpacked');
    mkdirSync(unpacked);
    await run('tar', ['-xzf', tarball, '-C', unpacked]);
    const files = filesIn(unpacked);
    expect(files).toContain('package/dist/console/pages/en.html');
    expect(files.filter((file) => file.endsWith('.md')).flatMap((file) => brokenLinks(join(unpacked, file)))).toEqual(
      [],
    );
    expect(files.filter((file) => /(?<!\.d)\.tsx?$|\.map$/.test(file))).toEqual([]);
    const paths = ['src', 'node_modules', 'dist'].map((name) => join(PACKAGE_ROOT, name));
    for (const file of files) {
      const text = readFileSync(join(unpacked, file), 'latin1');
      expect([file, paths.filter((path) => text.includes(path))]).toEqual([file, []]);
    }
  });
});

describe.each([
  ['the Node that runs the tests', () => process.execPath],
  ['the oldest Node of engines', () => nodeOf(OLDEST)],
])('installed, on %s', (_name, node) => {
  it('shows its help', async ({ skip }) => {
    skip(!reachable);
    const { stdout } = await run(node(), [campaigns, '--help'], { cwd: app });
    expect(stdout).toContain('Usage: campaigns');
  });

  it('serves the demo from an empty folder, and writes nothing into its own', async ({ skip }) => {
    skip(!reachable);
    const empty = temporaryFolder();
    const before = filesIn(installed);
    const server = await serve({}, ['--demo'], [node(), campaigns, 'serve'], empty);
    expect(server.stderr()).toBe('');
    for (const { command, answer } of REQUESTS) expect(await runRequest(command, server)).toEqual(answer);

    const pages = ['/', '/graphiql', '/api/v2/', '/api/v2/explorer/', '/api/v2/openapi.json', '/schema.graphql'];
    for (const page of pages) {
      const response = await fetch(server.url + page, { headers: { accept: 'text/html,*/*' } });
      expect([page, response.status]).toEqual([page, 200]);
      const assets = [...(await response.text()).matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css|svg)(?:\?[^"]*)?)"/g)];
      for (const [, asset = ''] of assets) {
        const { status, headers } = await fetch(server.url + asset);
        expect([asset, status, headers.get('content-type')]).toEqual([
          asset,
          200,
          expect.stringMatching(/script|css|svg/),
        ]);
      }
    }
    expect(await server.stop()).toBe(0);
    expect(filesIn(installed)).toEqual(before);
    expect(readdirSync(empty)).toEqual(['data']);
  }, 60_000);

  it('is a library, with which the README’s program starts and stops a server', async ({ skip }) => {
    skip(!reachable);
    const example = /```ts\n(import [^`]+'campaigns-gateway';[^]+?)```/.exec(README)?.[1] ?? '';
    const types = `import type { Config, Database, Log, RunningServer } from '${manifest.name}';
export const start: (config: Config, database: Database, log: Log) => Promise<RunningServer> = startServer;\n`;
    writeFileSync(join(app, 'program.ts'), example + types);
    // skipLibCheck is not set, so the compiler checks the package's own types too.
    const ofNode = ['--typeRoots', join(PACKAGE_ROOT, 'node_modules/@types'), '--types', 'node'];
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2024', ...ofNode];
    await run(tool('tsc'), [...options, 'program.ts'], { cwd: app });
    const settings = { HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' };
    const { stdout } = await run(node(), ['program.js'], { cwd: app, env: { ...process.env, ...settings } });
    expect(stdout).toMatch(/^listening on port [1-9]\d*\n$/);
  }, 60_000);
});

it('says in one line that a Node is too old', async ({ skip }) => {
  skip(!reachable);
  const ran = run(nodeOf(TOO_OLD), [campaigns, '--help']);
  await expect(ran).rejects.toMatchObject({
    code: 1,
    stderr: `campaigns: Node ${OLDEST.replace(/\.0$/, '')} or newer is needed, and this is ${TOO_OLD}.\n`,
  });
});

/** The links and pictures of a page whose target file does not exist. */
function brokenLinks(page: string): string[] {
  const text = readFileSync(page, 'utf8');
  const links = [...text.matchAll(/\]\(([^)#]+)|(?:src|srcset)="([^"]+)"/g)].map(
    ([, link, picture]) => link ?? picture ?? '',
  );
  return links.filter((link) => !link.startsWith('http') && !existsSync(join(dirname(page), link)));
}

/** The paths of all files in a folder and its subfolders. */
function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => statSync(join(folder, name)).isFile()).toSorted();
}
