#!/usr/bin/env node
// Every Node that supports ES modules must be able to parse this file, so that an old Node prints one clear line instead of a stack
// trace. Therefore the file has no syntax newer than ES2019 except import.meta, has no top-level await, and imports the program after the
// check.

/** The oldest Node that runs the program: `engines` in package.json has the same. */
const OLDEST = { major: 22, minor: 15 };

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
  console.error(
    `campaigns: Node ${OLDEST.major}.${OLDEST.minor} or newer is needed, and this is ${process.versions.node}.`,
  );
  process.exitCode = 1;
} else {
  // With NODE_ENV=production, graphql-js checks far less and is far faster. It reads NODE_ENV when it is first imported.
  if (process.env.NODE_ENV === undefined) process.env.NODE_ENV = 'production';
  keepCompiled();
  void import('./commands/program.ts').then(({ run }) => run(process.argv.slice(2)));
}

/**
 * When the program runs from source, Node strips the types from each module and compiles it at every start. This takes a third of the
 * time until the first answer. The compile cache keeps the results, also for child processes. If its folder cannot be written, Node runs
 * without the cache.
 */
function keepCompiled() {
  if (!import.meta.filename.endsWith('.ts')) return;
  const folder = `${import.meta.dirname}/../node_modules/.cache/campaigns-gateway`;
  if (process.env.NODE_COMPILE_CACHE === undefined) process.env.NODE_COMPILE_CACHE = folder;
  process.getBuiltinModule('node:module').enableCompileCache(folder);
}
