import { beforeAll, expect, it } from 'vitest';
import { openWorld } from '../support/world.ts';

const PAGE = 250;
const world = await openWorld();
const editor = world.as('editor3');

interface Page {
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly { readonly uuid: string }[];
}

/** The page at a link, or at the beginning of the list. */
async function read(link: string | null = '/api/v2/campaigns.json?archived=false'): Promise<Page> {
  if (link === null) throw new Error('there is no link');
  const path = link.slice(link.indexOf('/api/v2') + '/api/v2'.length);
  return (await world.rest.ask(path, { as: 'editor3' })).json as Page;
}

async function archive({ results }: Page): Promise<void> {
  await editor.data(
    'mutation ($campaigns: [CampaignChanges!]!) { updateCampaigns(input: { campaigns: $campaigns }) { userErrors { code } } }',
    { campaigns: results.map(({ uuid }) => ({ uuid, archived: true })) },
  );
}

beforeAll(async () => {
  await editor.data('mutation { createGroup(input: { name: "Emptied" }) { userErrors { code } } }');
  for (const half of ['a', 'b', 'c']) {
    const campaigns = Array.from({ length: PAGE }, (_, number) => ({
      name: `Emptied ${half}${number}`,
      group: { name: 'Emptied' },
    }));
    await editor.data(
      'mutation ($campaigns: [NewCampaign!]!) { createCampaigns(input: { campaigns: $campaigns }) { userErrors { code } } }',
      { campaigns },
    );
  }
});

it('a page whose campaigns have gone leads to the beginning of the list, and one at its end to the last page', async () => {
  const first = await read();
  const second = await read(first.next);
  await archive(first);
  const emptied = await read(second.previous);
  expect([emptied.results, emptied.previous]).toEqual([[], null]);
  const begin = await read(emptied.next);
  expect(begin).toEqual(await read());
  expect(begin.results).toEqual(second.results);

  const pages = [begin];
  for (let page = begin; page.next !== null;) pages.push((page = await read(page.next)));
  const [last, before] = pages.toReversed();
  if (!last || !before) throw new Error('the list has one page');
  await archive(last);
  const end = await read(before.next);
  expect([end.results, end.next]).toEqual([[], null]);
  const lastPage = await read(end.previous);
  expect([lastPage.results, lastPage.next]).toEqual([before.results.slice(-PAGE), null]);
});

it('an empty list has no links', async () => {
  expect(await read('/api/v2/campaigns.json?group=Nobody')).toEqual({ next: null, previous: null, results: [] });
});
