import type { BrowserContext, Page, Request } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/console/app/language/languages.ts';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey, type TokenName } from '../support/fixture.ts';
import { expectToFitAndBeAccessible } from '../support/views.ts';
import { focusWindow, hold, openAccountMenu, openConsole, untilSettled } from './support/console.ts';
import { messagesIn } from './support/messages.ts';
import { serveFixture } from './support/server.ts';

/** The language names that the account menu shows. */
const LANGUAGE_NAMES = new Set<string>(Object.values(LANGUAGES).map(({ name }) => name));

const presentWorkspace = (page: Page, name: string) =>
  page.locator('.top-bar-workspace-name').getByText(name, { exact: true }).waitFor();

/** How many workspaces the tab keeps. */
const keptIn = (page: Page) =>
  page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('campaigns.workspace ')).length);

/** For a page that is to wait for nothing: what waits for 300 ms or more waits for ever. */
const stopLongTimers = () => {
  const start = window.setTimeout;
  Object.assign(window, { setTimeout: (run: () => void, delay = 0) => (delay < 300 ? start(run, delay) : 0) });
};

const others = (page: Page) => page.getByRole('region', { name: 'Your other workspaces' });

describeInBrowser('a person with several workspaces', serveFixture, (browser) => {
  /** Sends an operation to the server with one of the fixture's tokens. */
  async function ask<Data>(name: TokenName, query: string): Promise<Data> {
    const response = await fetch(`${browser.server.base}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Token ${tokenKey(name)}` },
      body: JSON.stringify({ query }),
    });
    const { data } = (await response.json()) as { data: Data };
    return data;
  }

  /** Invites a person to the workspace of this administrator. */
  async function invite(administrator: TokenName, email: string): Promise<{ uuid: string; key: string }> {
    const input = `{ email: "${email}", role: EDITOR }`;
    const { inviteMember } = await ask<{ inviteMember: { key: string; member: { uuid: string } } }>(
      administrator,
      `mutation { inviteMember(input: ${input}) { key member { uuid } } }`,
    );
    return { key: inviteMember.key, uuid: inviteMember.member.uuid };
  }

  /** The browser session of the pages that `openConsole` opens with this token. */
  const contextOf = async (name: TokenName) => (await browser.newPage({ user: tokenKey(name) })).context();

  /** Opens a sign-in link in an open tab of the console, without loading the page again. */
  const followLink = (page: Page, key: string) => page.evaluate((token) => (location.hash = `token=${token}`), key);

  /** The workspaces in the account menu, including the current one. */
  async function listed(page: Page): Promise<string[]> {
    await openAccountMenu(page);
    const names = await page.getByRole('menuitemradio').allInnerTexts();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    return names.map((name) => name.split('\n')[0] ?? '').filter((name) => !LANGUAGE_NAMES.has(name));
  }

  test('sees the whole of a long name, in the top bar or in the account menu', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/', { viewport: { width: 700, height: 700 } });
    const name = page.locator('.top-bar-workspace-name');
    const isWhole = () => name.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth);
    await name
      .locator('bdi')
      .evaluate((element) => (element.textContent = 'Ministry of Health and Agriculture '.repeat(3)));
    expect(await isWhole()).toBe(true);
    await page.setViewportSize({ width: 1_050, height: 700 });
    expect(await isWhole()).toBe(false);
    await openAccountMenu(page);
    await page.locator('.menu-note-head').getByText('Nyota Health', { exact: true }).waitFor();
  });

  test('comes back to the workspaces that were open in the tab before, also after a sign-in link', async () => {
    const page = await openConsole(browser, tokenKey('both2'), '/groups');
    await presentWorkspace(page, 'Mto Farming');
    expect(await listed(page)).toEqual([]);
    for (const [name, workspace] of [
      ['editor', 'Nyota Health'],
      ['editor5', 'Small Start'],
    ] as const) {
      await followLink(page, tokenKey(name));
      await presentWorkspace(page, workspace);
    }
    expect(await listed(page)).toEqual(['Mto Farming', 'Nyota Health', 'Small Start']);
    await openAccountMenu(page);
    await page.getByRole('menuitemradio', { name: 'Mto Farming' }).click();
    await presentWorkspace(page, 'Mto Farming');
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await listed(page)).toEqual(['Mto Farming', 'Nyota Health', 'Small Start']);
  });

  test('sees a workspace once, whose token was replaced by another one', async () => {
    const page = await openConsole(browser, tokenKey('editor5'));
    await presentWorkspace(page, 'Small Start');
    const { createApiToken } = await ask<{ createApiToken: { key: string } }>(
      'editor5',
      'mutation { createApiToken(input: { name: "Second" }) { key } }',
    );
    await followLink(page, createApiToken.key);
    await untilSettled(page);
    await followLink(page, tokenKey('both2'));
    await presentWorkspace(page, 'Mto Farming');
    expect(await listed(page)).toEqual(['Mto Farming', 'Small Start']);
  });

  test('keeps the other workspaces when a token is refused, and can sign out of them', async () => {
    const email = 'amina@clinic.example';
    const [here, there] = [await invite('admin', email), await invite('admin2', email)];
    const page = await openConsole(browser, there.key);
    await presentWorkspace(page, 'Mto Farming');
    await followLink(page, here.key);
    await presentWorkspace(page, 'Nyota Health');
    await browser.server.command('token', 'revoke', here.key);
    await focusWindow(page);
    await page.getByRole('alert').getByText('no longer accepted').waitFor();
    await expectToFitAndBeAccessible(page);

    // Sign in with another token of the same person.
    const again = await invite('admin3', email);
    await page.getByLabel('API token').fill(again.key);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await presentWorkspace(page, 'Rate Testing');
    expect(await listed(page)).toEqual(['Mto Farming', 'Rate Testing']);

    await browser.server.command('token', 'revoke', again.key);
    await focusWindow(page);
    await others(page).getByRole('button', { name: 'Mto Farming' }).click();
    await presentWorkspace(page, 'Mto Farming');
    expect(await listed(page)).toEqual([]);

    await followLink(page, tokenKey('mixed'));
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    await browser.server.command('token', 'revoke', tokenKey('mixed'));
    await focusWindow(page);
    await others(page).getByRole('button', { name: 'Sign out of all workspaces' }).click();
    await page.getByText('You are signed out.').waitFor();
    expect(await others(page).count()).toBe(0);
    await expect.poll(() => page.evaluate(() => ({ ...sessionStorage }))).toEqual({});
  });

  test.each(['campaign', 'group'] as const)('finds a %s of another workspace by its link', async (kind) => {
    const list = `${kind}s` as const;
    const found = await ask<Record<string, { nodes: { uuid: string }[] }>>(
      'editor',
      `{ ${list}(first: 1) { nodes { uuid } } }`,
    );
    const address = `/${list}/${found[list]?.nodes[0]?.uuid}`;
    const page = await openConsole(browser, tokenKey('editor'));
    await presentWorkspace(page, 'Nyota Health');
    await followLink(page, tokenKey('both2'));
    await presentWorkspace(page, 'Mto Farming');
    await page.goto(browser.server.base + address);
    await page.getByRole('heading', { level: 1, name: `There is no such ${kind}` }).waitFor();
    await expectToFitAndBeAccessible(page);
    await others(page)
      .getByRole('button', { name: /^Look in Nyota Health/ })
      .click();
    await presentWorkspace(page, 'Nyota Health');
    await page.locator('.details-head').waitFor();
    expect(new URL(page.url()).pathname).toBe(address);
  });

  describe('an answer to a sign-in that comes late', () => {
    const isAdmin3 = (request: Request) => request.headers()['authorization']?.includes(tokenKey('admin3')) === true;

    test('does not take the person out of a workspace that was chosen meanwhile', async () => {
      const page = await openConsole(browser, tokenKey('both2'));
      await presentWorkspace(page, 'Mto Farming');
      await followLink(page, tokenKey('admin'));
      await presentWorkspace(page, 'Nyota Health');
      await untilSettled(page);
      await page.route('**/graphql*', (route) =>
        route.request().headers()['authorization']?.includes(tokenKey('admin'))
          ? route.fulfill({ status: 401, json: { errors: [{ message: '', extensions: { code: 'UNAUTHENTICATED' } }] } })
          : route.fallback(),
      );
      await focusWindow(page);
      await page.getByLabel('API token').fill(tokenKey('admin3'));
      const release = await hold(page, isAdmin3);
      const asked = page.waitForRequest(isAdmin3);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await asked;
      await others(page).getByRole('button', { name: 'Mto Farming' }).click();
      await presentWorkspace(page, 'Mto Farming');
      release();
      await untilSettled(page);
      await presentWorkspace(page, 'Mto Farming');
    });

    test('changes nothing after Back from the dialog for another workspace', async () => {
      const page = await openConsole(browser, tokenKey('both2'));
      await page.getByRole('link', { name: 'Groups' }).click();
      await page.getByRole('table', { name: 'Groups' }).waitFor();
      await openAccountMenu(page);
      await page.getByRole('menuitem', { name: 'Add a workspace' }).click();
      await page.getByRole('dialog').getByLabel('API token').fill(tokenKey('admin3'));
      const release = await hold(page, isAdmin3);
      const asked = page.waitForRequest(isAdmin3);
      await page.keyboard.press('Enter');
      await asked;
      await page.goBack();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      release();
      await untilSettled(page);
      await presentWorkspace(page, 'Mto Farming');
    });
  });

  test('a new tab shows the workspace of the tab that had the focus last, and knows the workspaces of all tabs', async () => {
    const { base } = browser.server;
    const first = await openConsole(browser, tokenKey('both2'));
    await presentWorkspace(first, 'Mto Farming');
    const open = async (path: string) => {
      const page = await first.context().newPage();
      await page.goto(base + path);
      return page;
    };
    const second = await open(`/#token=${tokenKey('editor')}`);
    await presentWorkspace(second, 'Nyota Health');
    const playground = await open(`/graphiql#token=${tokenKey('editor5')}`);
    await playground.getByText('Small Start').waitFor();
    const docs = await open(`/api/v2/#token=${tokenKey('admin3')}`);
    await docs.getByRole('button', { name: 'Sign out' }).waitFor();

    for (const [tab, workspace] of [
      [first, 'Mto Farming'],
      [second, 'Nyota Health'],
      [playground, 'Small Start'],
      [docs, 'Rate Testing'],
    ] as const) {
      await focusWindow(tab);
      const page = await open('/');
      await presentWorkspace(page, workspace);
      // The other tabs tell the new tab which workspaces they have.
      await expect
        .poll(() => listed(page))
        .toEqual([...new Set(['Mto Farming', 'Nyota Health', workspace])].toSorted());
      await page.close();
    }
    await focusWindow(second);
    for (const path of ['/graphiql', '/api/v2/']) {
      const page = await open(path);
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
      // A busy tab may answer after another one.
      await expect.poll(() => keptIn(page)).toBe(2);
      await page.goto(base);
      await presentWorkspace(page, 'Nyota Health');
      expect(await listed(page)).toEqual(['Mto Farming', 'Nyota Health']);
    }
  });

  test('finds a workspace that was added in one tab in the others, too, but not in the tabs of somebody else', async () => {
    const first = await openConsole(browser, tokenKey('both2'));
    await presentWorkspace(first, 'Mto Farming');
    const open = async (path: string) => {
      const page = await first.context().newPage();
      await page.goto(browser.server.base + path);
      return page;
    };
    const second = await open('/groups');
    await presentWorkspace(second, 'Mto Farming');
    const playground = await open('/graphiql');
    await expect.poll(() => keptIn(playground)).toBe(1);
    const addedIn = (page: Page) =>
      page.evaluate((key) => sessionStorage.getItem(key) !== null, `campaigns.workspace ${tokenKey('editor5')}`);
    const others = await open(`/#token=${tokenKey('admin3')}`);
    await presentWorkspace(others, 'Rate Testing');

    await openAccountMenu(second);
    await second.getByRole('menuitem', { name: 'Add a workspace' }).click();
    await second.getByRole('dialog').getByLabel('API token').fill(tokenKey('editor5'));
    await second.keyboard.press('Enter');
    await presentWorkspace(second, 'Small Start');
    await expect.poll(() => listed(first)).toEqual(['Mto Farming', 'Small Start']);
    await expect.poll(() => addedIn(playground)).toBe(true);
    expect(await listed(others)).toEqual([]);
    await presentWorkspace(first, 'Mto Farming');

    // It works in the other direction, too, and into a tab that is in another workspace by now.
    await followLink(first, tokenKey('editor'));
    await presentWorkspace(first, 'Nyota Health');
    await expect.poll(() => listed(second)).toContain('Nyota Health');
    await presentWorkspace(second, 'Small Start');
    expect(await listed(others)).toEqual([]);
  });

  describe('a new tab', () => {
    /** Opens a page that hears new tabs as late as on a busy machine; never if `ms` is undefined. */
    async function openLate(context: BrowserContext, token: TokenName, ms?: number): Promise<Page> {
      const page = await context.newPage();
      await page.addInitScript((delay) => {
        const listenLate = function (this: EventTarget, type: string, listen: (event: MessageEvent) => void) {
          EventTarget.prototype.addEventListener.call(this, type, (event) => {
            const message = event as MessageEvent<{ kind: string }>;
            if (message.data.kind !== 'ask') listen(message);
            else if (delay !== undefined) setTimeout(() => listen(message), delay);
          });
        };
        Object.assign(BroadcastChannel.prototype, { addEventListener: listenLate });
      }, ms);
      await page.goto(`${browser.server.base}/#token=${tokenKey(token)}`);
      return page;
    }

    /** Opens a tab that asks the others. `script` runs in it first. */
    async function openNew(context: BrowserContext, script: () => void = () => {}): Promise<Page> {
      const page = await context.newPage();
      await page.addInitScript(script);
      await page.goto(browser.server.base);
      return page;
    }

    test('waits for the tab that had the focus last, and for no other', async () => {
      const first = await openConsole(browser, tokenKey('both2'));
      await presentWorkspace(first, 'Mto Farming');
      const late = await openLate(first.context(), 'editor', 1_000);
      await presentWorkspace(late, 'Nyota Health');

      for (const [tab, workspace] of [
        [first, 'Mto Farming'],
        [late, 'Nyota Health'],
      ] as const) {
        await focusWindow(tab);
        const page = await openNew(first.context());
        await presentWorkspace(page, workspace);
        await page.close();
      }
      await focusWindow(first);
      await presentWorkspace(await openNew(first.context(), stopLongTimers), 'Mto Farming');
    });

    test('waits for the tab that had the focus last of those that are open', async () => {
      const first = await openConsole(browser, tokenKey('both2'));
      await presentWorkspace(first, 'Mto Farming');
      const late = await openLate(first.context(), 'editor', 1_000);
      await presentWorkspace(late, 'Nyota Health');
      await focusWindow(late);
      const last = await openConsole(browser, tokenKey('both2'));
      await presentWorkspace(last, 'Mto Farming');
      await focusWindow(last);
      await last.goto('about:blank');
      await presentWorkspace(await openNew(first.context()), 'Nyota Health');
    });

    test('waits for it also when all answers come late', async () => {
      const first = await openLate(await contextOf('both2'), 'both2', 500);
      await presentWorkspace(first, 'Mto Farming');
      const late = await openLate(first.context(), 'editor', 1_000);
      await presentWorkspace(late, 'Nyota Health');
      await focusWindow(late);
      await presentWorkspace(await openNew(first.context()), 'Nyota Health');
    });

    test('does not take the workspace of a tab that has never had the focus', async () => {
      const late = await openLate(await contextOf('both2'), 'both2', 100);
      await presentWorkspace(late, 'Mto Farming');
      await focusWindow(late);
      const background = await late.context().newPage();
      await background.addInitScript(() => (document.hasFocus = () => false));
      await background.goto(`${browser.server.base}/#token=${tokenKey('editor')}`);
      await presentWorkspace(background, 'Nyota Health');
      await presentWorkspace(await openNew(late.context()), 'Mto Farming');
    });

    test('offers to look in the workspace of a tab that answers late', async () => {
      const { campaigns } = await ask<{ campaigns: { nodes: { uuid: string }[] } }>(
        'editor',
        '{ campaigns(first: 1) { nodes { uuid } } }',
      );
      const first = await openConsole(browser, tokenKey('both2'));
      await presentWorkspace(first, 'Mto Farming');
      const late = await openLate(first.context(), 'editor', 3_000);
      await presentWorkspace(late, 'Nyota Health');
      await focusWindow(first);
      const page = await first.context().newPage();
      await page.goto(`${browser.server.base}/campaigns/${campaigns.nodes[0]?.uuid}`);
      await page.getByRole('heading', { level: 1, name: 'There is no such campaign' }).waitFor();
      await others(page)
        .getByRole('button', { name: /^Look in Nyota Health/ })
        .click();
      await presentWorkspace(page, 'Nyota Health');
    });

    test('does not wait for a tab that was closed', async () => {
      const first = await openConsole(browser, tokenKey('both2'));
      await presentWorkspace(first, 'Mto Farming');
      const second = await openConsole(browser, tokenKey('both2'));
      await focusWindow(second);
      await second.close({ runBeforeUnload: true });
      await presentWorkspace(await openNew(first.context(), stopLongTimers), 'Mto Farming');
    });

    test('does not wait on for a tab that is closed meanwhile', async () => {
      const first = await openConsole(browser, tokenKey('both2'));
      await presentWorkspace(first, 'Mto Farming');
      const silent = await openLate(first.context(), 'editor');
      await presentWorkspace(silent, 'Nyota Health');
      await focusWindow(silent);
      const page = await openNew(first.context(), stopLongTimers);
      expect(await page.evaluate(() => sessionStorage.getItem('campaigns.token'))).toBe(null);
      await silent.close({ runBeforeUnload: true });
      await presentWorkspace(page, 'Mto Farming');
    });

    test('does not wait for a tab whose token is no longer accepted', async () => {
      const { key } = await invite('admin', 'zawadi@clinic.example');
      const first = await openConsole(browser, tokenKey('both2'));
      await presentWorkspace(first, 'Mto Farming');
      const refused = await first.context().newPage();
      await refused.goto(`${browser.server.base}/#token=${key}`);
      await presentWorkspace(refused, 'Nyota Health');
      await browser.server.command('token', 'revoke', key);
      await focusWindow(refused);
      await refused.getByRole('alert').getByText('no longer accepted').waitFor();
      await presentWorkspace(await openNew(first.context(), stopLongTimers), 'Mto Farming');
    });
  });

  test('learns the workspaces of a tab that answers late, unless the person has signed in to this tab', async () => {
    const first = await openConsole(browser, tokenKey('both2'));
    await presentWorkspace(first, 'Mto Farming');
    const opened = await Promise.all(
      ['/', '/graphiql', '/api/v2/'].map(async (path) => {
        const page = await first.context().newPage();
        await page.goto(browser.server.base + path);
        await expect.poll(() => keptIn(page)).toBe(1);
        return page;
      }),
    );
    const token = tokenKey('editor');
    const kept = JSON.stringify({ uuid: crypto.randomUUID(), name: 'Nyota Health', email: 'editor@nyota.example' });
    await first.evaluate(
      (message) => {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has one origin only
        new BroadcastChannel('campaigns.session').postMessage(message);
      },
      { kind: 'token', token, lastFocus: Date.now(), workspaces: [[`campaigns.workspace ${token}`, kept]] },
    );
    for (const page of opened) {
      await expect.poll(() => keptIn(page)).toBe(2);
      expect(await page.evaluate(() => sessionStorage.getItem('campaigns.token'))).toBe(tokenKey('both2'));
    }
    const [console = first] = opened;
    expect(await listed(console)).toEqual(['Mto Farming', 'Nyota Health']);
    expect(await listed(first)).toEqual([]);
  });

  test('leaves no workspaces to another person who signs in after a token was refused', async () => {
    const { key } = await invite('admin', 'neema@clinic.example');
    const page = await openConsole(browser, tokenKey('both2'));
    await presentWorkspace(page, 'Mto Farming');
    await followLink(page, key);
    await presentWorkspace(page, 'Nyota Health');
    await browser.server.command('token', 'revoke', key);
    await focusWindow(page);
    await others(page).waitFor();
    await page.getByLabel('API token').fill(tokenKey('editor5'));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await presentWorkspace(page, 'Small Start');
    expect(await listed(page)).toEqual([]);
    const stored = await page.evaluate(() => JSON.stringify(sessionStorage));
    expect(stored).not.toContain(tokenKey('both2'));
    expect(stored).not.toContain('neema@clinic.example');
  });

  test('goes on with another workspace where the role has no access any more', async () => {
    const t = messagesIn('en', 'en-GB');
    const { key, uuid } = await invite('admin', 'juma@clinic.example');
    const page = await openConsole(browser, key, '/groups');
    await presentWorkspace(page, 'Nyota Health');
    const second = await page.context().newPage();
    await second.goto(browser.server.base);
    await presentWorkspace(second, 'Nyota Health');
    await followLink(page, tokenKey('both2'));
    await presentWorkspace(page, 'Mto Farming');
    await ask('admin', `mutation { updateMember(input: { uuid: "${uuid}", role: AGENT }) { member { role } } }`);

    await openAccountMenu(page);
    await page.getByRole('menuitemradio', { name: 'Nyota Health' }).click();
    await page.getByRole('heading', { name: 'No access' }).waitFor();
    await expectToFitAndBeAccessible(page);
    await others(page).getByRole('button', { name: 'Mto Farming' }).click();
    await presentWorkspace(page, 'Mto Farming');

    await openAccountMenu(page);
    await page.getByRole('menuitemradio', { name: 'Nyota Health' }).click();
    await page.getByRole('button', { name: 'Sign in with another token' }).click();
    await page.getByText(t('signIn.reason.new')).waitFor();
    await others(page).getByRole('button', { name: 'Mto Farming' }).click();
    await presentWorkspace(page, 'Mto Farming');
    // Only signing out affects all tabs.
    expect(await second.evaluate(() => sessionStorage.getItem('campaigns.token'))).toBe(key);
  });
});
