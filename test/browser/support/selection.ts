import type { Page } from 'playwright-core';
import { clientFor } from '../../support/client.ts';

const CREATE = `mutation ($campaigns: [NewCampaign!]!) {
  createCampaigns(input: { campaigns: $campaigns }) { campaigns { uuid } userErrors { message } }
}`;

interface Created {
  readonly createCampaigns: { readonly campaigns: readonly { readonly uuid: string }[] };
}

/** Creates campaigns of the group Farmers. The last one is the newest and therefore the first of the list. Returns their UUIDs. */
export async function createCampaigns(base: string, ...names: string[]): Promise<readonly string[]> {
  const campaigns = names.map((name) => ({ name, group: { name: 'Farmers' } }));
  const data = await clientFor(base, 'editor').data<Created>(CREATE, { campaigns });
  return data.createCampaigns.campaigns.map(({ uuid }) => uuid);
}

export const boxOf = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true });
export const linkTo = (page: Page, name: string) => page.getByRole('table').getByRole('link', { name, exact: true });
export const bar = (page: Page) => page.getByRole('group', { name: 'Actions for the selected campaigns' });
export const inBar = (page: Page, action: string) => bar(page).getByRole('button', { name: action, exact: true });

/** The text in the selection bar that says how many rows are selected. */
export const selected = (page: Page) => bar(page).getByRole('status').innerText();

/** Whether the focus is on a row. */
export const isOnRow = (page: Page) => page.evaluate(() => document.activeElement?.closest('[data-index]') !== null);
