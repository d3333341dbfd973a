import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

// `npm run check` runs the checks that every change must pass besides the tests. It runs as many commands at the same time as there
// are processors. The output of each command is shown as a whole when the command ends.

/** The slowest commands come first, so that none of them runs alone at the end. */
const COMMANDS = [
  'npm run --silent lint:schema',
  'prettier --check --log-level warn .',
  'graphql-codegen --check',
  'oxlint --type-aware .',
  'tsc',
  'tsc -p tsconfig.build.json --noEmit',
  'tsc -p src/console/app',
  'tsc -p test/browser',
];

const waiting = [...COMMANDS];
await Promise.all(Array.from({ length: availableParallelism() }, runNext));

async function runNext(): Promise<void> {
  for (let command = waiting.shift(); command !== undefined; command = waiting.shift()) {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const said: Buffer[] = [];
    for (const output of [child.stdout, child.stderr]) output.on('data', (piece: Buffer) => said.push(piece));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0) continue;
    process.exitCode = 1;
    process.stderr.write(`\n${command}\n`);
    process.stderr.write(Buffer.concat(said));
  }
}
