import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { dumpSnapshot } from '../snapshot/dump.ts';
import type { Batch } from '../snapshot/format.ts';
import { SnapshotError } from '../snapshot/format.ts';
import { loadBatches } from '../snapshot/load.ts';
import { readSnapshot } from '../snapshot/read.ts';
import { CommandError } from './command-error.ts';
import { fileError } from './file-error.ts';
import { showProgress } from './progress.ts';
import { withDatabase } from './with-database.ts';

/** `campaigns load FILE` */
export async function load(file: string): Promise<void> {
  const batches = readSnapshot(bytesOf(file));
  try {
    // The database is opened after the start has been read, so that a file of another kind leaves no database behind.
    const first = await batches.next();
    const loaded = await withDatabase((database) => loadBatches(database, withFirst(first, batches)));
    console.error(
      `Loaded ${loaded.workspaces} workspaces, ${loaded.groups} groups and ${loaded.campaigns} campaigns, deleted ones included.`,
    );
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    throw new CommandError(`${file === '-' ? 'The snapshot' : `"${file}"`} was not loaded. ${error.message}`);
  } finally {
    await batches.return();
  }
}

async function* withFirst(
  first: IteratorResult<Batch, void>,
  others: AsyncIterable<Batch>,
): AsyncGenerator<Batch, void, undefined> {
  if (!first.done) yield first.value;
  yield* others;
}

/** The bytes of a file, or of standard input. Shows how many have been taken. */
async function* bytesOf(file: string): AsyncGenerator<Uint8Array, void, undefined> {
  const progress = showProgress('Loading');
  try {
    // A pipe has no size.
    const size = file === '-' ? 0 : (await stat(file)).size;
    const stream: AsyncIterable<Uint8Array> = file === '-' ? process.stdin : createReadStream(file);
    let taken = 0;
    for await (const chunk of stream) {
      yield chunk;
      taken += chunk.length;
      progress(taken, size || undefined);
    }
    if (!size) progress(taken, taken);
  } catch (error) {
    throw fileError(error, file);
  }
}

/** `campaigns dump FILE` */
export async function dump(file: string): Promise<void> {
  const progress = showProgress('Dumping');
  if (file === '-') {
    await withDatabase((database) => dumpSnapshot(database, (piece) => writeTo(process.stdout, piece), progress));
    return;
  }
  // The text is written to FILE.part and renamed at the end, so that FILE never holds half a snapshot.
  const part = `${file}.part`;
  const stream = createWriteStream(part);
  try {
    await once(stream, 'open');
    await withDatabase((database) => dumpSnapshot(database, (piece) => writeTo(stream, piece), progress));
    stream.end();
    await finished(stream);
    await rename(part, file);
  } catch (error) {
    stream.destroy();
    await rm(part, { force: true });
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
