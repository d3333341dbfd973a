import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { expectToFitAndBeAccessible, overflow } from '../support/views.ts';
import { hold, openConsole, untilFocused } from './support/console.ts';
import { serveFixture } from './support/server.ts';

/** Loads the editor. The page loads it only when the user moves the pointer to the text field. */
async function loadEditor(page: Page): Promise<void> {
  await page.locator('#operation-editor').hover();
  await page.locator('.cm-content').click();
}

/** In ms. The `interactionDelay` of @codemirror/autocomplete is 75 ms; the rest is a margin. */
const CHOICES_ACCEPT_AFTER = 150;

const isInWindow = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });

const answer = (page: Page) => page.getByRole('group', { name: 'Answer' });
const identity = 'admin@nyota.example, administrator of Nyota Health';

describeInBrowser('the playground', serveFixture, (browser) => {
  const open = async (hash = '') => {
    const page = await browser.newPage();
    await page.goto(`${browser.server.base}/graphiql${hash}`);
    await page.getByRole('tab', { name: 'NewestCampaigns' }).waitFor();
    return page;
  };

  test('runs the examples with the token of a link, and keeps it in no address and no permanent storage', async () => {
    const page = await open(`#token=${tokenKey('admin')}`);
    await page.getByText(identity).waitFor();
    expect(page.url()).toBe(`${browser.server.base}/graphiql`);
    for (const name of ['NewestCampaigns', 'SearchCampaigns', 'GroupsWithCampaigns', 'WhoAmI']) {
      await page.getByRole('tab', { name }).click();
      const response = page.waitForResponse((one) => one.url().endsWith('/graphql'));
      await page.getByRole('button', { name: 'Run' }).click();
      const { data, errors } = (await (await response).json()) as { data: unknown; errors?: unknown };
      expect(errors).toBeUndefined();
      expect(data).toBeTruthy();
      await page.getByText(/^200 · \d+ ms$/).waitFor();
      // Poll, because the response to the previous example may still be shown.
      await expect.poll(async () => JSON.parse(await answer(page).innerText()) as unknown).toMatchObject({ data });
    }
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(tokenKey('admin'));
  });

  test('keeps the history when documentation that was asked for before it comes late', async () => {
    const page = await open();
    let arrive = () => {};
    const late = new Promise<void>((resolve) => (arrive = resolve));
    await page.route('**/schema.graphql', async (route) => {
      await late;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Documentation' }).click();
    await page.getByRole('button', { name: 'History' }).click();
    const history = page.getByRole('region', { name: 'History' });
    await history.getByText('Nothing has been run in this browser.').waitFor();
    const answered = page.waitForResponse('**/schema.graphql');
    arrive();
    await (await answered).finished();
    await page.waitForTimeout(300);
    expect(await history.getByText('Nothing has been run in this browser.').count()).toBe(1);
    await page.getByRole('button', { name: 'Documentation' }).click();
    await page.getByRole('region', { name: 'Documentation' }).getByText('Types', { exact: true }).waitFor();
  });

  test('runs with a plain field first; the editor comes when somebody goes to the text, and completes and checks', async () => {
    const page = await open(`#token=${tokenKey('admin')}`);
    await page.locator('#operation').fill('{ viewer { rol } }');
    await page.locator('.cm-content').waitFor();
    await page.locator('.cm-lintRange-error').getByText('rol').waitFor();
    await page.locator('.cm-content').press('ControlOrMeta+a');
    await page.keyboard.type('{ viewer { ro');
    await page.getByRole('option', { name: 'role' }).waitFor();
    // For the first 75 ms after the completions appear, Enter inserts a line break instead of choosing one.
    await page.waitForTimeout(CHOICES_ACCEPT_AFTER);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ControlOrMeta+Enter');
    await answer(page).getByText('"ADMINISTRATOR"').waitFor();
  });

  test('runs an operation once while its keys are held down', async () => {
    const page = await open(`#token=${tokenKey('admin')}`);
    await page.locator('#operation').fill('query HeldDown { viewer { role } }');
    const release = await hold(page, 'HeldDown');
    await page.keyboard.down('ControlOrMeta');
    for (let times = 0; times < 2; times += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await page.keyboard.up('ControlOrMeta');
    release();
    await answer(page).getByText('"ADMINISTRATOR"').waitFor();
  });

  test('runs the operation in which the caret stands, with variables, and says where they are wrong', async () => {
    const page = await open(`#token=${tokenKey('admin')}`);
    await page.getByRole('button', { name: 'New' }).click();
    await loadEditor(page);
    await page.keyboard.insertText(
      'query One { viewer { role } } query Two($first: Int) { campaigns(first: $first) { nodes { name } } }',
    );
    await page.getByRole('textbox', { name: 'Variables' }).fill('{ "first": 1');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('The variables are not a JSON object.').waitFor();
    await page.getByRole('textbox', { name: 'Variables' }).fill('{ "first": 1 }');
    await page.getByRole('button', { name: 'Run' }).click();
    await answer(page).getByText('"Reminders"').waitFor();
  });

  test('writes over coloured text of several lines without a forbidden style', async () => {
    const page = await open(`#token=${tokenKey('admin')}`);
    await loadEditor(page);
    const editor = page.locator('.cm-content');
    const violations = browser.violations.length;
    await editor.press('ControlOrMeta+a');
    await page.keyboard.insertText('# Coloured\nquery Q {\n  viewer { role }\n}');
    await editor.press('ControlOrMeta+Home');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.type('é😀');
    await expect.poll(() => editor.innerText()).toBe('é😀  viewer { role }\n}');
    await editor.press('ControlOrMeta+a');
    // A bracket goes around the selected text.
    await page.keyboard.type('{');
    await expect.poll(() => editor.innerText()).toBe('{é😀  viewer { role }\n}}');
    await editor.press('ControlOrMeta+z');
    await editor.press('ControlOrMeta+z');
    await expect.poll(() => editor.innerText()).toBe('# Coloured\nquery Q {\n  viewer { role }\n}');
    expect(browser.violations.slice(violations)).toEqual([]);
  });

  test('brings the answer into a window that is too small for both', async () => {
    const page = await open(`#token=${tokenKey('admin')}`);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await isInWindow(answer(page))).toBe(false);
    await page.getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => isInWindow(answer(page))).toBe(true);
  });

  test.each([360, 390, 447, 600])(
    'has its links on one line, and nothing over them, in a window of %i px',
    async (width) => {
      const page = await open(`#token=${tokenKey('admin')}`);
      await page.setViewportSize({ width, height: 700 });
      await page.getByText('admin@').waitFor();
      const boxesOf = (selector: string) =>
        page
          .locator(selector)
          .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON() as DOMRect));
      const [links, others] = await Promise.all([boxesOf('.top-bar-nav a'), boxesOf('.session > :not([hidden])')]);
      expect(new Set(links.map(({ top }) => top)).size).toBe(1);
      const covering = others.filter((other) =>
        links.some(
          (link) =>
            other.left < link.right && link.left < other.right && other.top < link.bottom && link.top < other.bottom,
        ),
      );
      expect(covering).toEqual([]);
    },
  );

  test('has room for its buttons on a phone whose text is twice as large', async () => {
    const page = await open(`#token=${tokenKey('admin')}`);
    // To the page, text of twice the size is the same as a window of half the width.
    await page.setViewportSize({ width: 180, height: 400 });
    expect(await overflow(page)).toBe(0);
    for (const name of ['Run', 'Copy', 'Documentation']) {
      const box = await page.getByRole('button', { name }).first().boundingBox();
      expect(box && { name, fits: box.x >= 0 && box.x + box.width <= 180 }).toEqual({ name, fits: true });
    }
  });

  test('shows what a subscription sends', async () => {
    const page = await open(`#token=${tokenKey('admin')}`);
    await page.getByRole('button', { name: 'New' }).click();
    await loadEditor(page);
    await page.keyboard.insertText('subscription Live { changes(first: 10) { cursor } }');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('Listening to Live').waitFor();
    await answer(page).getByText('"cursor"').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped').waitFor();
  });

  test('names the subscription that it listens to, which is the one with the caret', async () => {
    const page = await open(`#token=${tokenKey('admin')}`);
    await page.getByRole('button', { name: 'New' }).click();
    await loadEditor(page);
    await page.keyboard.insertText(
      'subscription First { changes(first: 1) { cursor } } subscription Second { changes(first: 2) { cursor } }',
    );
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('Listening to Second').waitFor();
  });

  test('keeps what was written for the next visit, and what was run in its history', async () => {
    const page = await open(`#token=${tokenKey('admin')}`);
    await page.locator('#operation').fill('query Mine { viewer { role } }');
    await page.getByRole('tab', { name: 'Mine' }).waitFor();
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('"ADMINISTRATOR"').waitFor();
    await page.getByRole('button', { name: 'Close' }).first().click();
    await page.reload();
    await page.getByRole('tab', { name: 'SearchCampaigns' }).waitFor();
    expect(await page.getByRole('tab', { name: 'Mine' }).count()).toBe(0);
    await page.getByRole('button', { name: 'History' }).click();
    await page.getByRole('button', { name: 'Mine' }).click();
    await page.getByRole('tab', { name: 'Mine' }).waitFor();
  });

  test('keeps what is written in two tabs at once', async () => {
    const first = await open(`#token=${tokenKey('admin')}`);
    const second = await first.context().newPage();
    await second.goto(`${browser.server.base}/graphiql`);
    await first.locator('#operation').fill('query FromTheFirst { viewer { role } }');
    await first.getByRole('button', { name: 'New' }).click();
    // Filling the field started loading the editor. When it is loaded, it replaces the field.
    await first.locator('.cm-content').fill('query New { viewer { role } }');
    await second.getByRole('tab', { name: 'New', exact: true }).waitFor();
    await second.getByRole('tab', { name: 'SearchCampaigns' }).click();
    await second.locator('#variables').fill('{ "text": "a" }');
    await first.locator('#variables').fill('{ "first": 1 }');
    // The first tab still shows its own draft.
    await first.getByRole('tab', { name: 'New', selected: true }).waitFor();
    // What one tab stores reaches the others a moment later.
    const storedInSecond = () => second.evaluate(() => localStorage.getItem('campaigns.playground'));
    await expect.poll(storedInSecond).toContain('first\\": 1');
    await second.getByRole('button', { name: 'Close' }).first().click();
    await first.getByRole('tab', { name: 'SearchCampaigns' }).waitFor({ state: 'detached' });
    await first.getByRole('tab', { name: 'New', selected: true }).waitFor();
    await first.reload();
    const names = await first.getByRole('tab').allInnerTexts();
    expect([names[0], names.at(-1)]).toEqual(['FromTheFirst', 'New']);
    expect(names).not.toContain('SearchCampaigns');
    await first.getByRole('tab', { name: 'New' }).click();
    expect(await first.locator('#variables').inputValue()).toBe('{ "first": 1 }');
  });

  test.each(['here', 'in another tab'])('leaves nothing of a user who signs out %s, and stops', async (place) => {
    const page = await open(`#token=${tokenKey('admin')}`);
    const variables = '{ "mine": "+255 700 000 001" }';
    await page.locator('#variables').fill(variables);
    await page.getByRole('button', { name: 'Close' }).first().click();
    await page.locator('#operation').fill('subscription Live { changes(first: 10) { cursor } }');
    await page.locator('#variables').fill(variables);
    const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/graphql'));
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('Listening to Live').waitFor();
    await answer(page).getByText('"cursor"').waitFor();
    await page.getByRole('button', { name: 'History' }).click();
    await page.getByRole('button', { name: 'Live' }).waitFor();

    if (place === 'here') await page.getByRole('button', { name: 'Sign out' }).click();
    else {
      const other = await page.context().newPage();
      await other.goto(browser.server.base);
      await other.getByRole('button', { name: /^Account/ }).click();
      await other.getByRole('menuitem', { name: 'Sign out' }).click();
    }
    await ended;
    await page.getByRole('button', { name: 'Run' }).waitFor();
    await page.getByText('Nothing has been run in this browser.').waitFor();
    expect(await page.getByRole('button', { name: 'Reopen' }).count()).toBe(0);
    expect(await answer(page).innerText()).toBe('');
    expect(await page.locator('#variables').inputValue()).toBe('');
    await page.getByRole('tab', { name: 'Live' }).waitFor();
    const stored = await page.evaluate(() => localStorage.getItem('campaigns.playground'));
    expect(stored).not.toContain('+255');
    expect(JSON.parse(stored ?? '')).toMatchObject({ history: [] });
  });

  test('says whether a token works', async () => {
    const page = await open();
    await page.getByLabel('Token').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The server does not know this token').waitFor();
    await page.getByLabel('Token').fill(`Bearer ${tokenKey('viewer')}`);
    await page.keyboard.press('Enter');
    await page.getByText('viewer@nyota.example, viewer of Nyota Health').waitFor();
  });

  test('says of a token with the quotes of a text processor that it is wrong, and not that the server is away', async () => {
    const page = await open();
    await page.getByLabel('Token').fill(`“${tokenKey('viewer')}”`);
    await page.keyboard.press('Enter');
    await page.getByText('The server does not know this token').waitFor();
    await untilFocused(page.getByLabel('Token'));
  });

  test('does not take the token of another tab in place of one that was refused', async () => {
    const page = await open('#token=NOTATOKENNOTATOKENNOTATOKENNOTATOKEN1234');
    const refused = page.getByText('The server does not know this token');
    await refused.waitFor();
    const openTab = async (address: string) => {
      const tab = await page.context().newPage();
      await tab.goto(browser.server.base + address);
      await tab.locator('[data-index="0"]').waitFor();
    };
    await openTab(`/#token=${tokenKey('admin')}`);
    // The tab before gives its token to this one, which all tabs hear.
    await openTab('/groups');
    await page.waitForTimeout(300);
    await refused.waitFor();
    expect(await page.evaluate(() => sessionStorage.getItem('campaigns.token'))).toBeNull();
  });

  test('moves the focus to what takes the place of a control that disappears', async () => {
    const page = await open();
    await page.getByLabel('Token').fill(tokenKey('admin'));
    await page.keyboard.press('Enter');
    await untilFocused(page.getByText(identity));
    await page.reload();
    await page.getByRole('button', { name: 'Who am I?' }).press('Enter');
    await untilFocused(page.getByText(identity));

    await page.getByRole('button', { name: 'Documentation' }).click();
    const docs = page.getByRole('region', { name: 'Documentation' });
    const heading = (name: string) => docs.getByRole('heading', { name, exact: true });
    await docs.getByRole('button', { name: 'Campaign', exact: true }).press('Enter');
    await untilFocused(heading('Campaign'));
    await docs.getByRole('button', { name: 'All types' }).press('Enter');
    await untilFocused(heading('Operations'));
    await docs.getByLabel('Search the documentation').fill('contactCount');
    await docs.getByRole('button', { name: 'Group.contactCount' }).press('Enter');
    await untilFocused(docs.locator('[data-member="contactCount"]'));
  });

  test('opens tabs again that were closed, the last one first', async () => {
    const page = await open();
    await page.locator('#operation').fill('query Mine { viewer { role } }');
    await page.locator('#variables').fill('{ "mine": 1 }');
    const close = page.getByRole('button', { name: 'Close' }).first();
    const reopen = page.getByRole('button', { name: 'Reopen' });
    expect(await reopen.count()).toBe(0);
    await close.click();
    await close.click();
    await reopen.click();
    await page.getByRole('tab', { name: 'SearchCampaigns', selected: true }).waitFor();
    await reopen.press('Enter');
    await page.getByRole('tab', { name: 'Mine', selected: true }).waitFor();
    expect(await page.locator('#variables').inputValue()).toBe('{ "mine": 1 }');
    await untilFocused(page.locator('#operation-editor'));
    expect(await reopen.count()).toBe(0);
  });

  test('prints the operation and the answer without what can only be pressed', async () => {
    const page = await browser.newPage();
    await page.goto(`${browser.server.base}/graphiql#token=${tokenKey('editor')}`);
    await page.getByRole('button', { name: 'Run' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button').filter({ visible: true }).allInnerTexts()).toEqual([]);
    expect(await page.locator('#answer').isVisible()).toBe(true);
  });

  test('opens for browsers that go to /graphql', async () => {
    const page = await browser.newPage();
    await page.goto(`${browser.server.base}/graphql`);
    expect(page.url()).toBe(`${browser.server.base}/graphiql`);
  });

  test('shows the documentation before there is a token', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Documentation' }).click();
    const docs = page.getByRole('region', { name: 'Documentation' });
    await docs.getByRole('button', { name: 'Query', exact: true }).click();
    await docs.getByText('What you can read. You see only the workspace of your token.').first().waitFor();
    await docs.getByLabel('Search the documentation').fill('campaignfilt');
    await docs.getByRole('button', { name: 'CampaignFilter', exact: true }).click();
    await docs.getByText('archived', { exact: true }).waitFor();
  });

  test('is accessible, and says that an example needs another one first', async () => {
    const page = await open(`#token=${tokenKey('admin')}`);
    await page.getByRole('tab', { name: 'CreateCampaign' }).click();
    await page.getByRole('button', { name: 'Documentation' }).click();
    await page.getByRole('region', { name: 'Documentation' }).getByText('Types', { exact: true }).waitFor();
    await expectToFitAndBeAccessible(page);
    await loadEditor(page);
    await page.getByText('# Run CreateGroup first').waitFor();
    await page.getByRole('button', { name: 'Run' }).click();
    await answer(page).getByText('"userErrors"').waitFor();
    await expectToFitAndBeAccessible(page);
  });
});

describeInBrowser('one sign-in for console, playground and the pages of REST', serveFixture, (browser) => {
  test('is taken over without a request, and signing out of one signs out of all', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    const { base } = browser.server;
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Playground' }).click();
    await page.getByText('Signed in', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Who am I?' }).click();
    await page.getByText('editor@nyota.example').waitFor();

    const open = async (path: string) => {
      const other = await page.context().newPage();
      const sent: string[] = [];
      other.on('request', (request) => {
        if (request.method() === 'POST' || request.headers()['authorization']) sent.push(request.url());
      });
      await other.goto(base + path);
      await other.getByText(/^Signed in/).waitFor();
      expect(sent).toEqual([]);
      return other;
    };
    const playground = await open('/graphiql');
    const explorer = await open('/api/v2/explorer/');
    const docs = await open('/api/v2/campaigns');
    const consoleTab = await page.context().newPage();
    await consoleTab.goto(base);
    await consoleTab.getByRole('table').waitFor();

    await explorer.getByRole('button', { name: 'Sign out' }).click();
    for (const other of [page, playground, explorer, docs]) {
      await other.getByRole('button', { name: 'Sign in' }).waitFor();
      await expect.poll(() => other.evaluate(() => ({ ...sessionStorage }))).toEqual({});
    }
    await consoleTab.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test.each(['/', '/graphiql', '/api/v2/'])('signing in at %s reaches the tabs that wait for it', async (where) => {
    const { base } = browser.server;
    const first = await browser.newPage({ user: `waiting ${where}` });
    const waiting = await Promise.all(
      ['/', '/graphiql', '/api/v2/'].map(async (path) => {
        const page = await first.context().newPage();
        await page.goto(base + path);
        await page.getByRole('button', { name: 'Sign in' }).waitFor();
        return page;
      }),
    );
    await first.goto(base + where);
    await first.getByLabel(/token/i).fill(tokenKey('editor'));
    await first.getByRole('button', { name: 'Sign in' }).click();
    const [consoleTab, ...others] = waiting;
    await consoleTab?.getByRole('table').waitFor();
    for (const page of others) await page.getByText(/^Signed in/).waitFor();

    // Nobody wants that of tabs that were signed out.
    await others[1]?.getByRole('button', { name: 'Sign out' }).click();
    for (const page of [first, ...waiting]) await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await first.getByLabel(/token/i).fill(tokenKey('editor'));
    await first.getByRole('button', { name: 'Sign in' }).click();
    await first.getByRole('button', { name: where === '/' ? /^Account/ : 'Sign out' }).waitFor();
    await first.waitForTimeout(500);
    for (const page of waiting) expect(await page.getByRole('button', { name: 'Sign in' }).isVisible()).toBe(true);
  });

  test.each(['/', '/api/v2/'])(
    'signing out at %s leaves the texts of operations alone in the playground',
    async (path) => {
      const page = await browser.newPage();
      await page.goto(`${browser.server.base}/graphiql#token=${tokenKey('editor')}`);
      await page.locator('#operation').fill('query Mine { viewer { role } }');
      // Wait for the editor before leaving the page. An editor that loads while the page is being left may fail to apply its styles.
      await page.locator('.cm-content').waitFor();
      await page.locator('#variables').fill('{ "mine": "+255 700 000 001" }');
      await page.getByRole('button', { name: 'Run' }).click();
      await page.getByText(/^\d+ · \d+ ms$/).waitFor();
      await page.goto(browser.server.base + path);
      if (path === '/') await page.getByRole('button', { name: /^Account/ }).click();
      await page.getByText('Sign out', { exact: true }).click();
      await page.getByText(/^(You are signed out|Sign in to send requests)/).waitFor();
      await page.goto(`${browser.server.base}/graphiql`);
      await page.getByRole('tab', { name: 'Mine' }).waitFor();
      expect(await page.locator('#variables').inputValue()).toBe('');
      await page.getByRole('button', { name: 'History' }).click();
      await page.getByText('Nothing has been run in this browser.').waitFor();
    },
  );
});
