import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface LockedPackage {
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, '..', name), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Record<string, LockedPackage> };
const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };
const locked = Object.entries(packages).filter(([path]) => path !== '');

it('are pinned by a hash each', () => {
  expect(locked.length).toBeGreaterThan(100);
  expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
});

it('run no install script that nobody has decided about, and only Node’s runs', () => {
  const scripts = locked.flatMap(([path, one]) =>
    one.hasInstallScript ? [path.replace(/^.*node_modules\//, '')] : [],
  );
  // fsevents is for macOS alone, and is not installed elsewhere.
  expect(scripts.filter((name) => !(name in allowScripts) && name !== 'fsevents')).toEqual([]);
  expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(['node']);
});
