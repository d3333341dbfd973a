import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile } from '../support/program.ts';

const folder = temporaryFolder();

describe('a setting', () => {
  it.each([
    ['HOST', 'a b'],
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['DATABASE_URL', './data/campaigns.db'],
    ['DATABASE_URL', 'file:'],
    ['DATABASE_URL', 'mysql://root:secret@db.example/x'],
    ['RATE_LIMIT', '3600'],
    ['RATE_LIMIT', '0/hour'],
    ['RATE_LIMIT', '10/fortnight'],
    ['TRUST_PROXY', 'maybe'],
    ['TRUST_PROXY', '0'],
    ['TRUST_PROXY', '10.0.0.999'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['LOG_LEVEL', 'loud'],
  ])('%s cannot be "%s", which is said with what would be right', (name, value) => {
    let error: unknown;
    try {
      readConfig({ [name]: value });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toMatch(new RegExp(`${name} is ".*", which cannot be used: it must be .+\\.$`));
    expect(String(error)).not.toContain('secret');
  });

  it.each([
    [
      {},
      {
        host: '0.0.0.0',
        port: 4000,
        rateLimit: { requests: 3600, seconds: 3600 },
        trustProxy: false,
        logLevel: 'info',
      },
    ],
    [
      { PORT: '', HOST: '  ' },
      { host: '0.0.0.0', port: 4000 },
    ],
    [{ PORT: '0' }, { port: 0 }],
    [{ HOST: '::1' }, { host: '::1' }],
    [{ DATABASE_URL: 'file:/var/lib/c.db' }, { database: { engine: 'sqlite', file: '/var/lib/c.db' } }],
    [{ DATABASE_URL: 'file:///var/lib/c.db' }, { database: { engine: 'sqlite', file: '/var/lib/c.db' } }],
    [{ DATABASE_URL: 'file:c.db' }, { database: { engine: 'sqlite', file: join(process.cwd(), 'c.db') } }],
    [{ RATE_LIMIT: 'off' }, { rateLimit: null }],
    [{ RATE_LIMIT: '5/minute' }, { rateLimit: { requests: 5, seconds: 60 } }],
    [{ TRUST_PROXY: 'on' }, { trustProxy: true }],
    [{ TRUST_PROXY: '2' }, { trustProxy: 2 }],
    [{ TRUST_PROXY: '10.0.0.0/8' }, { trustProxy: '10.0.0.0/8' }],
    [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
  ])('in %j is read', (environment, expected) => {
    expect(readConfig(environment)).toMatchObject(expected);
  });

  it.each([
    ['PORT', { PORT: 'http' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://root:secret@db.example/x' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ])('%s that is wrong stops every command with one line', async (name, settings) => {
    for (const command of [['serve'], ['token', 'list']]) {
      const { code, stdout, stderr } = await campaigns(command, settings);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(new RegExp(`^campaigns: ${name} is "[^\n]*\n$`));
      expect(stderr).not.toContain('secret');
    }
  });
});

describe('what stands in the way of a start', () => {
  const file = inFile(join(folder, 'campaigns.db'));
  const taken = createServer();
  afterAll(() => taken.close());

  it('is one line when the port is taken', async () => {
    await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : address);
    expect(await campaigns(['serve'], { ...file, PORT: port, LOG_LEVEL: 'error' })).toEqual({
      code: 1,
      stdout: '',
      stderr: `campaigns: Port ${port} is taken by another program. Stop it, or set PORT to another port.\n`,
    });
  });

  it('is one line when the address is not this machine’s', async () => {
    const { code, stderr } = await campaigns(['serve'], { ...file, HOST: '192.0.2.1', LOG_LEVEL: 'error' });
    expect([code, stderr]).toEqual([
      1,
      'campaigns: HOST is "192.0.2.1", which is no address of this machine. Set it to 127.0.0.1 or 0.0.0.0.\n',
    ]);
  });

  it.each([
    [
      'a file that is no database',
      () => writeFileSync(join(folder, 'notes.db'), 'notes '.repeat(1_000)),
      'notes.db',
      'it is not a SQLite database',
    ],
    ['a folder', () => {}, '.', 'unable to open database file'],
  ])('is one line when the database is %s', async (_what, make, name, reason) => {
    make();
    const { code, stdout, stderr } = await campaigns(['serve'], inFile(join(folder, name)));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^campaigns: The database file "[^"]+" cannot be opened: [^\n]+\.\n$/);
    expect(stderr).toContain(reason);
  });
});
