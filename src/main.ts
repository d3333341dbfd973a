#!/usr/bin/env node
// Every Node that knows modules must be able to read this file, so that an old Node gets one clear line instead of a stack.
// It therefore has no syntax newer than ES2019 and no top-level await, and imports the program after the check.

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
  void import('./commands/program.ts').then(({ run }) => run(process.argv.slice(2)));
}
