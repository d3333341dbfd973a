// Which part of src may import which. `npx depcruise src` shows what is wrong; test/imports.test.ts runs the same rules.

/**
 * The rooms of src from top to bottom, each with the rooms below that it may import. A room is a folder, or a file of the
 * same name.
 */
const ROOMS = {
  main: ['commands'],
  commands: [
    'server',
    'cluster',
    'observe',
    'config',
    'console',
    'graphql',
    'upstream',
    'snapshot',
    'access',
    'model',
    'database',
    'encoding',
    'package-root',
    'stop-signals',
    'thrown',
  ],
  // What the package offers to other programs.
  index: ['server', 'observe', 'config', 'database'],
  server: [
    'app',
    'background',
    'cluster',
    'observe',
    'config',
    'rest',
    'console',
    'graphql',
    'http',
    'upstream',
    'access',
    'model',
    'database',
    'redis',
    'node-http',
    'close-all',
  ],
  // The routes of a server, and what it does without a request.
  app: ['observe', 'config', 'rest', 'playground', 'console', 'graphql', 'http'],
  background: ['observe', 'config', 'webhooks', 'upstream', 'model', 'database', 'waiting'],
  // The processes that serve one port together.
  cluster: ['observe', 'access', 'database', 'encoding', 'stop-signals', 'thrown'],
  observe: ['config', 'http', 'webhooks', 'upstream', 'model', 'database', 'redis'],
  config: ['graphql', 'http', 'upstream', 'access', 'database', 'encoding', 'network'],
  // REST reaches the model through GraphQL operations only. Its documentation in the browser has the console's sign-in.
  rest: [
    'console',
    'graphql',
    'http',
    'access',
    'database',
    'encoding',
    'node-http',
    'waiting',
    'package-root',
    'thrown',
  ],
  // The console and the playground are clients of /graphql, so they know nothing of what is behind it. The playground has the
  // console's sign-in and looks.
  playground: ['console', 'http'],
  console: ['http', 'package-root'],
  graphql: [
    'http',
    'upstream',
    'access',
    'model',
    'database',
    'encoding',
    'memory',
    'waiting',
    'package-root',
    'stop-signals',
    'thrown',
  ],
  http: ['encoding', 'network', 'memory', 'waiting', 'node-http', 'thrown'],
  // What follows the changes outwards.
  webhooks: ['model', 'database', 'encoding', 'network', 'waiting', 'node-http', 'thrown'],
  // What follows live accounts, and speaks with them.
  upstream: ['access', 'model', 'database', 'encoding', 'memory', 'waiting', 'node-http'],
  snapshot: ['access', 'model', 'database', 'encoding', 'thrown'],
  access: ['model', 'database', 'redis', 'encoding', 'network', 'memory', 'waiting'],
  model: ['database', 'encoding', 'memory', 'waiting'],
  database: ['encoding', 'memory', 'waiting', 'stop-signals', 'thrown'],
  redis: ['waiting'],
  encoding: ['waiting'],
  network: [],
  memory: [],
  waiting: [],
  // Node's HTTP without what an import of it loads.
  'node-http': ['thrown'],
  // How a server closes its parts.
  'close-all': [],
  // Where the package's files are that are not code.
  'package-root': [],
  // The signals that ask a process to stop.
  'stop-signals': [],
  // What was thrown, as an error.
  thrown: [],
};

for (const [place, [name, below]] of Object.entries(ROOMS).entries()) {
  const upwards = below.filter(
    (other) =>
      !Object.keys(ROOMS)
        .slice(place + 1)
        .includes(other),
  );
  if (upwards.length > 0) throw new Error(`ROOMS lets ${name} import upwards from ${upwards.join(', ')}.`);
}

/** The arrows above that are for types alone: the importing room's code runs without the other room. */
const TYPES_ONLY = [
  ['config', 'http'],
  ['config', 'access'],
  ['config', 'database'],
  ['observe', 'config'],
  ['observe', 'webhooks'],
  ['observe', 'upstream'],
  ['observe', 'database'],
  ['observe', 'redis'],
  ['rest', 'database'],
];

/** The folders of the console's app from top to bottom. The files beside them, such as main.tsx, are above all. */
const APP_FOLDERS = [
  'find',
  'activity',
  'people',
  'spreadsheet',
  'webhooks',
  'campaigns',
  'groups',
  'changes',
  'upstream',
  'list',
  'session',
  'ui',
  'api',
  'language',
  'generated',
];

const room = (...names) => `^src/(${names.join('|')})([.]ts$|/)`;
const APP = '^src/console/app/';
const DOCS_SCRIPTS = '^src/rest/docs/assets/';
const appFolder = (...names) => `${APP}(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(ROOMS).map(([name, below]) => ({
      name: `imports-of-${name}`,
      comment: `${name} may import from ${below.join(', ') || 'nothing else'}.`,
      severity: 'error',
      from: { path: room(name) },
      to: { path: '^src/', pathNot: room(name, ...below) },
    })),
    ...TYPES_ONLY.map(([from, to]) => ({
      name: `${from}-needs-only-types-of-${to}`,
      severity: 'error',
      from: { path: room(from) },
      to: { path: room(to), dependencyTypesNot: ['type-only'] },
    })),
    {
      name: 'room-is-known',
      comment: 'A new room gets its line in ROOMS.',
      severity: 'error',
      from: { path: '^src/', pathNot: room(...Object.keys(ROOMS)) },
      to: {},
    },
    {
      name: 'no-circle',
      comment: 'A circle of imports has no top and no bottom, even where only types are imported.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'rest-through-the-pipeline',
      comment: 'REST runs operations. Of graphql/ it needs their execution, and the type of their context.',
      severity: 'error',
      from: { path: room('rest') },
      to: { path: room('graphql'), pathNot: '^src/graphql/(execution/|context[.]ts$)' },
    },
    {
      name: 'rest-needs-only-the-type-of-the-context',
      severity: 'error',
      from: { path: room('rest') },
      to: { path: '^src/graphql/context[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'console-app-is-a-program-of-its-own',
      comment: 'It runs in browsers, and is built from its own folder.',
      severity: 'error',
      from: { path: APP },
      to: { path: '^src/', pathNot: APP },
    },
    {
      name: 'console-app-is-imported-by-other-pages-and-its-build-alone',
      comment: 'The playground and the documentation of REST share its sign-in in the browser.',
      severity: 'error',
      from: { path: '^src/', pathNot: [APP, '^src/playground/app/', DOCS_SCRIPTS, '^src/console/vite-'] },
      to: { path: APP },
    },
    {
      name: 'rest-imports-nothing-else-of-the-console',
      severity: 'error',
      from: { path: room('rest') },
      to: { path: room('console'), pathNot: APP },
    },
    {
      name: 'scripts-that-are-served-as-they-are-import-no-typescript',
      comment:
        'The documentation of REST works without a build, so that it and what it has of the console is JavaScript.',
      severity: 'error',
      from: { path: [DOCS_SCRIPTS, `${APP}.*[.]js$`] },
      to: { pathNot: '[.]js$' },
    },
    {
      name: 'playground-app-imports-the-sign-in-streams-and-styles',
      severity: 'error',
      from: { path: '^src/playground/app/' },
      to: {
        path: '^src/',
        pathNot: ['^src/playground/app/', `${APP}.*[.]js$`, `${APP}api/server-sent-events[.]ts$`, `${APP}.*[.]css$`],
      },
    },
    {
      name: 'playground-app-is-a-program-of-its-own',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/playground/app/' },
      to: { path: '^src/playground/app/' },
    },
    ...APP_FOLDERS.map((name, place) => ({
      name: `imports-of-console-app-${name}`,
      comment: `${name} may import from ${APP_FOLDERS.slice(place + 1).join(', ') || 'nothing else'}.`,
      severity: 'error',
      from: { path: appFolder(name) },
      to: { path: APP, pathNot: appFolder(...APP_FOLDERS.slice(place)) },
    })),
  ],
  options: {
    // dependency-cruiser reads TypeScript with the compiler's own API, which TypeScript 7 does not have, or with swc.
    parser: 'swc',
    includeOnly: '^src/',
  },
};
