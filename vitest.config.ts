import { defineConfig } from 'vitest/config';
import { findPostgres } from './test/support/postgres-server.ts';
import { COMPILE_CACHE } from './test/support/program.ts';

/**
 * Groups of projects run one after another, each with its own number of workers: first what keeps the processors busy, then what mostly
 * waits, for processes, servers and time-outs.
 */
const BUSY = { maxWorkers: 3, sequence: { groupOrder: 0 } };
const WAITING = { maxWorkers: 3, sequence: { groupOrder: 1 } };
const TOGETHER = { maxWorkers: 3, sequence: { groupOrder: 2 } };
const ONE_BY_ONE = { maxWorkers: 1, sequence: { groupOrder: 3 } };

const BUILD = 'test/browser/support/build.ts';
const SQLITE = 'test/support/sqlite-templates.ts';

/** Tests of one engine alone: they look into its files, or start its servers. */
const ON_POSTGRES = ['test/database/postgres/**/*.test.ts'];

/** It fills databases of up to ten million campaigns: `npm run test:scale`. */
const SCALE = 'test/database/postgres/scale.slow.test.ts';

/** A load of reads and writes while servers stop and start: `npm run test:replica`. */
const REPLICA_LOAD = 'test/database/postgres/replica-load.slow.test.ts';

/** Tests that measure time or memory under load. They run after the others, one after another, since those are a load too. */
const ALONE = ['test/graphql/workers.slow.test.ts', 'test/http/{crowd,turns-memory}.slow.test.ts'];

/** Tests that mostly wait. They run beside each other, after all others. */
const LONG = ['test/browser/thin-link.slow.test.ts', 'test/http/rolling-restart.slow.test.ts', 'test/soak/*.test.ts'];

/** Tests of what an engine decides: what it answers, in which order, and what it keeps. They run on both. */
const ON_BOTH = [
  'test/access/{roles,token-expiry,workspaces-over-rest}.test.ts',
  'test/commands/load.test.ts',
  'test/contract/contract.test.ts',
  'test/database/{members-and-tokens,writes}.test.ts',
  'test/graphql/{campaign-errors,campaign-pages,changes,every-change,faults,group-pages,many-campaigns}.test.ts',
  'test/graphql/{api-tokens,idempotency,list-places,live-answers,live-changes,live-readers,members,mutations}.test.ts',
  'test/graphql/{names-in-cursors,nested-pages,page-arguments,truncated-cursors,unstorable-texts,webhooks}.test.ts',
  'test/http/conditional-requests.test.ts',
  'test/model/{campaign-import,campaign-rules,changes,clock,feed-watch,group-rules,kept-counts,many-campaigns,names,paging,search,uniqueness}.test.ts',
  'test/rest/{bodies,refused-bodies,campaigns-csv,changes,idempotency,one-operation,same-list}.test.ts',
  'test/upstream/{write-through,unanswered-writes,account-tokens}.test.ts',
  'test/webhooks/delivery.test.ts',
  'test/upstream/moved.test.ts',
  'test/snapshot/!(*.slow).test.ts',
];

/** More of them, which `npm test` leaves out on PostgreSQL because they are slow there. */
const SLOW_ON_BOTH = [
  'test/access/workspaces.test.ts',
  'test/contract/contract-in-workers.test.ts',
  'test/crash/changes.test.ts',
  'test/rest/csv-round-trip.slow.test.ts',
  'test/upstream/{follower,import}.test.ts',
  'test/webhooks/instances.test.ts',
  // With as many rows as `npm run test:search` and `npm run test:move` have, and not in each run of the tests.
  ...(process.env.SEARCH_ROWS ? ['test/model/search-cost.slow.test.ts'] : []),
  ...(process.env.MOVE_CAMPAIGNS ? ['test/snapshot/memory.slow.test.ts'] : []),
];

/** Tests in a browser. */
const BROWSER = ['test/browser/**/*.test.ts', 'test/**/browser.test.ts'];

/** Those that `npm test` runs: signing in, the two lists and their dialogs, what is loaded first. They take the most time of all tests. */
const BROWSER_FIRST = ['test/browser/{campaigns,failures,groups,serving,session}.test.ts'];

/** What `npm test` leaves out of the others: what is slow, and what needs a process of its own. */
const SLOW = [
  'test/{cluster,crash,package,redis,soak}/**/*.test.ts',
  'test/**/*.slow.test.ts',
  'test/contract/contract-in-workers.test.ts',
  'test/encoding/fold.test.ts',
  'test/graphql/{workers,worker-pool}.test.ts',
  'test/webhooks/send.test.ts',
];

/** What `npm run test:fast` leaves out: what starts servers or programs, and what looks at each case or at very many. */
const MORE = [
  'test/{upstream,webhooks}/**/*.test.ts',
  'test/access/{failure-limit,rate-limit-memory,workspaces}.test.ts',
  'test/commands/{administration,load}.test.ts',
  'test/database/{migrations,plans,slots,sqlite/log,sqlite/search-merges}.test.ts',
  'test/graphql/{campaign-pages,group-pages,list-places,nested-pages,page-arguments,truncated-cursors}.test.ts',
  'test/graphql/{live-changes,live-readers,webhooks}.test.ts',
  'test/http/{admission,failed-start}.test.ts',
  'test/model/{kept-counts,paging,search}.test.ts',
  'test/rest/same-list.test.ts',
];

/**
 * The files of a process share its modules, because loading them takes longer than most of the tests. What a module remembers outlives the
 * file: one that sets the clock ahead ends with `giveClockBack`, because new rows of later files would otherwise be dated ahead too.
 */
const onSqlite = { globalSetup: [BUILD, SQLITE], isolate: false, ...BUSY };

const sqlite = {
  extends: true as const,
  test: {
    name: 'sqlite',
    include: ['test/**/*.test.ts'],
    exclude: [...ON_POSTGRES, ...ALONE, ...LONG, ...BROWSER, ...SLOW, ...MORE],
    ...onSqlite,
  },
};

const sqliteMore = {
  extends: true as const,
  test: { name: 'sqlite-more', include: MORE, exclude: SLOW, ...onSqlite },
};

const slow = {
  extends: true as const,
  test: {
    name: 'slow',
    include: SLOW,
    exclude: [...ON_POSTGRES, ...ALONE, ...LONG],
    globalSetup: [BUILD, SQLITE],
    ...WAITING,
  },
};

/** They share a browser, too. */
const inBrowser = { globalSetup: [BUILD, SQLITE], isolate: false, ...BUSY };

const browser = {
  extends: true as const,
  test: { name: 'browser', include: BROWSER_FIRST, ...inBrowser },
};

const browserSlow = {
  extends: true as const,
  test: { name: 'browser-slow', include: BROWSER, exclude: [...LONG, ...BROWSER_FIRST], ...inBrowser },
};

const long = {
  extends: true as const,
  test: { name: 'long', include: LONG, globalSetup: [BUILD, SQLITE], ...TOGETHER },
};

const alone = {
  extends: true as const,
  test: { name: 'alone', include: ALONE, globalSetup: [BUILD, SQLITE], ...ONE_BY_ONE },
};

const onPostgres = {
  globalSetup: [BUILD, SQLITE, 'test/support/postgres-templates.ts'],
  env: { TEST_ENGINE: 'postgres' },
  isolate: false,
  ...WAITING,
};

const postgres = {
  extends: true as const,
  test: { name: 'postgres', include: [...ON_BOTH, ...ON_POSTGRES], exclude: SLOW, ...onPostgres },
};

const postgresSlow = {
  extends: true as const,
  test: {
    name: 'postgres-slow',
    include: [...SLOW_ON_BOTH, 'test/database/postgres/**/*.slow.test.ts'],
    exclude: [...(process.env.SCALE_CAMPAIGNS ? [] : [SCALE]), ...(process.env.REPLICA_REPORT ? [] : [REPLICA_LOAD])],
    ...onPostgres,
  },
};

export default defineConfig(async () => {
  const found = await findPostgres();
  if (found === null) {
    process.stderr.write(
      'The tests on PostgreSQL are SKIPPED: no server answers on 127.0.0.1:5432, and no program is there to start one.\n',
    );
  }
  return {
    test: {
      projects: [
        ...[sqlite, sqliteMore, browser, browserSlow, slow],
        ...(found === null ? [] : [postgres, postgresSlow]),
        ...[long, alone],
      ],
      setupFiles: ['test/support/setup.ts'],
      // The code runs as it does for users: by Node itself, which strips its types.
      experimental: { viteModuleRunner: false },
      // Loading the modules is most of the work of many files.
      env: { NODE_COMPILE_CACHE: COMPILE_CACHE },
      // How many tests of a file run at once where the file says `concurrent`: it has those that wait for time-outs.
      maxConcurrency: 8,
      // Ends tests that hang. What must be quick is measured by the test itself; properties of a hundred databases take long on a slow machine,
      // and dropping a PostgreSQL database waits for a checkpoint, which takes long on a busy disk.
      testTimeout: 120_000,
      hookTimeout: 120_000,
      // What is waited for takes as long as the machine needs. Only a test that fails waits to the end.
      expect: { poll: { timeout: 30_000 } },
      reporters: ['default', 'json'],
      outputFile: { json: '.test-results.json' },
    },
  };
});
