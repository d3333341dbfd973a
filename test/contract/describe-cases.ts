import { beforeAll, describe, expect, test } from 'vitest';
import { differences } from '../rest/support/openapi.ts';
import { newPlace } from '../support/engine.ts';
import { serve } from '../support/program.ts';
import type { Area, Case } from './case.ts';
import type { Names } from './placeholders.ts';
import { replay, startingNames } from './replay.ts';

/** Starts a server with the data of the fixture. Resolves with its address. */
type Start = () => Promise<string>;

/** Makes a test for each chosen case of these files, in this order. All tests use one new server. */
export function describeCases(
  what: string,
  areas: readonly Area[],
  choose: (one: Case) => boolean,
  start: Start = startProgram,
): void {
  describe(what, () => {
    let url: string;
    let names: Names;
    const undescribed = new Set<string>();

    beforeAll(async () => {
      url = await start();
      names = startingNames(url);
    });

    const chosen = areas.map(({ area, cases }) => ({ area, cases: cases.filter(choose) }));
    describe.each(chosen.filter(({ cases }) => cases.length > 0))('$area', ({ cases }) => {
      for (const subject of cases) {
        test(subject.name, { timeout: subject.slow ? 60_000 : 5_000 }, async () => {
          await replay(subject, url, names, (request, reply) => {
            for (const difference of differences(request, reply)) {
              undescribed.add(`${request.method} ${request.path.slice(0, 200)} → ${reply.status}: ${difference}`);
            }
          });
        });
      }
    });

    test('every reply is as the OpenAPI description says', () => {
      expect([...undescribed]).toEqual([]);
    });
  });
}

/** Starts the program in its own process, as users do. */
async function startProgram(): Promise<string> {
  const { settings } = await newPlace('fixture');
  return (await serve(settings)).url;
}
