import { buildConsole } from '../../../src/console/build.ts';

/** Once before all tests, so that the servers they start do not each build the console at the same time. */
export async function setup(): Promise<void> {
  await buildConsole();
}
