import { expect, test } from 'vitest';
import { Campaigns } from '../../src/model/campaigns.ts';
import { AUTHOR } from '../support/author.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

/** The number of campaigns. `npm run test:csv` uses the maximum of an import. */
const ROWS = Number(process.env.CSV_ROWS ?? 2_000);

const world = await openWorld();
const GROUPS = [{ name: 'Farmers' }, { name: "=cmd|'/c calc'!A0" }, { name: 'Été, «中文»; العربية' }];

/** Different names that a careless reader or writer of CSV would change. */
function nameOf(place: number): string {
  const forms = ['N', '=N', '-N', "'=N", '@N,"', 'Ñ;', 'ن', '中\n文', '😀\t', "''+N"];
  return `${forms[place % forms.length]?.replaceAll('"', '”')} ${place}`;
}

test(`${ROWS} campaigns go out, in and out again, and are the same`, async () => {
  const source = await makeWorkspace(world.database, { groups: GROUPS });
  const target = await makeWorkspace(world.database, { groups: GROUPS });
  const rows = Array.from({ length: ROWS }, (_, place) => ({
    name: nameOf(place),
    group: GROUPS[place % 3]?.name,
    archived: place % 7 === 0 ? 'yes' : 'no',
  }));
  expect(await new Campaigns(world.database, source.id, AUTHOR).import(rows)).toMatchObject({ imported: true });
  const ask = (key: string, query: string, body?: string) =>
    fetch(`${world.url}/api/v2/campaigns.csv?${query}`, {
      headers: { authorization: `Token ${key}`, ...(body !== undefined && { 'content-type': 'text/csv' }) },
      ...(body !== undefined && { method: 'POST', body }),
    });
  const LIST = 'archived=all&order=oldest&separator=semicolon';
  const file = await (await ask(source.key, LIST)).text();

  // Importing the file into the source workspace changes nothing.
  expect(await (await ask(source.key, 'preview=true', file)).json()).toMatchObject({ unchanged: ROWS, refused: 0 });

  // Importing it into the other workspace creates the campaigns, if the UUID column gets another name.
  const moved = file.replace('uuid', 'old_uuid');
  const preview = (await (await ask(target.key, 'preview=true', moved)).json()) as { plan: string; created: number };
  expect(preview.created).toBe(ROWS);
  expect(await (await ask(target.key, `plan=${preview.plan}`, moved)).json()).toMatchObject({
    imported: true,
    created: ROWS,
  });
  const again = await (await ask(target.key, LIST)).text();
  expect(comparable(again)).toEqual(comparable(file));
  expect(file.split('\r\n')).toHaveLength(ROWS + 2);
}, 120_000);

/** The file without UUIDs and creation times, because imported campaigns get new ones. */
function comparable(file: string): string[] {
  return file.split('\r\n').map((line) => line.replace(/^[\da-f-]{36};/, '').replace(/;[\dTZ:.-]+$/, ''));
}
