import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Client, clientFor } from '../support/client.ts';
import { requestText, timesOf } from '../support/closed-loop.ts';
import { FIXTURE, tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile, serve } from '../support/program.ts';

const folder = temporaryFolder();

describe('serve --demo', () => {
  const settings = inFile(join(folder, 'demo.db'));

  it('prints addresses, a token and a curl line that works, and has the same data after a restart', async () => {
    const server = await serve(settings, ['--demo']);
    const said = server.stdout();
    for (const name of ['Console', 'Playground', 'GraphQL', 'REST v2', 'Token']) expect(said).toContain(`  ${name} `);
    const line = /^ {2}(curl .+)$/m.exec(said)?.[1] ?? '';
    const { stdout } = await promisify(execFile)('bash', ['-c', line.replace('curl', 'curl --silent --fail')]);
    const { results } = JSON.parse(stdout) as { results: { name: string }[] };
    expect(results.length).toBeGreaterThan(10);

    const key = /^ {2}Token +(\S+)$/m.exec(said)?.[1] ?? '';
    await new Client(server.url, key).data('mutation { createGroup(input: { name: "Mine" }) { group { uuid } } }');
    expect(await server.stop()).toBe(0);

    const again = await serve(settings, ['--demo']);
    const newKey = /^ {2}Token +(\S+)$/m.exec(again.stdout())?.[1] ?? '';
    for (const one of [key, newKey]) {
      expect(
        await new Client(again.url, one).data('{ group(by: { name: "mine" }) { name } campaigns { totalCount } }'),
      ).toEqual({
        group: { name: 'Mine' },
        campaigns: { totalCount: results.length },
      });
    }
    expect(await again.stop()).toBe(0);
  });

  it('adds nothing to a database that has data', async () => {
    const own = inFile(join(folder, 'own.db'));
    await campaigns(['load', FIXTURE], own);
    const server = await serve(own, ['--demo']);
    expect(server.stdout()).toContain('The database has data of its own, so the demo was not added.');
    expect(server.stdout()).not.toContain('curl');
    expect(await server.stop()).toBe(0);
  });
});

describe('stopping', () => {
  const settings = { ...inFile(join(folder, 'stopped.db')), RATE_LIMIT: 'off' };

  /** A request whose body is not complete yet. The server must wait for the rest and answer. */
  function unfinished(url: string) {
    const body = JSON.stringify({ query: '{ viewer { role } }' });
    const outgoing = request(`${url}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokenKey('admin')}`,
        'content-type': 'application/json',
        'content-length': body.length,
      },
    });
    outgoing.write(body.slice(0, 5));
    const answered = new Promise<number | undefined>((resolve, reject) => {
      outgoing.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      outgoing.on('error', reject);
    });
    return { answered, finish: () => outgoing.end(body.slice(5)) };
  }

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'by %s completes running requests, takes no new ones, and exits with 0',
    async (signal) => {
      if (signal === 'SIGTERM') await campaigns(['load', FIXTURE], settings);
      const server = await serve(settings);
      const { answered, finish } = unfinished(server.url);
      // The server has the first part of the request before it is told to stop.
      await clientFor(server.url, 'admin').ask('{ viewer { role } }');
      const ended = server.stop(signal);
      await expect
        .poll(() =>
          fetch(`${server.url}/healthz`).then(
            () => 'answered',
            () => 'refused',
          ),
        )
        .toBe('refused');
      finish();
      expect(await answered).toBe(200);
      // Idle connections are not waited for, so the server ends well before the time at which it would cut off requests.
      const answeredAt = Date.now();
      expect(await ended).toBe(0);
      expect(Date.now() - answeredAt).toBeLessThan(4_000);
      expect(server.stderr()).toBe('');
      expect(server.stdout()).toContain('"msg":"stopped"');
    },
  );

  it('works when nobody reads the log any more', async () => {
    const server = await serve(settings);
    server.process.stdout.destroy();
    server.process.stderr.destroy();
    expect(await server.stop()).toBe(0);
  });

  it('does not wait for whoever reads the log, leaves lines out when they are too many, and says so', async () => {
    await campaigns(['load', FIXTURE], { ...settings, ...inFile(join(folder, 'unread.db')) });
    const server = await serve({
      ...settings,
      ...inFile(join(folder, 'unread.db')),
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'info',
    });
    const port = Number(new URL(server.url).port);
    const light = requestText('/graphql', { key: tokenKey('admin'), query: '{ viewer { role } }' });
    server.process.stdout.pause();
    // These requests cause two megabytes of log lines.
    const times = await timesOf(port, light, 8_000);
    expect(Math.max(...times)).toBeLessThan(2_000);
    server.process.stdout.resume();
    await expect.poll(() => server.stdout()).toMatch(/"lines":\d+,"msg":"lines of the log were left out/);
    const left = Number(/"lines":(\d+)/.exec(server.stdout())?.[1]);
    expect(server.stdout().match(/"msg":"answered"/g)?.length).toBe(8_000 - left);

    // It also ends when nobody reads its output.
    server.process.stdout.pause();
    await timesOf(port, light, 2_000);
    const exited = once(server.process, 'exit');
    server.process.kill();
    expect(await exited).toEqual([0, null]);
  });

  it('works through npm as well', async () => {
    const server = await serve(
      { ...settings, npm_config_update_notifier: 'false' },
      [],
      ['npm', 'run', '--silent', 'campaigns', '--', 'serve'],
    );
    expect(await server.stop()).toBe(0);
    expect(server.stdout()).toContain('"msg":"stopped"');
  });
});

describe('the log', () => {
  it('is JSON with request ids, and never holds a token, wherever a client has sent it', async () => {
    const settings = { ...inFile(join(folder, 'logged.db')), LOG_LEVEL: 'trace' };
    await campaigns(['load', FIXTURE], settings);
    const server = await serve(settings);
    const key = tokenKey('admin');
    const basic = Buffer.from(`admin@nyota.example:${key}`).toString('base64');
    const attempts: [string, RequestInit][] = [
      [
        '/graphql',
        {
          method: 'POST',
          body: '{"query": "{ viewer { role } }"}',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        },
      ],
      [
        '/graphql',
        { method: 'POST', body: '{', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } },
      ],
      ['/api/v2/groups.json', { headers: { authorization: `Token ${key}` } }],
      ['/api/v2/groups.json', { headers: { authorization: `Basic ${basic}` } }],
      ['/api/v2/groups.json', { headers: { authorization: `Basic ${key}` } }],
      [`/api/v2/groups.json?token=${key}&x=1`, {}],
      [`/graphql?query={viewer{role}}&access_token=${key}`, {}],
      [`/no-such-page?${key}`, { headers: { cookie: `token=${key}`, referer: `http://x.example/?token=${key}` } }],
      ['/graphql', { headers: { authorization: key } }],
    ];
    const ids: (string | null)[] = [];
    for (const [path, init] of attempts) {
      const response = await fetch(server.url + path, init);
      await response.text();
      ids.push(response.headers.get('x-request-id'));
    }
    expect(await server.stop()).toBe(0);

    const log = server.stdout() + server.stderr();
    const lines = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { requestId?: string; msg: string });
    for (const id of ids) expect(lines.filter(({ requestId }) => requestId === id)).not.toEqual([]);
    for (const secret of [key, basic, tokenKey('admin2')]) expect(log).not.toContain(secret);
    expect(log).not.toMatch(/authorization|cookie/i);
  });
});

describe('a healthy server', () => {
  it('says that it is alive and ready, and has metrics', async () => {
    const token = 'a-token-for-metrics';
    const settings = { ...inFile(join(folder, 'health.db')), METRICS_TOKEN: token };
    const server = await serve(settings);
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'alive' });
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({ status: 'ready' });
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    const metrics = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    expect(await metrics.text()).toMatch(/^campaigns_http_request_duration_seconds_count\{/m);
    expect((await fetch(`${server.url}/no-such-page`)).status).toBe(404);
    expect(await server.stop()).toBe(0);
  });
});

// Only Linux has the file that says how many files a process may open.
describe.runIf(existsSync('/proc/self/limits'))('serve with a low limit for open files', () => {
  it.each([
    ['10000', 1],
    ['50', 0],
  ])('warns with MAX_CONNECTIONS=%s in %s lines', async (MAX_CONNECTIONS, lines) => {
    const settings = { ...inFile(join(temporaryFolder(), 'campaigns.db')), MAX_CONNECTIONS };
    const command = ['sh', '-c', `ulimit -n 400; exec "${process.execPath}" src/main.ts serve`];
    const server = await serve(settings, [], command);
    const warnings = server
      .stdout()
      .split('\n')
      .filter((line) => line.includes('may open fewer files than MAX_CONNECTIONS needs'));
    expect(warnings).toHaveLength(lines);
    for (const line of warnings)
      expect(JSON.parse(line)).toMatchObject({ level: 40, limit: 400, needed: 10_200, connections: 200 });
    expect(await server.stop()).toBe(0);
  });
});
