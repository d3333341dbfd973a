import { expect, test } from 'vitest';
import { keyOf } from './support/served.ts';
import { describeInBrowser } from './support/visit.ts';

describeInBrowser('the playground', (visit) => {
  test('runs the examples with the token of a link, which is left in no address and no lasting storage', async () => {
    const page = await visit.window();
    await page.goto(`${visit.served.base}/graphiql#token=${keyOf('admin')}`);
    await page.getByText('admin@nyota.example, administrator of Nyota Health').waitFor();
    expect(page.url()).toBe(`${visit.served.base}/graphiql`);
    const run = page.locator('.graphiql-execute-button');
    await run.waitFor({ timeout: 20_000 });
    for (const name of ['NewestCampaigns', 'SearchCampaigns', 'GroupsWithCampaigns', 'WhoAmI']) {
      await page.getByRole('tab', { name }).click();
      await page.locator('.graphiql-query-editor').getByText(name).waitFor();
      // The editor takes a moment to know which operation it shows.
      await page.waitForTimeout(500);
      const answer = page.waitForResponse((response) => response.url().endsWith('/graphql'));
      await run.click();
      const { data, errors } = (await (await answer).json()) as { data: unknown; errors?: unknown };
      expect(errors).toBeUndefined();
      expect(data).toBeTruthy();
    }
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(keyOf('admin'));
  });

  test('says whether a token works', async () => {
    const page = await visit.window();
    await page.goto(`${visit.served.base}/graphiql`);
    await page.getByText('Paste an API token').waitFor();
    await page.getByLabel('Token').fill('wrong');
    await page.getByRole('button', { name: 'Use' }).click();
    await page.getByText('The server does not know this token').waitFor();
    await page.getByLabel('Token').fill(`Bearer ${keyOf('viewer')}`);
    await page.keyboard.press('Enter');
    await page.getByText('viewer@nyota.example, viewer of Nyota Health').waitFor();
  });

  test('takes the token from the console, and a browser that opens /graphql lands in it', async () => {
    const page = await visit.signedIn(keyOf('editor'));
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Playground' }).click();
    await page.getByText('editor@nyota.example').waitFor();
    const other = await page.context().newPage();
    await other.goto(`${visit.served.base}/graphql`);
    expect(other.url()).toBe(`${visit.served.base}/graphiql`);
    await other.getByText('editor@nyota.example').waitFor();
  });

  test('shows the documentation before there is a token', async () => {
    const page = await visit.window();
    await page.goto(`${visit.served.base}/graphiql`);
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click({ timeout: 20_000 });
    await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).click();
    await page.getByText('What can be read. Everything belongs to the workspace').first().waitFor();
  });
});
