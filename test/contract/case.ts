import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A recorded request with the expected reply. */
export interface Step {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly body_base64?: string;
  readonly repeat?: number;
  readonly capture?: Readonly<Record<string, string>>;
  readonly expect: Expectation | readonly Expectation[];
}

export interface Expectation {
  readonly status: number | readonly number[] | '$avoid500';
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly json?: unknown;
  readonly empty?: boolean;
}

/** One step, or several that run in order. */
export type Case = { readonly name: string; readonly slow?: boolean } & (Step | { readonly steps: readonly Step[] });

/** The cases of one file. The file's name states their subject. */
export interface Area {
  readonly area: string;
  readonly cases: readonly Case[];
}

/**
 * The cases in all files of a folder, ordered by file name. `cases` contains recorded requests. `derived` contains cases that
 * follow from the recorded ones and from the software of existing servers; the note of each case names its source.
 */
export function readCases(folder: 'cases' | 'derived' = 'cases'): Area[] {
  const files = globSync(join(import.meta.dirname, folder, '*.json')).toSorted();
  return files.map((file) => ({ area: basename(file, '.json'), cases: JSON.parse(readFileSync(file, 'utf8')) }));
}
