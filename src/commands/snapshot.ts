import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { dumpSnapshot } from '../snapshot/dump.ts';
import { parseSnapshot, SnapshotError } from '../snapshot/format.ts';
import { loadSnapshot } from '../snapshot/load.ts';
import { CommandError } from './command-error.ts';
import { fileError } from './file-error.ts';
import { showProgress } from './progress.ts';
import { withDatabase } from './with-database.ts';

/** `campaigns load FILE` */
export async function load(file: string): Promise<void> {
  const source = file === '-' ? await text(process.stdin) : await readSource(file);
  try {
    const snapshot = parseSnapshot(source);
    await withDatabase((database) => loadSnapshot(database, snapshot, showProgress('Loading')));
    const { workspaces, groups, campaigns } = snapshot;
    console.error(
      `Loaded ${workspaces.length} workspaces, ${groups.length} groups and ${campaigns.length} campaigns, deleted ones included.`,
    );
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    throw new CommandError(`${file === '-' ? 'The snapshot' : `"${file}"`} was not loaded. ${error.message}`);
  }
}

/** `campaigns dump FILE` */
export async function dump(file: string): Promise<void> {
  if (file === '-') {
    await withDatabase((database) => dumpSnapshot(database, (piece) => writeTo(process.stdout, piece)));
    return;
  }
  // The text is written to FILE.part and renamed at the end, so that FILE never holds half a snapshot.
  const part = `${file}.part`;
  const stream = createWriteStream(part);
  try {
    await once(stream, 'open');
    await withDatabase((database) => dumpSnapshot(database, (piece) => writeTo(stream, piece)));
    stream.end();
    await finished(stream);
    await rename(part, file);
  } catch (error) {
    stream.destroy();
    await rm(part, { force: true });
    throw fileError(error, file);
  }
}

async function readSource(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw fileError(error, file);
  }
}

function writeTo(stream: NodeJS.WritableStream, piece: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.write(piece, () => {
      stream.removeListener('error', reject);
      resolve();
    });
  });
}
