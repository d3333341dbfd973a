import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A recorded request with the reply that is expected. */
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

/** One step, or several that run one after the other. */
export type Case = { readonly name: string; readonly slow?: boolean } & (Step | { readonly steps: readonly Step[] });

/** The cases of a file, whose name says what they are about. */
export interface Area {
  readonly area: string;
  readonly cases: readonly Case[];
}

/**
 * The cases of all files of a folder, in the order of the files' names. The folder `cases` has what was recorded; `derived`
 * has what follows from it, and from what existing servers are made of: each case's note says from what.
 */
export function readCases(folder: 'cases' | 'derived' = 'cases'): Area[] {
  const files = globSync(join(import.meta.dirname, folder, '*.json')).toSorted();
  return files.map((file) => ({ area: basename(file, '.json'), cases: JSON.parse(readFileSync(file, 'utf8')) }));
}
