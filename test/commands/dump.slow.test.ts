import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clientFor } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import type { TokenName } from '../support/fixture.ts';
import { FIXTURE, fixture, tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile, serve } from '../support/program.ts';

const folder = temporaryFolder();
const [first, second] = [inFile(join(folder, 'first.db')), inFile(join(folder, 'second.db'))];
const [dumped, dumpedAgain] = [join(folder, 'first.json'), join(folder, 'second.json')];

const EVERYTHING = `query ($campaigns: String, $groups: String) {
  viewer { user { email } role workspace { uuid name } }
  campaigns(first: 250, after: $campaigns, filter: { archived: null }) {
    totalCount
    edges { cursor node { id uuid name archived createdOn modifiedOn group { id } } }
    pageInfo { hasNextPage endCursor }
  }
  groups(first: 250, after: $groups) {
    edges { cursor node { id uuid name query status system contactCount createdOn } }
  }
}`;

interface Everything {
  readonly campaigns: { readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string } };
}

/** All data that GraphQL shows to each of the callers, page by page. */
async function everything(url: string, callers: readonly TokenName[]): Promise<Everything[]> {
  const pages: Everything[] = [];
  for (const caller of callers) {
    let after: string | null = null;
    do {
      const page: Everything = await clientFor(url, caller).data<Everything>(EVERYTHING, { campaigns: after });
      pages.push(page);
      after = page.campaigns.pageInfo.hasNextPage ? page.campaigns.pageInfo.endCursor : null;
    } while (after !== null);
  }
  return pages;
}

it('writes a snapshot that, once loaded, gives the same answers and the same snapshot', async () => {
  const callers: TokenName[] = ['admin', 'viewer', 'admin2', 'both2', 'admin3', 'admin4', 'editor5'];
  expect((await runCommand(['load', FIXTURE], first)).code).toBe(0);

  // The dump must also hold what has changed since the load.
  const before = await serve({ ...first, RATE_LIMIT: 'off' });
  const editor = clientFor(before.url, 'editor2');
  await editor.data(`mutation {
    createGroup(input: { name: "Été" }) { userErrors { code } }
    one: createCampaign(input: { name: "Made since", group: { name: "été" } }) { userErrors { code } }
  }`);
  const answers = await everything(before.url, callers);
  expect(await before.stop()).toBe(0);

  expect(await runCommand(['dump', dumped], first)).toEqual({ code: 0, stdout: '', stderr: '' });
  expect((await runCommand(['load', dumped], second)).code).toBe(0);
  const after = await serve({ ...second, RATE_LIMIT: 'off' });
  expect(await everything(after.url, callers)).toEqual(answers);
  expect((await clientFor(after.url, 'revoked').ask('{ viewer { role } }')).status).toBe(401);
  expect(await after.stop()).toBe(0);

  expect((await runCommand(['dump', dumpedAgain], second)).code).toBe(0);
  expect(readFileSync(dumpedAgain, 'utf8')).toBe(readFileSync(dumped, 'utf8'));
  expect((await campaigns(['dump', '-'], second)).stdout).toBe(readFileSync(dumped, 'utf8'));
});

it('holds deleted rows as well, and no key of a token', () => {
  const text = readFileSync(dumped, 'utf8');
  const lists = JSON.parse(text) as Record<string, unknown[]>;
  expect(lists['campaigns']).toHaveLength(fixture.campaigns.length + 1);
  expect(lists['groups']).toHaveLength(fixture.groups.length + 1);
  expect(fixture.tokens.filter(({ key = '' }) => text.includes(key))).toEqual([]);
  expect(text).not.toContain(tokenKey('admin'));
});

it.each([
  ['a folder that there is not', 'no-such/dump.json', 'campaigns: There is no file or folder "no-such/dump.json".\n'],
  ['a folder', 'src', 'campaigns: "src" is a folder; name a file.\n'],
])('refuses %s in one line, and leaves nothing behind', async (_what, file, message) => {
  expect(await runCommand(['dump', file], second)).toEqual({ code: 1, stdout: '', stderr: message });
  expect(existsSync(`${file}.part`)).toBe(false);
});
