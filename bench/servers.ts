import { join } from 'node:path';
import type { ServerPlan } from './measured-server.ts';
import { NEXT_PAGE, POSTGRAPHILE_NEXT_PAGE, postgraphileWorkloads, workloads } from './workloads.ts';

/** This program as `npm start` runs it, with this many processes. */
function ours(processes: number): ServerPlan {
  return {
    name: processes === 1 ? 'ours' : `ours${processes}`,
    args: () => ['--max-semi-space-size=8', '--no-maglev', 'src/main.ts', 'serve'],
    settings: (database, port) => ({
      DATABASE_URL: database.startsWith('postgres:') ? database : `file:${database}`,
      LOG_LEVEL: 'silent',
      NODE_COMPILE_CACHE: join(import.meta.dirname, '../node_modules/.cache/campaigns-gateway'),
      PORT: String(port),
      RATE_LIMIT: 'off',
      WORKERS: String(processes),
    }),
    workloads,
    deepQuery: NEXT_PAGE,
  };
}

const floor: ServerPlan = {
  name: 'floor',
  args: (database, port) => ['bench/floor/server.ts', database, String(port)],
  workloads,
  deepQuery: NEXT_PAGE,
};

const mercurius: ServerPlan = {
  name: 'mercurius',
  args: (database, port) => ['bench/peers/mercurius.mjs', database, String(port)],
  workloads,
  deepQuery: NEXT_PAGE,
};

const postgraphile: ServerPlan = {
  name: 'postgraphile',
  args: (database, port) => ['bench/peers/postgraphile.mjs', database, String(port)],
  workloads: postgraphileWorkloads,
  deepQuery: POSTGRAPHILE_NEXT_PAGE,
};

/** The servers that are compared on each engine. The others are compared with the floor server. */
export const SERVERS = {
  sqlite: [floor, ours(1), ours(2), mercurius],
  postgres: [floor, ours(1), ours(2), postgraphile],
} as const;
