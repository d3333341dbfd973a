import { createReadStream, createWriteStream, fstatSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import type { WritePiece } from '../snapshot/dump.ts';
import { dumpSnapshot } from '../snapshot/dump.ts';
import type { Batch, RowCounts } from '../snapshot/format.ts';
import { SnapshotError } from '../snapshot/format.ts';
import { loadBatches } from '../snapshot/load.ts';
import { readSnapshot } from '../snapshot/read.ts';
import { CommandError } from './command-error.ts';
import { fileError } from './file-error.ts';
import { showProgress } from './progress.ts';
import { readExistingDatabase, withDatabase } from './with-database.ts';
import { writeFile } from './write-file.ts';

/** `campaigns load FILE` */
export async function load(file: string): Promise<void> {
  const batches = readSnapshot(bytesOf(file));
  try {
    // The database is opened after the start has been read, so that a file of another kind leaves no database behind.
    const first = await batches.next();
    const loaded = await withDatabase((database) => loadBatches(database, withFirst(first, batches)));
    console.error(`Loaded ${rowsInWords(loaded)}.`);
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

/** The bytes of a file, or of standard input. Shows how many have been read. */
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
  const toOutput = file === '-';
  const progress = showProgress('Dumping');
  const dumped = await readExistingDatabase(async (database) => {
    const write = (stream: Writable) => dumpSnapshot(database, piecesTo(stream), progress);
    try {
      return await (toOutput ? write(standardOutput()) : writeFile(file, write));
    } catch (error) {
      throw fileError(error, toOutput ? 'standard output' : file);
    }
  });
  // Nothing is reported for a pipe, because the program that reads the snapshot, such as `load`, reports the counts.
  if (!toOutput) console.error(`Wrote ${rowsInWords(dumped)}, to "${file}".`);
}

/**
 * Standard output. `process.stdout` over a file loses the rest of a piece without an error when the disk has room for only
 * some of it. A file stream writes the rest, and reports that the disk is full.
 */
function standardOutput(): Writable {
  const { fd } = process.stdout;
  return fstatSync(fd).isFile() ? createWriteStream('', { fd, autoClose: false }) : process.stdout;
}

function piecesTo(stream: Writable): WritePiece {
  // A failed write rejects its promise. Without a listener, the stream's error event would also end the process.
  stream.on('error', () => {});
  return (piece) =>
    new Promise((resolve, reject) => {
      stream.write(piece, (error) => (error ? reject(error) : resolve()));
    });
}

function rowsInWords({ workspaces, groups, campaigns }: RowCounts): string {
  const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? '' : 's'}`;
  return `${counted(workspaces, 'workspace')}, ${counted(groups, 'group')} and ${counted(campaigns, 'campaign')}, deleted ones included`;
}
