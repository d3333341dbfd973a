import { expect, test } from 'vitest';
import { keyOf, serveFixture } from './support/served.ts';
import { countOperations, describeInBrowser, focus } from './support/visit.ts';

describeInBrowser('the console beside other people and a failing server', (visit) => {
  test("shows another person's change when its window is turned to", async () => {
    const mine = await visit.signedIn(keyOf('admin'));
    const theirs = await visit.signedIn(keyOf('editor'));
    await mine.getByRole('table').waitFor();
    await theirs.getByRole('button', { name: 'Actions for Reminders', exact: true }).click();
    await theirs.getByRole('menuitem', { name: 'Edit…' }).click();
    await theirs.getByRole('dialog').getByLabel('Name').fill('Reminders, new');
    await theirs.getByRole('button', { name: 'Save' }).click();
    await theirs.getByRole('link', { name: 'Reminders, new' }).waitFor();
    expect(await mine.getByRole('link', { name: 'Reminders, new' }).count()).toBe(0);
    await focus(mine);
    await mine.getByRole('link', { name: 'Reminders, new' }).waitFor();

    await mine.getByRole('button', { name: 'Actions for Reminders, new' }).click();
    await mine.getByRole('menuitem', { name: 'Archive' }).click();
    await mine.getByText('639 in use').waitFor();
    await focus(theirs);
    await theirs.getByText('639 in use').waitFor();
    expect(await theirs.getByRole('link', { name: 'Reminders, new' }).count()).toBe(0);
  });

  test('asks only for what is on the screen when a long list is turned to', async () => {
    const mine = await visit.signedIn(keyOf('admin'));
    await expect
      .poll(
        async () => {
          await mine.evaluate(() => window.scrollTo(0, 500 * 49));
          return mine.locator('[data-index="500"]').count();
        },
        { timeout: 15_000, interval: 50 },
      )
      .toBe(1);
    const shown = mine.locator('[data-index="500"] a');
    const before = await shown.innerText();
    const theirs = await visit.signedIn(keyOf('editor'), `${await shown.getAttribute('href')}`);
    await theirs.getByRole('button', { name: 'Edit…' }).click();
    await theirs.getByRole('dialog').getByLabel('Name').fill(`${before} (new)`);
    await theirs.getByRole('button', { name: 'Save' }).click();
    await theirs.getByRole('heading', { name: `${before} (new)` }).waitFor();
    const operations = countOperations(mine);
    await focus(mine);
    await mine.getByRole('link', { name: `${before} (new)` }).waitFor();
    expect(operations()).toBeLessThanOrEqual(4);
  });

  test('says that the server is away, keeps what is on the screen, and goes on by itself', async () => {
    const page = await visit.signedIn(keyOf('editor'));
    await page.getByRole('table').waitFor();
    await visit.served.pause();
    try {
      await focus(page);
      await page.getByText('The server cannot be reached. What you see may be out of date.').waitFor();
      expect(await page.locator('[data-index]').count()).toBeGreaterThan(10);

      await page.getByRole('button', { name: 'New campaign' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Written while away');
      await page.keyboard.press('Enter');
      await dialog.getByText('Choose the group').waitFor();
      await page.keyboard.press('Escape');
    } finally {
      await visit.served.resume();
    }
    await expect.poll(() => page.getByText('The server cannot be reached.').count(), { timeout: 15_000 }).toBe(0);
  });

  test('keeps what was entered when a change does not get through', async () => {
    const page = await visit.signedIn(keyOf('editor'), '/groups');
    await page.getByRole('button', { name: 'New group' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Not lost');
    await visit.served.pause();
    try {
      await dialog.getByRole('button', { name: 'Create' }).click();
      await dialog.getByText('What you entered is kept here.').waitFor();
    } finally {
      await visit.served.resume();
    }
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Not lost');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Created Not lost').waitFor();
  });

  test('shows a page that cannot be loaded, and tries again', async () => {
    const page = await visit.signedIn(keyOf('admin'), '/groups');
    await page.getByRole('table').waitFor();
    await visit.served.pause();
    try {
      await page.getByRole('link', { name: 'Campaigns', exact: true }).click();
      await page.getByRole('heading', { name: 'This could not be loaded' }).waitFor();
    } finally {
      await visit.served.resume();
    }
    await page.getByRole('table', { name: 'Campaigns' }).waitFor({ timeout: 15_000 });
  });
});

describeInBrowser(
  'the console of a workspace that has used up its requests',
  (visit) => {
    test('says when it goes on, and keeps what is on the screen', async () => {
      const page = await visit.signedIn(keyOf('admin'));
      await page.getByRole('table').waitFor();
      await expect
        .poll(async () => {
          await focus(page);
          return page.getByText(/too many requests. Try again in \d+ /).count();
        })
        .toBe(1);
      expect(await page.locator('[data-index]').count()).toBeGreaterThan(10);
    });
  },
  () => serveFixture({ RATE_LIMIT: '8/hour' }),
);
