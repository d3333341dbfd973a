import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { countOperations, hold, openConsole, untilFocused, untilSettled } from './support/console.ts';
import { serveFixture } from './support/server.ts';

const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });

async function choose(page: Page, name: string, action: string): Promise<void> {
  await rowOf(page, name)
    .getByRole('button', { name: `Actions for ${name}` })
    .click();
  await page.getByRole('menuitem', { name: action }).click();
}

async function chooseGroup(page: Page, name: string): Promise<void> {
  const field = page.getByRole('dialog').getByRole('combobox', { name: 'Group' });
  await field.fill(name.slice(0, 5));
  await page.getByRole('option', { name, exact: true }).click();
}

async function create(page: Page, name: string, group = 'Farmers'): Promise<void> {
  await page.getByRole('button', { name: 'New campaign' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await chooseGroup(page, group);
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
}

const firstNames = (page: Page, count: number) =>
  page
    .locator('.campaign-name a')
    .allInnerTexts()
    .then((names) => names.slice(0, count));

/** The console must work with a server that runs registered operations only. */
const serveRegisteredOnly = () => serveFixture({ TRUSTED_DOCUMENTS: 'only' });

describeInBrowser('campaigns in the console', serveRegisteredOnly, (browser) => {
  test('lists the newest first, and loads more than 250 on scrolling', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.getByText('640 in use').waitFor();
    await expect.poll(() => page.getByRole('table').getAttribute('aria-rowcount')).toBe('641');
    await expect.poll(() => firstNames(page, 3)).toEqual(['Reminders', 'ÉTÉ rappels', 'Straße und Weg']);
    await expect
      .poll(
        async () => {
          await page.mouse.wheel(0, 6_000);
          return page.locator('[data-index="639"]').count();
        },
        { interval: 20 },
      )
      .toBe(1);
    await expect.poll(() => page.locator('[data-index]').count()).toBeLessThan(100);
  });

  test.each([1_280, 390])('comes back from a campaign to the same position: %i px', async (width) => {
    const page = await openConsole(browser, tokenKey('admin'), '/', { viewport: { width, height: 800 } });
    await page.getByRole('table').waitFor();
    const position = () => page.evaluate(() => window.scrollY);
    await expect
      .poll(async () => {
        await page.evaluate(() => window.scrollTo(0, 3_500));
        return position();
      })
      .toBe(3_500);
    await untilSettled(page);
    const before = await position();
    // A row within the window, because a click on another one would scroll to it.
    const index = await page.evaluate(() => {
      const element = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
      return element?.closest<HTMLElement>('[data-index]')?.dataset['index'];
    });
    await page.locator(`[data-index="${index}"] a`).click();
    await page.getByRole('button', { name: 'Archive' }).waitFor();
    await page.goBack();
    await page.locator(`[data-index="${index}"]`).waitFor();
    await untilSettled(page);
    expect(Math.abs((await position()) - before)).toBeLessThanOrEqual(1);
  });

  test.each([
    [1_280, '/'],
    [390, '/'],
    [1_280, '/?order=name&at=end'],
  ])('stays at the same row when the page is loaded again: %i px, %s', async (width, path) => {
    const page = await openConsole(browser, tokenKey('admin'), path, { viewport: { width, height: 800 } });
    await page.getByRole('table').waitFor();
    await untilSettled(page);
    for (let pages = 0; pages < 8; pages += 1) {
      await page.keyboard.press(path === '/' ? 'PageDown' : 'PageUp');
      await untilSettled(page);
    }
    /** The row in the middle of the window, and where it is. */
    const place = () =>
      page.evaluate(() => {
        const row = document.elementFromPoint(window.innerWidth / 2, 400)?.closest('[data-index]');
        return [row?.querySelector('a')?.textContent, row?.getBoundingClientRect().top];
      });
    const before = await place();
    const operations = countOperations(page);
    await page.reload();
    await expect.poll(place).toEqual(before);
    await untilSettled(page);
    expect(await place()).toEqual(before);
    // As after any break, the first page and the visible rows are fetched, and the changes are asked for.
    expect(operations()).toBeLessThanOrEqual(5);
    // Twice at once, the second time perhaps before the rows are drawn.
    await page.reload({ waitUntil: 'domcontentloaded' });
    await page.reload();
    await expect.poll(place).toEqual(before);
    await untilSettled(page);
    expect(await place()).toEqual(before);

    await page.goto('about:blank');
    await page.goto(browser.server.base + path);
    await page.getByRole('table').waitFor();
    await untilSettled(page);
    const ends = await page.evaluate(() => [0, document.documentElement.scrollHeight - window.innerHeight]);
    expect(await page.evaluate(() => window.scrollY)).toBe(ends[path === '/' ? 0 : 1]);
  });

  test('searches while the user types, and keeps the search in the address', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.getByRole('searchbox').pressSequentially('été', { delay: 30 });
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('été');
    await page.getByText(/^\d+ found$/).waitFor();
    await expect.poll(() => firstNames(page, 1)).toEqual(['ÉTÉ rappels']);
    await page.getByRole('searchbox').fill('no campaign has this name');
    await page.getByRole('heading', { name: 'No campaign matches' }).waitFor();
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await page.getByText('640 in use').waitFor();
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('');
    expect(page.url()).toBe(`${browser.server.base}/`);
  });

  test('leaves Escape to an input method while it composes characters, so that the words before them stay', async () => {
    const page = await openConsole(browser, tokenKey('viewer'));
    const search = page.getByRole('searchbox');
    await search.fill('reminders ');
    const browserSession = await page.context().newCDPSession(page);
    await browserSession.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    await search.dispatchEvent('keydown', { key: 'Escape', isComposing: true });
    expect(await search.inputValue()).toBe('reminders にほん');
  });

  test('filters by group and archived state, and changes the order', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.getByRole('combobox', { name: 'Group' }).fill('report');
    await page.getByRole('option', { name: 'Reporters' }).click();
    await page.getByText('100 found').waitFor();
    await expect.poll(() => page.locator('.campaign-group').allInnerTexts()).not.toContain('Farmers');
    await page.getByRole('button', { name: 'Clear group' }).click();
    await page.getByText('640 in use').waitFor();
    const group = page.getByRole('combobox', { name: 'Group' });
    expect(await group.inputValue()).toBe('');
    await untilFocused(group);
    await page.getByRole('button', { name: 'Show group choices' }).waitFor();
    expect(await group.getAttribute('aria-expanded')).toBe('false');
    await group.click();
    await page.getByRole('option', { name: 'Reporters' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: 'Archived', exact: true }).check();
    await page.getByText('40 found').waitFor();
    await page.getByRole('radio', { name: 'All', exact: true }).check();
    await page.getByText('680 found').waitFor();
    await page.getByRole('radio', { name: 'In use', exact: true }).check();
    await page.getByRole('button', { name: 'Name' }).click();
    await expect.poll(() => page.getByLabel('Order').inputValue()).toBe('name');
    await expect
      .poll(async () => {
        const names = (await firstNames(page, 20)).map((name) => name.toLowerCase());
        return names.length === 20 && names.join('\n') === names.toSorted().join('\n');
      })
      .toBe(true);
    await page.getByLabel('Order').selectOption('Oldest first');
    await expect
      .poll(() => page.getByRole('columnheader', { name: 'Created' }).getAttribute('aria-sort'))
      .toBe('ascending');
  });

  test('offers groups that match what is typed, also before the server answers; Enter takes the only one, Escape none', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await page.getByRole('button', { name: 'New campaign' }).click();
    const field = page.getByRole('dialog').getByRole('combobox', { name: 'Group' });
    const options = page.getByRole('listbox').getByRole('option');
    await untilFocused(page.getByRole('dialog'));
    await field.click();
    await expect.poll(() => options.count()).toBeGreaterThan(5);
    const answer = await hold(page, '"search":"');
    await field.pressSequentially('repor');
    await expect.poll(() => options.allInnerTexts()).toEqual(['Reporters']);
    await page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue()).toBe('Reporters');
    await expect.poll(() => options.count()).toBe(0);

    answer();
    await field.fill('no group has this name');
    await page.getByText('No group has this in its name.').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => field.inputValue()).toBe('Reporters');
    await expect.poll(() => options.count()).toBe(0);
    expect(await page.getByRole('dialog').count()).toBe(1);
  });

  test('shows the errors of the server, and creates a campaign when they are corrected', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await create(page, 'REMINDERS');
    const dialog = page.getByRole('dialog');
    const name = dialog.getByLabel('Name');
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
    const error = await page
      .locator(`#${(await name.getAttribute('aria-describedby')) ?? ''}`.split(' ')[0] ?? '')
      .innerText();
    expect(error).toMatch(/name/i);
    await name.fill('A "quoted" name');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect.poll(() => dialog.locator('.field-error').innerText()).toContain('"');
    await name.fill('Chanjo la watoto');
    await dialog.getByRole('button', { name: 'Create' }).click();
    // The notice goes after ten seconds, unless the pointer is on it.
    await page.getByText('Created Chanjo la watoto').hover();
    await expect.poll(() => firstNames(page, 1)).toEqual(['Chanjo la watoto']);
    await expect.poll(() => page.getByText('641 in use').count()).toBe(1);
    await page.locator('.notice').getByRole('link', { name: 'Chanjo la watoto' }).click();
    await page.getByRole('heading', { level: 1, name: 'Chanjo la watoto' }).waitFor();
  });

  test('asks for a group before it sends a request', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await page.getByRole('button', { name: 'New campaign' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('No group');
    await page.keyboard.press('Enter');
    await page.getByText('Choose the group').waitFor();
  });

  test('leaves the focus in the field in which Enter was pressed, so that a mistake can be corrected at once', async () => {
    const page = await openConsole(browser, tokenKey('editor'), '/groups');
    await page.getByRole('button', { name: 'New group' }).click();
    const name = page.getByRole('dialog').getByLabel('Name');
    await name.fill('Farmers');
    await page.keyboard.press('Enter');
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.type(' of the valley');
    expect(await name.inputValue()).toBe('Farmers of the valley');
  });

  test('is not left by Back while it is being saved', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await page.getByText(/\d in use/).waitFor();
    const saved = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('Saved slowly')) await saved.promise;
      await route.fallback();
    });
    await create(page, 'Saved slowly');
    await page.locator('button[aria-busy="true"]').waitFor();
    await page.goBack();
    await page.waitForTimeout(300);
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    saved.resolve();
    await page.getByText('Created Saved slowly').waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  test('says so when an address has no campaign, whatever stands in it', async () => {
    const page = await openConsole(browser, tokenKey('editor'), '/groups');
    await page.getByRole('heading', { name: 'Groups' }).waitFor();
    for (const uuid of ['damaged', '00000000-0000-4000-8000-000000000000']) {
      await page.goto(`${browser.server.base}/campaigns/${uuid}`);
      await page.getByRole('heading', { level: 1, name: 'There is no such campaign' }).waitFor();
      await expect.poll(() => page.title()).toMatch(/^There is no such campaign/);
    }
  });

  test.each([
    ['empty', '', 'A name is needed: 1 to 64 characters'],
    ['too long', 'x'.repeat(65), 'The name is too long: it can have at most 64 characters.'],
  ])('marks both fields when the name is %s and there is no group', async (_what, name, error) => {
    const page = await openConsole(browser, tokenKey('editor'));
    await page.getByRole('button', { name: 'New campaign' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText(error).waitFor();
    await dialog.getByText('Choose the group').waitFor();
    await expect.poll(() => dialog.locator('[aria-invalid=true]').count()).toBe(2);
  });

  test('edits the name and the group', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await create(page, 'To be edited');
    await choose(page, 'To be edited', 'Edit…');
    await page.getByRole('dialog').getByLabel('Name').fill('Was edited');
    await chooseGroup(page, 'Reporters');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await rowOf(page, 'Was edited').getByText('Reporters').waitFor();
  });

  test('archives at once, before the server has answered, and takes it back if it does not', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await create(page, 'To be gone at once');
    await rowOf(page, 'To be gone at once').waitFor();
    const isArchiving = (body: string | null) => body?.includes('"archived":true') ?? false;
    const held: Route[] = [];
    await page.route('**/graphql', (route) =>
      isArchiving(route.request().postData()) ? void held.push(route) : route.fallback(),
    );
    /** Takes the held request. Waits for it, because the page shows the change before it sends the request. */
    const request = async (): Promise<Route> => {
      await expect.poll(() => held.length).toBe(1);
      const [route] = held.splice(0);
      if (!route) throw new Error('Nothing is held.');
      return route;
    };
    await choose(page, 'To be gone at once', 'Archive');
    await page.getByText('Archived To be gone at once').waitFor();
    expect(await rowOf(page, 'To be gone at once').count()).toBe(0);
    await (await request()).abort();
    await page.getByRole('status').getByText('The server cannot be reached.', { exact: true }).waitFor();
    await rowOf(page, 'To be gone at once').waitFor();

    // The undo is sent only after the server has answered the change, because it needs the new revision.
    await choose(page, 'To be gone at once', 'Archive');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => rowOf(page, 'To be gone at once').count()).toBe(0);
    await (await request()).fallback();
    await page.getByText('Restored To be gone at once').waitFor();
    await rowOf(page, 'To be gone at once').waitFor();
  });

  test('archives with an undo, and restores', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await create(page, 'To be archived');
    await choose(page, 'To be archived', 'Archive');
    await expect.poll(() => rowOf(page, 'To be archived').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await rowOf(page, 'To be archived').waitFor();
    await choose(page, 'To be archived', 'Archive');
    await expect.poll(() => rowOf(page, 'To be archived').count()).toBe(0);
    await page.getByRole('radio', { name: 'Archived', exact: true }).check();
    await rowOf(page, 'To be archived').waitFor();
    await choose(page, 'To be archived', 'Restore');
    await expect.poll(() => rowOf(page, 'To be archived').count()).toBe(0);
  });

  test('archives by a double click too, and does not restore at once', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await create(page, 'Clicked twice');
    await page.getByRole('link', { name: 'Clicked twice', exact: true }).first().click();
    const box = await page.getByRole('button', { name: 'Archive', exact: true }).boundingBox();
    const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
    await page.mouse.click(x, y);
    const restore = page.getByRole('button', { name: 'Restore', exact: true });
    await restore.waitFor();
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
    await page.getByText('Archived Clicked twice').waitFor();
    await untilSettled(page);
    expect(await page.getByText('Restored Clicked twice').count()).toBe(0);
    await restore.click();
    await page.getByText('Restored Clicked twice').waitFor();
  });

  test('deletes after a confirmation', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await create(page, 'To be deleted');
    await choose(page, 'To be deleted', 'Delete…');
    const dialog = page.getByRole('alertdialog', { name: 'Delete this campaign?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await rowOf(page, 'To be deleted').waitFor();
    await choose(page, 'To be deleted', 'Delete…');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => rowOf(page, 'To be deleted').count()).toBe(0);
    await page.getByText('Deleted To be deleted').waitFor();
  });

  test('shows a campaign at its own address', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.getByRole('link', { name: 'Straße und Weg' }).click();
    await page.getByRole('heading', { name: 'Straße und Weg' }).waitFor();
    const colleague = await openConsole(browser, tokenKey('viewer'), new URL(page.url()).pathname);
    await colleague.getByRole('heading', { name: 'Straße und Weg' }).waitFor();
    await colleague.getByRole('link', { name: 'Big Group' }).click();
    await colleague.getByText('102 found').waitFor();
    const nowhere = await openConsole(browser, tokenKey('viewer'), '/campaigns/00000000-0000-4000-8000-000000000000');
    await nowhere.getByRole('heading', { name: 'There is no such campaign' }).waitFor();
  });

  test('shows viewers no buttons that change data', async () => {
    const page = await openConsole(browser, tokenKey('viewer'));
    await page.getByRole('table').waitFor();
    expect(await page.getByRole('button', { name: /New|Actions/ }).count()).toBe(0);
    await page.getByRole('link', { name: 'Reminders', exact: true }).click();
    await page.getByRole('heading', { name: 'Reminders' }).waitFor();
    expect(await page.getByRole('button', { name: /Edit|Archive|Delete/ }).count()).toBe(0);
  });

  test('shows names of any script and any length whole', async () => {
    const long = 'مواعيد التطعيم للأطفال دون سن الخامسة في جميع المراكز الصحية'.padEnd(64, 'ء');
    const wide = '家族計画と母子保健のための全国健康キャンペーン'.padEnd(64, '健');
    for (const name of [long, wide, 'W'.repeat(64)]) {
      const response = await fetch(`${browser.server.base}/api/v2/campaigns.json`, {
        method: 'POST',
        headers: { authorization: `Token ${tokenKey('editor')}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name, group: 'Farmers' }),
      });
      expect(response.status).toBe(201);
    }
    for (const viewport of [
      { width: 360, height: 740 },
      { width: 1_280, height: 800 },
    ]) {
      const page = await openConsole(browser, tokenKey('editor'), '/', { viewport });
      for (const path of ['/', '/groups']) {
        if (path === '/groups') await page.getByRole('link', { name: 'Groups' }).click();
        await page.getByRole('table').waitFor();
        if (path === '/') for (const name of [long, wide]) await page.getByRole('link', { name }).waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
        const cut = await page.evaluate(
          () =>
            [...document.querySelectorAll('[role=cell], [role=cell] *')].filter(
              (cell) => cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).display !== 'inline',
            ).length,
        );
        expect(cut).toBe(0);
      }
    }
  });

  test('each arrow key leads to the next row, also when many come before the page has scrolled', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await page.locator('[data-index="0"] a').focus();
    const index = await page.evaluate(() => {
      for (let step = 0; step < 45; step += 1) {
        const key = new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true });
        document.activeElement?.dispatchEvent(key);
      }
      return document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset['index'];
    });
    expect(index).toBe('45');
    // Wait until the row is on the screen.
    await expect
      .poll(() =>
        page.evaluate(() => {
          const { top = 0, bottom = 0 } = document.activeElement?.getBoundingClientRect() ?? {};
          return top > 0 && bottom < window.innerHeight;
        }),
      )
      .toBe(true);
  });

  test('works with the keyboard alone', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await page.getByRole('table').waitFor();
    await page.locator('[data-index="0"] a').focus();
    for (let step = 0; step < 60; step += 1) await page.keyboard.press('ArrowDown');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset['index']))
      .toBe('60');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('[role=menuitem]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Edit campaign' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await page.keyboard.press('Escape');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''))
      .toMatch(/^Actions for/);
  });
});
