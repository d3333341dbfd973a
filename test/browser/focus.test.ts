import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { clientFor } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { openAccountMenu, openConsole, untilFocused, untilSettled } from './support/console.ts';
import { serveFixture } from './support/server.ts';

const CREATE_CAMPAIGN = `mutation ($name: String!) {
  createCampaign(input: { name: $name, group: { name: "Farmers" } }) { campaign { uuid } }
}`;
const CREATE_CAMPAIGN_OF_COLUMN_1 = CREATE_CAMPAIGN.replace('Farmers', 'Column 1');
const FIND = 'query ($name: String!) { campaigns(first: 1, filter: { search: $name }) { nodes { uuid } } }';
const ARCHIVE =
  'mutation ($uuid: UUID!) { updateCampaign(input: { uuid: $uuid, archived: true }) { campaign { uuid } } }';
const CREATE_GROUP = 'mutation ($name: String!) { createGroup(input: { name: $name }) { group { uuid } } }';
const RENAME_GROUP =
  'mutation ($uuid: UUID!, $name: String!) { updateGroup(input: { uuid: $uuid, name: $name }) { group { uuid } } }';
const INVITE = 'mutation ($name: String!) { inviteMember(input: { email: $name, role: VIEWER }) { key } }';
const CREATE_TOKEN = 'mutation ($name: String!) { createApiToken(input: { name: $name }) { key } }';
const CREATE_WEBHOOK = `mutation ($name: String!) {
  createWebhook(input: { name: $name, url: "https://127.0.0.1:9/changes" }) { secret }
}`;

/** The focused element: the label of a control, or the text of a heading. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) return 'nothing';
    return activeElement.getAttribute('aria-label') ?? activeElement.textContent;
  });

/** Waits until the whole element is in the window and nothing covers it. */
async function untilSeen(element: Locator): Promise<void> {
  const isSeen = (one: Element) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    // Between two lines of a text is the element around it.
    return top >= 0 && bottom <= innerHeight && (one.contains(there) || there?.contains(one) === true);
  };
  await expect.poll(() => element.evaluate(isSeen)).toBe(true);
}

/** A window of 1280 by 1024 pixels, at 400 % (https://www.w3.org/TR/WCAG22/#reflow). */
const ZOOMED = { width: 320, height: 256 };

/** Runs an action of a row's menu with the keyboard. Confirms it if the action asks for confirmation. */
async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).focus();
  await page.keyboard.press('Enter');
  await untilFocused(page.getByRole('menu'));
  await page.getByRole('menuitem', { name: action }).focus();
  await page.keyboard.press('Enter');
  if (!action.endsWith('…')) return;
  await untilFocused(page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}

/** Like Safari, which does not focus the buttons and boxes that are clicked. */
function leaveClickedUnfocused(): void {
  const leave = (event: Event) => {
    if (event.target instanceof Element && event.target.closest('button, [type=checkbox]')) event.preventDefault();
  };
  window.addEventListener('mousedown', leave, true);
}

/** Like Safari after a click, which does not match `:focus-visible` on what a script focuses when a key is pressed. */
function hideFocusOfScripts(): void {
  const style = new CSSStyleSheet();
  style.insertRule(':focus-visible:not([data-focused-by-key]) { outline: none !important }');
  document.adoptedStyleSheets = [style];
}

describeInBrowser('the focus', serveFixture, (browser) => {
  test.each([
    ['Actions for Reminders', 'menu'],
    ['Find', 'dialog'],
    [/^Account/, 'menu'],
  ] as const)('comes back to the clicked button %s in a browser that does not focus it', async (name, role) => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.evaluate(leaveClickedUnfocused);
    const button = page.getByRole('button', { name, exact: true });
    await button.click();
    await untilFocused(page.getByRole(role));
    await page.keyboard.press('Escape');
    await page.getByRole(role).waitFor({ state: 'detached' });
    await untilFocused(button);
  });

  test('is in the row of a clicked box in a browser that does not focus it', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.evaluate(leaveClickedUnfocused);
    await page.locator('[data-index="1"]').getByRole('checkbox').click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('2 of 640 selected').waitFor();
  });

  test('is seen where a key has led to, also after a click, and not where the click was', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.evaluate(hideFocusOfScripts);
    const isSeen = () =>
      page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
        return outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2;
      });
    const box = (index: number) => page.locator(`[data-index="${index}"]`).getByRole('checkbox');
    await box(1).click();
    await untilFocused(box(1));
    expect(await isSeen()).toBe(false);
    await page.keyboard.press('ArrowDown');
    await untilFocused(box(2));
    expect(await isSeen()).toBe(true);
    await page.getByRole('button', { name: 'New campaign' }).click();
    await untilFocused(page.getByRole('dialog'));
    await page.keyboard.press('Shift+Tab');
    await untilFocused(page.getByRole('dialog').getByRole('button', { name: 'Close' }));
    expect(await isSeen()).toBe(true);
  });

  const create = async (query: string, names: readonly string[]) => {
    for (const name of names) await clientFor(browser.server.base, 'admin').data(query, { name });
  };

  /** Archives a campaign as another user, outside the browser. */
  const archive = async (name: string) => {
    const client = clientFor(browser.server.base, 'editor');
    type Found = { campaigns: { nodes: readonly { uuid: string }[] } };
    const [campaign] = (await client.data<Found>(FIND, { name })).campaigns.nodes;
    await client.data(ARCHIVE, { uuid: campaign?.uuid });
  };

  /** Creates a group and renames it many times. Returns its UUID. */
  const createGroupWithChanges = async (name: string, changes: number) => {
    const client = clientFor(browser.server.base, 'admin');
    type Created = { createGroup: { group: { uuid: string } } };
    const { uuid } = (await client.data<Created>(CREATE_GROUP, { name })).createGroup.group;
    for (let change = 0; change < changes; change += 1) {
      await client.data(RENAME_GROUP, { uuid, name: `${name} ${change}` });
    }
    return uuid;
  };

  describe('does not get lost with its row', () => {
    test.each([
      ['Archive', CREATE_CAMPAIGN, '/?q=archived+soon&order=name', ['Archived soon 1', 'Archived soon 2'], 'Campaigns'],
      ['Delete…', CREATE_CAMPAIGN, '/?q=deleted+soon&order=name', ['Deleted soon 1', 'Deleted soon 2'], 'Campaigns'],
      ['Delete…', CREATE_GROUP, '/groups?q=short', ['Short 1', 'Short 2'], 'Groups'],
      ['Remove…', INVITE, '/people?q=zuri', ['zuri1@nyota.example', 'zuri2@nyota.example'], 'People and tokens'],
      ['Delete…', CREATE_WEBHOOK, '/webhooks', ['First', 'Second'], 'Webhooks'],
    ] as const)(
      '%s: it goes to the row that follows, or to the heading',
      async (action, query, path, names, heading) => {
        await create(query, names);
        const page = await openConsole(browser, tokenKey('admin'), path);
        await act(page, names[0], action);
        await expect.poll(() => focused(page)).toBe(`Actions for ${names[1]}`);
        await act(page, names[1], action);
        await expect.poll(() => focused(page)).toBe(heading);
      },
    );

    test('it goes to the same control of the next row, also when the boxes for selecting appear only now', async () => {
      await create(CREATE_CAMPAIGN, ['Before the boxes 1', 'Before the boxes 2']);
      const page = await browser.newPage();
      const asked = Promise.withResolvers<void>();
      await page.route('**/campaign-selection-*.js', async (route) => {
        await asked.promise;
        await route.continue();
      });
      await page.goto(`${browser.server.base}/?q=before+the+boxes&order=name#token=${tokenKey('admin')}`);
      await page.getByRole('button', { name: 'Actions for Before the boxes 1' }).focus();
      asked.resolve();
      await page.getByRole('checkbox', { name: 'Before the boxes 1' }).waitFor();
      await archive('Before the boxes 1');
      await expect.poll(() => focused(page)).toBe('Actions for Before the boxes 2');
    });

    test('its menu closes when somebody else takes the row away', async () => {
      await create(CREATE_CAMPAIGN, ['Menu open 1', 'Menu open 2']);
      const page = await openConsole(browser, tokenKey('admin'), '/?q=menu+open&order=name');
      await page.getByRole('button', { name: 'Actions for Menu open 1' }).focus();
      await page.keyboard.press('Enter');
      await untilFocused(page.getByRole('menu'));
      await archive('Menu open 1');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await expect.poll(() => focused(page)).toBe('Actions for Menu open 2');
    });

    test('Revoke…: it goes to the row above if none follows', async () => {
      await create(CREATE_TOKEN, ['Older', 'Newer']);
      const page = await openConsole(browser, tokenKey('admin'), '/people/tokens');
      const menus = page.getByRole('row').getByRole('button', { name: /^Actions for/ });
      await page.getByRole('button', { name: 'Actions for Older' }).waitFor();
      const labels = await menus.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));
      const place = labels.indexOf('Actions for Older');
      await act(page, 'Older', 'Revoke…');
      await expect.poll(() => focused(page)).toBe(labels[place + 1] ?? labels[place - 1]);
    });

    test('it goes there when a dialog closes whose row somebody else has taken away', async () => {
      await create(CREATE_CAMPAIGN, ['Taken away 1', 'Taken away 2']);
      const page = await openConsole(browser, tokenKey('admin'), '/?q=taken+away&order=name');
      for (const [name, expected] of [
        ['Taken away 1', 'Actions for Taken away 2'],
        ['Taken away 2', 'Campaigns'],
      ] as const) {
        await page.getByRole('button', { name: `Actions for ${name}` }).click();
        await page.getByRole('menuitem', { name: 'Edit…' }).click();
        await untilFocused(page.getByRole('dialog'));
        await archive(name);
        await expect.poll(() => page.locator('.campaign-name').getByText(name).count()).toBe(0);
        await page.keyboard.press('Escape');
        await expect.poll(() => focused(page)).toBe(expected);
      }
    });
  });

  describe('does not get lost with its control', () => {
    const press = async (page: Page, button: string) => {
      const control = page.getByRole('main').getByRole('button', { name: button });
      await control.focus();
      await page.keyboard.press('Enter');
    };

    test.each([
      ['/?q=nothing+like+it', 'Campaigns'],
      ['/groups?q=nothing+like+it', 'Groups'],
      ['/people?q=nobody', 'People and tokens'],
      ['/activity?person=nobody@nowhere.example', 'Activity'],
    ])('the button that clears a search which nothing matches: %s', async (path, heading) => {
      const page = await openConsole(browser, tokenKey('admin'), path);
      await page.locator('.state').getByRole('button').press('Enter');
      await expect.poll(() => focused(page)).toBe(heading);
    });

    test('the button that clears a search, when it is tapped and the search box had the focus', async () => {
      const page = await openConsole(browser, tokenKey('admin'), '/', { hasTouch: true });
      await page.getByRole('searchbox').fill('nothing like it');
      await page.locator('.state').getByRole('button').tap();
      await expect.poll(() => focused(page)).toBe('Campaigns');
    });

    test('Archive on a campaign’s page, and its undoing by Ctrl-Z', async () => {
      await create(CREATE_CAMPAIGN, ['On its page']);
      const page = await openConsole(browser, tokenKey('admin'), '/?q=on+its+page');
      await page.getByRole('link', { name: 'On its page', exact: true }).press('Enter');
      await page.getByRole('heading', { name: 'On its page' }).waitFor();
      await press(page, 'Archive');
      await expect.poll(() => focused(page)).toBe('On its page');
      await page.getByRole('button', { name: 'Restore', exact: true }).focus();
      await page.keyboard.press('Control+z');
      await expect.poll(() => focused(page)).toBe('On its page');
    });

    test('Load more, when it was the last page of a history: it goes to the heading of the history', async () => {
      const uuid = await createGroupWithChanges('Of many changes', 51);
      const page = await openConsole(browser, tokenKey('admin'), `/groups/${uuid}`);
      await press(page, 'Load more');
      await expect.poll(() => focused(page)).toBe('History');
    });

    test('the button for the rows above: it goes to the row below it', async () => {
      const page = await openConsole(browser, tokenKey('admin'), '/?order=name&at=m');
      const first = page.locator('[data-index="0"]').getByRole('checkbox');
      await first.waitFor();
      const name = await page.locator('[data-index="0"]').getByRole('link').first().innerText();
      await press(page, 'above');
      await expect.poll(() => focused(page)).toBe(name);
    });

    test.each([
      ['Try again', '/groups', 'Groups', { status: 503, json: { errors: [{ extensions: { code: 'TIMEOUT' } }] } }],
      ['Try now', '/groups', 'Groups', { status: 503, body: 'away' }],
    ])('%s', async (button, path, heading, answer) => {
      const page = await openConsole(browser, tokenKey('admin'));
      await page.locator('[data-index]').first().waitFor();
      await page.route('**/graphql', (route) => route.fulfill(answer));
      await page.getByRole('navigation').getByRole('link', { name: heading }).press('Enter');
      const control = page.getByRole('button', { name: button });
      await control.focus();
      await page.unroute('**/graphql');
      await page.keyboard.press('Enter');
      await control.waitFor({ state: 'detached' });
      await expect.poll(() => focused(page)).toBe(heading);
      expect(new URL(page.url()).pathname).toBe(path);
    });

    test('before the page has a heading: it goes there as soon as there is one', async () => {
      const page = await openConsole(browser, tokenKey('admin'));
      await page.evaluate(async () => {
        const button = document.createElement('button');
        document.getElementById('app')?.append(button);
        button.focus();
        const heading = document.querySelector('h1');
        const parent = heading?.parentElement;
        heading?.remove();
        button.remove();
        await new Promise((resolve) => setTimeout(resolve, 300));
        if (heading) parent?.prepend(heading);
      });
      await expect.poll(() => focused(page)).toBe('Campaigns');
    });
  });

  test.each([
    ['/people', 'Invite a person', 'E-mail address', 'new@nyota.example'],
    ['/people/tokens', 'New token', 'Name', 'Shown once'],
  ])('%s: goes back to the button whose dialog another one has replaced', async (path, button, field, text) => {
    const page = await openConsole(browser, tokenKey('admin'), path);
    await page.getByRole('button', { name: button }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByLabel(field, { exact: true }).fill(text);
    await page.keyboard.press('Enter');
    const close = page.getByRole('dialog').locator('footer').getByRole('button', { name: 'Close' });
    await close.press('Enter');
    await expect.poll(() => focused(page)).toBe(` ${button}`);
  });

  describe('is in the later of two dialogs whose code was still being loaded when they were opened', () => {
    /** Opens the campaigns without a part of the program, which is held back until `load` is called. */
    const openWithout = async (part: string) => {
      const page = await browser.newPage();
      const asked = Promise.withResolvers<void>();
      await page.route(`**/assets/${part}-*.js`, async (route) => {
        await asked.promise;
        await route.continue();
      });
      await page.goto(`${browser.server.base}/#token=${tokenKey('admin')}`);
      await page.getByRole('link', { name: 'Reminders', exact: true }).waitFor();
      return { page, load: () => asked.resolve() };
    };

    test('two forms, which open at the same time', async () => {
      const { page, load } = await openWithout('dialogs');
      await page.getByRole('button', { name: 'Actions for Reminders', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Edit…' }).click();
      await page.getByText('Loading…').waitFor();
      const button = page.getByRole('button', { name: 'New campaign' });
      await button.click();
      load();
      await untilFocused(page.getByRole('dialog', { name: 'New campaign' }).getByLabel('Name'));
      await page.keyboard.press('Escape');
      await untilFocused(page.getByRole('dialog', { name: 'Edit campaign' }).getByLabel('Name'));
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await untilFocused(button);
    });

    test('the dialog for finding, which opens in front of a form, and leads back to the same form', async () => {
      const { page, load } = await openWithout('find');
      await page.keyboard.press('/');
      await page.getByRole('button', { name: 'New campaign' }).click();
      const name = page.getByRole('dialog', { name: 'New campaign' }).getByLabel('Name');
      await untilFocused(name);
      load();
      await untilFocused(page.getByRole('combobox', { name: 'Find' }));
      await page.keyboard.type('New campaign');
      await page.keyboard.press('Enter');
      await untilFocused(name);
      expect(await page.getByRole('dialog', { includeHidden: true }).count()).toBe(1);
    });

    test.each([
      ['New campaign', 'Campaigns', 'dialogs', 'New campaign'],
      ['New group', 'Groups', 'dialogs', 'New group'],
      ['Add a workspace…', 'Campaigns', 'add-workspace-dialog', 'Add a workspace'],
    ])('one form, which opens once: %s', async (label, heading, part, title) => {
      const { page, load } = await openWithout(part);
      await page.getByRole('navigation').getByRole('link', { name: heading }).click();
      const button = page.getByRole('button', { name: label }).first();
      if (label.startsWith('New')) {
        await button.click();
      } else {
        await openAccountMenu(page);
        await page.getByRole('menuitem', { name: label }).click();
      }
      await page.getByText('Loading…').waitFor();
      await page.keyboard.press('Control+k');
      await untilFocused(page.getByRole('combobox', { name: 'Find' }));
      await page.keyboard.type(label);
      await page.keyboard.press('Enter');
      load();
      const field = page.getByRole('dialog', { name: title }).getByRole('textbox').first();
      await untilFocused(field);
      // The other dialogs may still be closing, and take the key.
      await untilSettled(page);
      await untilFocused(field);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { includeHidden: true }).waitFor({ state: 'detached' });
    });
  });

  describe('goes to the first error of a form that is refused, which is then in the window', () => {
    test.each([
      ['/', 'New campaign', 'Create', 'Name', 'A name is needed'],
      ['/people', 'Invite a person', 'Invite', 'E-mail address', 'Give a complete address'],
      ['/people/tokens', 'New token', 'Create', 'Name', 'A name is needed'],
      ['/webhooks', 'New webhook', 'Create', 'Name', 'A name is needed'],
    ])('%s: %s', async (path, button, submit, field, error) => {
      const page = await openConsole(browser, tokenKey('admin'), path, { viewport: ZOOMED });
      await page.getByRole('button', { name: button }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: submit, exact: true }).click();
      await untilFocused(dialog.getByLabel(field, { exact: true }));
      await untilSeen(dialog.getByRole('alert').filter({ hasText: error }));
    });

    test('a missing group, whose list stays closed until it is asked for, and then a name that is taken', async () => {
      const page = await openConsole(browser, tokenKey('admin'), '/', { viewport: ZOOMED });
      await page.getByRole('button', { name: 'New campaign' }).click();
      const dialog = page.getByRole('dialog');
      const create = dialog.getByRole('button', { name: 'Create' });
      const group = dialog.getByRole('combobox', { name: 'Group' });
      await dialog.getByLabel('Name').fill('Reminders');
      await create.click();
      await untilFocused(group);
      await untilSeen(dialog.getByRole('alert').filter({ hasText: 'Choose the group' }));
      expect(await page.getByRole('listbox').count()).toBe(0);

      await group.click();
      await page.getByRole('listbox').getByRole('option', { name: 'Farmers' }).click();
      await create.click();
      await untilFocused(dialog.getByLabel('Name'));
      await untilSeen(dialog.getByRole('alert').filter({ hasText: 'There is a campaign with this name already' }));
    });

    test('of a form as a whole: it stays where it is', async () => {
      const page = await openConsole(browser, tokenKey('admin'), '/people/tokens', { viewport: ZOOMED });
      await page.getByRole('button', { name: 'New token' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Not created');
      await page.route('**/graphql', (route) => route.abort());
      await page.keyboard.press('Enter');
      await untilSeen(dialog.getByRole('alert').filter({ hasText: 'The server cannot be reached.' }));
      await untilFocused(dialog.getByLabel('Name'));
    });

    test('the sign-in page', async () => {
      const page = await browser.newPage({ viewport: ZOOMED });
      await page.goto(`${browser.server.base}/#token=not-a-token`);
      // The reason is an alert too, and stands above the field.
      await page.getByRole('alert').filter({ hasText: 'no longer accepted' }).waitFor();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await untilFocused(page.getByLabel('API token'));
      await untilSeen(page.getByRole('alert').filter({ hasText: 'Paste a token first.' }));
    });
  });

  test('goes back to where it was when a notice is dismissed or undone', async () => {
    await create(CREATE_CAMPAIGN, ['Undone 1', 'Undone 2']);
    const page = await openConsole(browser, tokenKey('admin'), '/?q=undone&order=name');
    await act(page, 'Undone 1', 'Archive');
    await expect.poll(() => focused(page)).toBe('Actions for Undone 2');
    const undo = page.getByRole('button', { name: 'Undo', exact: true });
    await undo.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Actions for Undone 1' }).waitFor();
    await expect.poll(() => focused(page)).toBe('Actions for Undone 2');
  });

  test('is not below a notice that stays, also in a dialog', async () => {
    await create(CREATE_CAMPAIGN, ['Not covered']);
    const page = await openConsole(browser, tokenKey('admin'), '/?q=not+covered', { viewport: ZOOMED });
    await act(page, 'Not covered', 'Archive');
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await page.getByRole('button', { name: 'New campaign' }).click();
    const submit = page.getByRole('dialog').getByRole('button', { name: 'Create' });
    await submit.focus();
    await untilSeen(submit);
  });

  test('comes back to the row that was opened, however far down it is, and else to the heading', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    const link = (index: number) => page.locator(`[data-index="${index}"] .campaign-name a`);
    await expect
      .poll(async () => {
        await page.evaluate(() => window.scrollTo(0, 4_000));
        return link(85).count();
      })
      .toBe(1);
    await link(85).press('Enter');
    await page.getByRole('button', { name: 'Archive' }).waitFor();
    await page.goBack();
    await untilFocused(link(85));
    await page.keyboard.press('ArrowDown');
    await untilFocused(link(86));
    await page.getByRole('navigation').getByRole('link', { name: 'Groups' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Groups' }).waitFor();
    await page.goBack();
    await expect.poll(() => focused(page)).toBe('Campaigns');
  });

  test('goes to the first row with Home, also in a list that was scrolled when End has left it', async () => {
    // More changes than Activity loads before it is scrolled to its end.
    await createGroupWithChanges('Busy', 340);
    const page = await openConsole(browser, tokenKey('admin'), '/activity');
    const row = (index: string) => page.locator(`[role="row"][aria-rowindex="${index}"]`);
    await expect
      .poll(async () => {
        await page.evaluate(() => window.scrollTo(0, 2_000));
        return row('42').count();
      })
      .toBe(1);
    await row('42').getByRole('link').first().focus();
    await page.keyboard.press('End');
    await untilFocused(row((await page.getByRole('table').getAttribute('aria-rowcount')) ?? ''));
    await page.keyboard.press('Home');
    await untilFocused(row('2'));
    const isInWindow = () =>
      row('2').evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= window.innerHeight;
      });
    await expect.poll(isInWindow).toBe(true);
  });

  test('goes back to the field for the group when the question about what was typed is answered', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await page.getByRole('button', { name: 'New campaign' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'New campaign' });
    await dialog.getByLabel('Name').fill('Reminders of clinics');
    const group = dialog.getByRole('combobox', { name: 'Group' });
    await group.fill('Farmers');
    await page.getByRole('option', { name: 'Farmers', exact: true }).click();
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await untilFocused(group);
    await page.keyboard.press('Escape');
    await untilFocused(page.getByRole('alertdialog'));
    await page.keyboard.press('Escape');
    await untilFocused(group);
    // The list, which would cover the buttons, opens only for a user who comes to the field.
    await untilSettled(page);
    expect(await page.getByRole('listbox').count()).toBe(0);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await page.getByRole('listbox').waitFor();
  });

  test('stays in a question when End is pressed there', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.locator('.row-menu-button').first().click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await untilFocused(page.getByRole('alertdialog'));
    await page.keyboard.press('End');
    await untilSettled(page);
    expect(new URL(page.url()).search).toBe('');
    await untilFocused(page.getByRole('alertdialog'));
  });

  test('stays on the header that the list is ordered by', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    for (const [header, sort] of [
      ['Name', 'ascending'],
      ['Name', 'descending'],
      ['Created', 'descending'],
    ] as const) {
      await page.getByRole('columnheader', { name: header }).getByRole('button').focus();
      await page.keyboard.press('Enter');
      const ordered = page.locator(`[role="columnheader"][aria-sort="${sort}"]`, { hasText: header });
      await untilFocused(ordered.getByRole('button'));
    }
  });

  test('stays in its column when an arrow key moves it to a row that has fewer controls', async () => {
    await create(CREATE_GROUP, ['Column 1', 'Column 2']);
    await create(CREATE_CAMPAIGN_OF_COLUMN_1, ['Column']);
    const page = await openConsole(browser, tokenKey('admin'), '/groups?q=column');
    await page.getByRole('link', { name: '1 campaign of Column 1' }).waitFor();
    await page.getByRole('button', { name: 'Actions for Column 1' }).focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('Actions for Column 2');
    await page.keyboard.press('ArrowUp');
    expect(await focused(page)).toBe('Actions for Column 1');
  });

  test('stays where the person has put it when another row disappears', async () => {
    await create(CREATE_CAMPAIGN, ['Left alone 1', 'Left alone 2']);
    const page = await openConsole(browser, tokenKey('admin'), '/?q=left+alone&order=name');
    await page.getByRole('button', { name: 'Actions for Left alone 1' }).focus();
    await page.mouse.click(2, 2);
    expect(await focused(page)).toBe('nothing');
    await archive('Left alone 1');
    await page.getByRole('link', { name: 'Left alone 1' }).waitFor({ state: 'detached' });
    await archive('Left alone 2');
    await page.getByText('No campaign matches').waitFor();
    await page.waitForTimeout(200);
    expect(await focused(page)).toBe('nothing');
  });
});
