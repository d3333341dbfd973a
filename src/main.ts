#!/usr/bin/env node
// Every Node that knows modules must be able to read this file, so that an old Node gets one clear line instead of a stack.
// It therefore has no syntax newer than ES2019, but for the import.meta of modules, and no top-level await, and imports the program
// after the check.

/** The oldest Node that runs the program: `engines` in package.json has the same. */
const OLDEST = { major: 22, minor: 15 };

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
  console.error(
    `campaigns: Node ${OLDEST.major}.${OLDEST.minor} or newer is needed, and this is ${process.versions.node}.`,
  );
  process.exitCode = 1;
} else {
  // graphql-js checks far less, and is far quicker, where NODE_ENV says production; it looks when it is first imported.
  if (process.env.NODE_ENV === undefined) process.env.NODE_ENV = 'production';
  keepCompiled();
  void import('./commands/program.ts').then(({ run }) => run(process.argv.slice(2)));
}

/**
 * From source, Node takes the types out of each module and compiles it whenever it starts, which is a third of the time until the
 * first answer. It keeps what it has made, for child processes too. Where the folder cannot be written, it goes on without.
 */
function keepCompiled() {
  if (!import.meta.filename.endsWith('.ts')) return;
  const folder = `${import.meta.dirname}/../node_modules/.cache/campaigns-gateway`;
  if (process.env.NODE_COMPILE_CACHE === undefined) process.env.NODE_COMPILE_CACHE = folder;
  process.getBuiltinModule('node:module').enableCompileCache(folder);
}
