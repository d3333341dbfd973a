import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { writeFile } from '../../src/commands/write-file.ts';
import { temporaryFolder } from '../support/folder.ts';

it('two that write one file at once do not meet: it is whole after each, and another file beside it stays', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'dump.json');
  writeFileSync(`${file}.part`, 'of somebody else');
  const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = writeFile(file, async (stream) => {
    stream.write('slow begins, ');
    begun.resolve();
    await goOn.promise;
    stream.write('slow ends');
  });
  await begun.promise;
  expect(existsSync(file)).toBe(false);
  await writeFile(file, async (stream) => void stream.write('quick'));
  expect(readFileSync(file, 'utf8')).toBe('quick');
  goOn.resolve();
  await slow;
  expect(readFileSync(file, 'utf8')).toBe('slow begins, slow ends');
  await expect(
    writeFile(file, async () => {
      throw new Error('it fails');
    }),
  ).rejects.toThrow('it fails');
  expect(readFileSync(file, 'utf8')).toBe('slow begins, slow ends');
  expect(readFileSync(`${file}.part`, 'utf8')).toBe('of somebody else');
  expect(readdirSync(folder).toSorted()).toEqual(['dump.json', 'dump.json.part']);
});

it('can be read by its owner alone when it is new, and keeps the rights of the file that it replaces', async () => {
  const file = join(temporaryFolder(), 'dump.json');
  const rights = () => (statSync(file).mode & 0o777).toString(8);
  await writeFile(file, async (stream) => void stream.write('new'));
  expect(rights()).toBe('600');
  // 666 has rights that every usual umask takes away from a new file.
  for (const mode of [0o640, 0o666]) {
    chmodSync(file, mode);
    await writeFile(file, async (stream) => void stream.write('newer'));
    expect(rights()).toBe(mode.toString(8));
  }
});

it.runIf(process.getuid?.() === 0)('keeps the owner and the group of the file that it replaces', async () => {
  const file = join(temporaryFolder(), 'dump.json');
  writeFileSync(file, 'old');
  chownSync(file, 1234, 2345);
  await writeFile(file, async (stream) => void stream.write('new'));
  expect(statSync(file)).toMatchObject({ uid: 1234, gid: 2345 });
});

it('is on the disk at the end: the file is synced before it gets its name, and then its folder', async () => {
  const folder = temporaryFolder();
  const handle = await open(folder, 'r');
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const synced: [what: string, names: string[]][] = [];
  const spy = vi.spyOn(prototype, 'sync').mockImplementation(async function (this: FileHandle) {
    const isFolder = (await this.stat()).isDirectory();
    const names = readdirSync(folder).map((name) => name.replace(/[\da-f]{8}/, '*'));
    synced.push([isFolder ? 'folder' : await this.readFile('utf8'), names]);
  });
  try {
    await writeFile(join(folder, 'dump.json'), async (stream) => void stream.write('all of it'));
  } finally {
    spy.mockRestore();
  }
  expect(synced).toEqual([
    ['all of it', ['dump.json.*.part']],
    ['folder', ['dump.json']],
  ]);
});
