import type { Page, Request } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { clientFor } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { countOperations, focusWindow, openConsole, openWithoutStreams, untilFocused } from './support/console.ts';
import { serveFixture } from './support/server.ts';

const NAMES = `{
  campaigns(first: 250, orderBy: { field: CREATED, direction: DESC }, filter: { archived: false }) { nodes { uuid name } }
}`;
const RENAME = `mutation ($uuid: UUID!, $name: String!) {
  updateCampaign(input: { uuid: $uuid, name: $name }) { campaign { uuid } }
}`;

/** The page size of a request for a later page of campaigns; undefined for any other request. */
function sizeOf(request: Request): number | undefined {
  const { variables } = JSON.parse(request.postData() ?? '{}') as { variables?: { first?: number; after?: string } };
  return variables?.after ? variables.first : undefined;
}

/**
 * Holds back the responses to requests for later pages of this size. `held` resolves when the server has sent the first of them.
 */
async function holdAnswers(page: Page, size: number) {
  const held = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  await page.route('**/graphql', async (route) => {
    if (sizeOf(route.request()) !== size) return route.fallback();
    const response = await route.fetch();
    held.resolve();
    await released.promise;
    await route.fulfill({ response });
  });
  return { held: () => held.promise, release: () => released.resolve() };
}

describeInBrowser('the console with other users and with a failing server', serveFixture, (browser) => {
  const editor = () => clientFor(browser.server.base, 'editor');
  const rename = (uuid: string, name: string) => editor().data(RENAME, { uuid, name });
  /** The campaign at this index of the list. The first one has index 0. */
  const campaignAt = async (place: number) => {
    type Named = { campaigns: { nodes: readonly { uuid: string; name: string }[] } };
    const campaign = (await editor().data<Named>(NAMES)).campaigns.nodes[place];
    if (!campaign) throw new Error(`There are not ${place} campaigns.`);
    return campaign;
  };

  test("shows another user's change when the window gets the focus", async () => {
    const mine = await openWithoutStreams(browser, tokenKey('admin'));
    const theirs = await openWithoutStreams(browser, tokenKey('editor'));
    await mine.getByRole('table').waitFor();
    await theirs.getByRole('button', { name: 'Actions for Reminders', exact: true }).click();
    await theirs.getByRole('menuitem', { name: 'Edit…' }).click();
    await theirs.getByRole('dialog').getByLabel('Name').fill('Reminders, new');
    await theirs.getByRole('button', { name: 'Save' }).click();
    await theirs.getByRole('link', { name: 'Reminders, new' }).waitFor();
    expect(await mine.getByRole('link', { name: 'Reminders, new' }).count()).toBe(0);
    await focusWindow(mine);
    await mine.getByRole('link', { name: 'Reminders, new' }).waitFor();

    await mine.getByRole('button', { name: 'Actions for Reminders, new' }).click();
    // Wait for the server's response, because the page shows the change before the server has made it.
    const archived = mine.waitForResponse(
      (response) => response.request().postData()?.includes('"archived":true') ?? false,
    );
    await mine.getByRole('menuitem', { name: 'Archive' }).click();
    await mine.getByText('639 in use').waitFor();
    await archived;
    await focusWindow(theirs);
    await theirs.getByText('639 in use').waitFor();
    await expect.poll(() => theirs.getByRole('link', { name: 'Reminders, new' }).count()).toBe(0);
  });

  test('fetches only the visible rows of a long list when the window gets the focus', async () => {
    const mine = await openWithoutStreams(browser, tokenKey('admin'));
    await expect
      .poll(
        async () => {
          await mine.evaluate(() => window.scrollTo(0, 500 * 49));
          return mine.locator('[data-index="500"]').count();
        },
        { interval: 50 },
      )
      .toBe(1);
    const shown = mine.locator('[data-index="500"] a');
    const before = await shown.innerText();
    const theirs = await openConsole(browser, tokenKey('editor'), `${await shown.getAttribute('href')}`);
    await theirs.getByRole('button', { name: 'Edit…' }).click();
    await theirs.getByRole('dialog').getByLabel('Name').fill(`${before} (new)`);
    await theirs.getByRole('button', { name: 'Save' }).click();
    await theirs.getByRole('heading', { name: `${before} (new)` }).waitFor();
    const operations = countOperations(mine);
    await focusWindow(mine);
    await mine.getByRole('link', { name: `${before} (new)` }).waitFor();
    expect(operations()).toBeLessThanOrEqual(4);
  });

  test('shows what others have changed also while older rows are on their way', async () => {
    const page = await browser.newPage();
    const rows = await holdAnswers(page, 250);
    await page.goto(`${browser.server.base}/#token=${tokenKey('admin')}`);
    await rows.held();
    const { uuid, name } = await campaignAt(55);
    // The response to the page's second request for the first page.
    const refreshed = page.waitForResponse(
      (response) => response.request().postData()?.includes('"counted":true') ?? false,
    );
    await rename(uuid, `${name}, renamed`);
    await refreshed;
    rows.release();
    await expect
      .poll(async () => {
        await page.evaluate(() => window.scrollTo(0, 50 * 49));
        return page.locator('[data-index="55"] a').innerText();
      })
      .toBe(`${name}, renamed`);
    await rename(uuid, name);
  });

  test('does not show a campaign again that was archived while older rows were on their way', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await expect
      .poll(async () => {
        await page.evaluate(() => window.scrollTo(0, 100 * 49));
        return page.locator('[data-index="105"]').count();
      })
      .toBe(1);
    const rows = await holdAnswers(page, 50);
    const { uuid, name } = await campaignAt(110);
    const seen = await page.locator('[data-index="105"] a').innerText();
    await rename(uuid, `${name}, renamed`);
    await rows.held();
    const archived = page.waitForResponse(
      (response) => response.request().postData()?.includes('"archived":true') ?? false,
    );
    await page.locator('[data-index="105"] .row-menu-button').click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
    const link = page.getByRole('link', { name: seen, exact: true });
    await link.waitFor({ state: 'detached' });
    await archived;
    const returns = page.evaluate(
      (text) =>
        new Promise((resolve) => {
          const look = () => {
            const names = document.querySelectorAll('.campaign-name a');
            if ([...names].some(({ textContent }) => textContent === text)) resolve(true);
          };
          new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
          setTimeout(() => resolve(false), 1_000);
        }),
      seen,
    );
    rows.release();
    expect(await returns).toBe(false);
    await rename(uuid, name);
  });

  test('says that the server is down, keeps the data on the screen, and recovers by itself', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await page.getByRole('table').waitFor();
    await browser.server.pause();
    try {
      await focusWindow(page);
      await page.getByText('The server cannot be reached. What you see may be out of date.').waitFor();
      expect(await page.locator('[data-index]').count()).toBeGreaterThan(10);

      await page.getByRole('button', { name: 'New campaign' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Written while away');
      await page.keyboard.press('Enter');
      await dialog.getByText('Choose the group').waitFor();
      await page.keyboard.press('Escape');
    } finally {
      await browser.server.resume();
    }
    await expect.poll(() => page.getByText('The server cannot be reached.').count()).toBe(0);
  });

  test('opens what is in a list while the server is down, with what is known of it', async () => {
    const page = await openConsole(browser, tokenKey('editor'), '/groups');
    await page.getByRole('table', { name: 'Groups' }).waitFor();
    await page.getByRole('link', { name: 'Campaigns', exact: true }).click();
    await page.getByRole('link', { name: 'Straße und Weg' }).waitFor();
    await page.getByText('Up to date', { exact: true }).waitFor();
    await browser.server.pause();
    try {
      // Press a key instead of clicking, because the banner may move the link just before the click.
      await page.getByRole('link', { name: 'Straße und Weg' }).press('Enter');
      await page.getByRole('heading', { name: 'Straße und Weg' }).waitFor();
      await page.locator('.facts').getByText('Big Group').waitFor();
      await page.getByText('What you see may be out of date.').waitFor();
      await page.getByRole('button', { name: 'Edit…' }).click();
      expect(await page.getByRole('dialog').getByLabel('Name').inputValue()).toBe('Straße und Weg');
      await untilFocused(page.getByRole('dialog'));
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Groups', exact: true }).click();
      await page.getByRole('link', { name: 'Reporters', exact: true }).click();
      await page.getByRole('heading', { name: 'Reporters' }).waitFor();
    } finally {
      await browser.server.resume();
    }
  });

  test('keeps what the user has entered when a change fails', async () => {
    const page = await openConsole(browser, tokenKey('editor'), '/groups');
    await page.getByRole('button', { name: 'New group' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Not lost');
    await browser.server.pause();
    try {
      await dialog.getByRole('button', { name: 'Create' }).click();
      await dialog.getByText('What you entered is kept here.').waitFor();
    } finally {
      await browser.server.resume();
    }
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Not lost');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Created Not lost').waitFor();
  });

  test('says that a page could not be loaded, and loads it when the server is back', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/groups');
    await page.getByRole('table').waitFor();
    await browser.server.pause();
    try {
      // Press a key instead of clicking, because the banner may move the link just before the click.
      await page.getByRole('link', { name: 'Campaigns', exact: true }).press('Enter');
      await page.getByRole('heading', { name: 'This could not be loaded' }).waitFor();
    } finally {
      await browser.server.resume();
    }
    await page.getByRole('table', { name: 'Campaigns' }).waitFor();
  });
});

describeInBrowser('the console with a server of another version', serveFixture, (browser) => {
  const notFound = { errors: [{ message: 'unknown', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] };

  test('sends the text of an operation where its hash is not known', async () => {
    const page = await browser.newPage();
    await page.route('**/graphql', async (route) => {
      const body = route.request().postDataJSON() as { query?: string };
      await (body.query === undefined ? route.fulfill({ json: notFound }) : route.continue());
    });
    await page.goto(`${browser.server.base}/#token=${tokenKey('admin')}`);
    await page.getByRole('link', { name: 'Reminders', exact: true }).waitFor();
  });

  test('says that the page must be loaded again where it has no text either', async () => {
    const page = await browser.newPage();
    await page.route('**/graphql', (route) => route.fulfill({ json: notFound }));
    await page.route(/\/assets\/operations-/, (route) => route.fulfill({ status: 404 }));
    await page.goto(`${browser.server.base}/#token=${tokenKey('admin')}`);
    await page.getByRole('status').getByText('The console has been updated. Reload the page to go on.').waitFor();
  });
});

describeInBrowser(
  'the console of a workspace above its rate limit',
  () => serveFixture({ RATE_LIMIT: '8/hour' }),
  (browser) => {
    test('says when to try again, and keeps the data on the screen', async () => {
      const page = await openConsole(browser, tokenKey('admin'));
      await page.getByRole('table').waitFor();
      await expect
        .poll(async () => {
          await focusWindow(page);
          return page.getByText(/too many requests. Try again in \d+ /).count();
        })
        .toBe(1);
      expect(await page.locator('[data-index]').count()).toBeGreaterThan(10);
    });
  },
);
