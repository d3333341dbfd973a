import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newWebhookSecret } from '../../src/model/webhook-secret.ts';
import { signatures } from '../../src/webhooks/signature.ts';
import { temporaryFolder } from '../support/folder.ts';

// Runs the programs in docs/webhooks.md on signatures of the server.

const DOCS = readFileSync(join(import.meta.dirname, '../../docs/webhooks.md'), 'utf8');
const folder = temporaryFolder();

/** Writes the example in this language to a file, followed by `main`, which reads a delivery from standard input. */
function program(language: string, name: string, main: string): string {
  const example = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(DOCS)?.[1] ?? '';
  const file = join(folder, name);
  writeFileSync(file, `${example}\n${main}`);
  return file;
}

const JAVASCRIPT = program(
  'js',
  'verify.mjs',
  `import { text } from 'node:stream/consumers';
const { secret, headers, body } = JSON.parse(await text(process.stdin));
console.log(JSON.stringify(verify(secret, headers, body)));`,
);
const PYTHON = program(
  'python',
  'verify.py',
  `import sys
given = json.load(sys.stdin)
print(json.dumps(verify(given["secret"], given["headers"], given["body"].encode())))`,
);

const PROGRAMS = [
  ['JavaScript', process.execPath, JAVASCRIPT],
  ['Python', 'python3', PYTHON],
] as const;

const content = { type: 'group.created', data: { name: 'Élèves “1”' } };
const body = JSON.stringify(content);
const [secret, old] = [newWebhookSecret(), newWebhookSecret()];
const now = Math.floor(Date.now() / 1000);

const delivery = (timestamp = now, sent = body, secrets = [secret, old]) => ({
  headers: {
    'webhook-id': 'an-id',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures(secrets, 'an-id', timestamp, body),
  },
  body: sent,
});

describe.each(PROGRAMS)('the example in %s', (_language, command, file) => {
  const isThere = spawnSync(command, ['--version']).status === 0;
  if (!isThere) console.warn(`${command} is not installed: its example was not tried.`);
  const run = (given: object) => spawnSync(command, [file], { input: JSON.stringify(given), encoding: 'utf8' });

  it.skipIf(!isThere)('takes what is signed with any of two secrets', () => {
    for (const known of [secret, old]) {
      const { stdout, stderr } = run({ secret: known, ...delivery() });
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual(content);
    }
  });

  it.skipIf(!isThere)('refuses what was changed, is old, or was signed with another secret', () => {
    const changed = run({ secret, ...delivery(now, body.replace('1', '2')) });
    const stale = run({ secret, ...delivery(now - 600) });
    const foreign = run({ secret, ...delivery(now, body, [newWebhookSecret()]) });
    expect([changed.stderr, stale.stderr, foreign.stderr]).toEqual([
      expect.stringContaining('the signature is wrong'),
      expect.stringContaining('the delivery is too old'),
      expect.stringContaining('the signature is wrong'),
    ]);
  });
});
