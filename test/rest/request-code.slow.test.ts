import { execFile, execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, requestCode, type HttpRequest } from '../../src/rest/docs/assets/request-code.js';
import { describe as readDescription, METHODS } from '../../src/rest/docs/description.ts';
import { documentedExamples } from '../../src/rest/docs/documented-example.ts';
import { tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { openWorld } from '../support/world.ts';

const run = promisify(execFile);
const { rest } = await openWorld();

/** The examples read workspace 1 of the fixture, and change workspace 2. */
const authorization = (method: string) => ({
  Authorization: `Token ${tokenKey(method === 'GET' ? 'editor' : 'editor2')}`,
});

/** All examples in the documentation. Only reads and refused writes are run, so their order does not matter. */
const documented = Object.entries(readDescription(rest.base).paths).flatMap(([path, operations]) =>
  METHODS.flatMap((method) => (operations[method] ? documentedExamples(path, method, operations[method]) : [])),
);
const requests: (HttpRequest & { status: number })[] = [
  ...documented
    .filter(({ as, method, status }) => as === 'editor' && (method === 'GET' || status >= 400))
    .map(({ method, path, accept, body, status }) => ({
      method,
      url: `${rest.base}/api/v2${path}`,
      headers: { ...authorization(method), ...(accept && { Accept: accept }) },
      body,
      status,
    })),
  // Texts with characters that each language has to escape.
  ...['O’Brien\'s "best"', String.raw`back\slash and ${'${HOME}'} $HOME`, 'ÉTÉ 😀\nline'].map((name) => ({
    method: 'POST',
    url: `${rest.base}/api/v2/groups.json?uuid=00000000-0000-4000-8000-000000000000`,
    headers: { ...authorization('POST'), 'X-Note': '"it\'s"' },
    body: { type: 'application/json', text: JSON.stringify({ name, extra: [true, null, 1.5, {}] }) },
    status: 404,
  })),
];

/** Whether this machine can run each language. Python also needs the package `requests`. */
const runs = {
  curl: succeeds('curl', '--version'),
  python: succeeds('python3', '-c', 'import requests'),
  javascript: true,
};

function succeeds(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.each(Object.entries(LANGUAGES) as [keyof typeof LANGUAGES, string][])('as %s', (language) => {
  const title = runs[language] ? '' : ' (skipped: this machine cannot run it)';
  test.skipIf(!runs[language])(`every documented request gets its answer${title}`, async () => {
    const answers = await answersOf(language);
    for (const [i, request] of requests.entries()) {
      const { status, body } = await rest.ask(request.url.replace(`${rest.base}/api/v2`, ''), {
        method: request.method,
        as: null,
        headers: { ...request.headers, ...(request.body && { 'Content-Type': request.body.type }) },
        ...(request.body && { body: request.body.text }),
      });
      expect([request.url, status]).toEqual([request.url, request.status]);
      const expected = body.toString();
      expect([request.url, answers[i]]).toEqual([
        request.url,
        language === 'curl' ? expected : `${status} ${expected}`,
      ]);
    }
  });
});

/** The output of the code for each request. One process runs all requests of a language. */
async function answersOf(language: keyof typeof LANGUAGES): Promise<string[]> {
  const separator = '\u241e';
  const programs = requests.map((request) => requestCode(language, request));
  const [command, file, text] = {
    curl: ['sh', 'all.sh', programs.map((program) => `${program} -s\nprintf '\\n${separator}'`).join('\n')],
    python: ['python3', 'all.py', programs.map((program) => `${program}\nprint('${separator}', end='')`).join('\n')],
    javascript: [
      process.execPath,
      'all.mjs',
      programs.map((program) => `{\n${program}\nprocess.stdout.write('${separator}');\n}`).join('\n'),
    ],
  }[language] as [string, string, string];
  const path = join(temporaryFolder(), file);
  await writeFile(path, text);
  const { stdout } = await run(command, [path], { env: { ...process.env, PYTHONUTF8: '1', NO_PROXY: '*' } });
  return stdout
    .split(separator)
    .slice(0, -1)
    .map((answer) => answer.trim());
}
