import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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
