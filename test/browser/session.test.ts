import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.ts';
import { clientFor } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { focusWindow, openAccountMenu, openConsole, untilFocused, untilSettled } from './support/console.ts';
import { serveFixture } from './support/server.ts';

/** The role in the top bar. */
const roleOn = (page: Page) => page.locator('.top-bar-workspace .badge').innerText();

describeInBrowser('signing in to the console', serveFixture, (browser) => {
  /** Gives the person of the token `editor` another role. */
  async function setRole(role: string): Promise<void> {
    const admin = clientFor(browser.server.base, 'admin');
    const { members } = await admin.data<{ members: { nodes: { uuid: string; email: string }[] } }>(
      '{ members(first: 50) { nodes { uuid email } } }',
    );
    const uuid = members.nodes.find(({ email }) => email === 'editor@nyota.example')?.uuid;
    await admin.data(
      'mutation ($uuid: UUID!, $role: Role!) { updateMember(input: { uuid: $uuid, role: $role }) { userErrors { code } } }',
      { uuid, role },
    );
  }

  test('accepts a token, and shows the workspace and the role', async () => {
    const page = await browser.newPage();
    await page.goto(browser.server.base);
    await page.getByLabel('API token').fill(`Token ${tokenKey('editor')}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    await expect.poll(() => page.locator('.top-bar-workspace').innerText()).toMatch(/Nyota Health\s+Editor/);
  });

  test('says what is wrong with a token', async () => {
    const page = await browser.newPage();
    await page.goto(browser.server.base);
    const submit = page.getByRole('button', { name: 'Sign in' });
    await submit.click();
    await page.getByText('Paste a token first.').waitFor();
    await page.getByLabel('API token').fill('not-a-token');
    await submit.click();
    await page.getByText('The server does not know this token.').waitFor();
    expect(await page.getByLabel('API token').getAttribute('aria-invalid')).toBe('true');
    // Such a character cannot be sent in a header.
    await page.getByLabel('API token').fill('of another script: ş');
    await page.getByText('The server does not know this token.').waitFor({ state: 'detached' });
    await submit.click();
    await page.getByText('The server does not know this token.').waitFor();
    await page.getByLabel('API token').fill(tokenKey('agent'));
    await submit.click();
    await page.getByText('its role has no access to campaigns').waitFor();
  });

  test('follows a sign-in link, and keeps the token in no address and no permanent storage', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.getByRole('table').waitFor();
    expect(page.url()).toBe(`${browser.server.base}/`);
    const stored = await page.evaluate(() => [JSON.stringify(localStorage), document.cookie]);
    expect(stored).toEqual(['{}', '']);
    // No history entry contains the token.
    const entries = await page.evaluate(() => history.length);
    expect(entries).toBe(2);
  });

  test('opens the page of a shared link after signing in', async () => {
    const page = await browser.newPage();
    await page.goto(`${browser.server.base}/?archived=only&order=name`);
    await page.getByLabel('API token').fill(tokenKey('viewer'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('table').waitFor();
    expect(page.url()).toBe(`${browser.server.base}/?archived=only&order=name`);
    expect(await page.getByRole('radio', { name: 'Archived' }).isChecked()).toBe(true);
  });

  test('stays signed in after a reload and in a new tab, and signs out of all tabs', async () => {
    const first = await openConsole(browser, tokenKey('admin'));
    await first.reload();
    await first.getByRole('table').waitFor();
    const second = await first.context().newPage();
    await second.goto(`${browser.server.base}/groups`);
    await second.getByRole('heading', { name: 'Groups' }).waitFor();
    await second.getByRole('button', { name: /^Account/ }).click();
    await second.getByRole('menuitem', { name: 'Sign out' }).click();
    await second.getByText('You are signed out.').waitFor();
    await first.getByText('You are signed out.').waitFor();
    await expect.poll(() => first.evaluate(() => JSON.stringify(sessionStorage))).toBe('{}');
  });

  test('shows another role as soon as the server refuses something because of it', async () => {
    const page = await openConsole(browser, tokenKey('editor'), '/groups');
    const newGroup = page.getByRole('button', { name: 'New group' });
    await newGroup.click();
    await page.getByRole('dialog').getByLabel('Name').fill('Not for viewers');
    await setRole('VIEWER');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('Your role in this workspace does not allow this.').waitFor();
    await expect.poll(() => roleOn(page)).toBe('Viewer');
    await setRole('EDITOR');
    await expect.poll(() => roleOn(page)).toBe('Editor');
  });

  test('shows another role by itself, also one that has no access and one that has it again', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    const newCampaign = page.getByRole('button', { name: 'New campaign' });
    await newCampaign.waitFor();
    await page.locator('.freshness:not(.freshness-waiting)').waitFor();
    await setRole('VIEWER');
    await expect.poll(() => roleOn(page)).toBe('Viewer');
    await newCampaign.waitFor({ state: 'detached' });
    await setRole('AGENT');
    await page.getByRole('heading', { name: 'No access' }).waitFor();
    expect(await page.getByText('Up to date').count()).toBe(0);
    await setRole('EDITOR');
    await focusWindow(page);
    await newCampaign.waitFor();
  });

  test('brings back what was typed when the role has access again', async () => {
    const page = await openConsole(browser, tokenKey('editor'), '/groups');
    await page.getByRole('button', { name: 'New group' }).click();
    const name = page.getByRole('dialog', { name: 'New group' }).getByLabel('Name');
    await name.fill('Half a name');
    await setRole('AGENT');
    await page.getByRole('heading', { name: 'No access' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await setRole('EDITOR');
    await focusWindow(page);
    await name.waitFor();
    expect(await name.inputValue()).toBe('Half a name');
    expect(await page.evaluate(() => sessionStorage.getItem('campaigns.draft'))).toBe(null);
  });

  test('asks for another token when the token is revoked', async () => {
    const page = await openConsole(browser, tokenKey('mixed'), '/groups');
    await page.getByRole('table').waitFor();
    await browser.server.command('token', 'revoke', tokenKey('mixed'));
    await focusWindow(page);
    await page.getByRole('alert').getByText('no longer accepted').waitFor();
    expect(await page.getByText('What you had not saved is lost.').count()).toBe(0);
    await page.getByLabel('API token').fill(tokenKey('admin'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Groups' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/groups');
  });

  /** Two tokens of a new administrator. */
  async function twoTokens(email: string): Promise<[first: string, second: string]> {
    const admin = clientFor(browser.server.base, 'admin');
    const { inviteMember } = await admin.data<{ inviteMember: { key: string; member: { uuid: string } } }>(
      'mutation ($email: String!) { inviteMember(input: { email: $email, role: ADMINISTRATOR }) { key member { uuid } } }',
      { email },
    );
    const { createApiToken } = await admin.data<{ createApiToken: { key: string } }>(
      'mutation ($member: UUID!) { createApiToken(input: { name: "Second", member: $member }) { key } }',
      { member: inviteMember.member.uuid },
    );
    return [inviteMember.key, createApiToken.key];
  }

  /** Revokes the token while the page is open, and waits until the page says so. */
  async function revokeOn(page: Page, key: string): Promise<void> {
    await browser.server.command('token', 'revoke', key);
    await focusWindow(page);
    await page.getByRole('alert').getByText('what you had typed comes back').waitFor();
  }

  async function signInOn(page: Page, key: string): Promise<void> {
    await page.getByLabel('API token').fill(key);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  const button = (name: string) => async (page: Page) => page.getByRole('button', { name, exact: true }).click();
  const entry = (of: string, name: string) => async (page: Page) => {
    await page.getByRole('button', { name: `Actions for ${of}`, exact: true }).click();
    await page.getByRole('menuitem', { name }).click();
  };

  test.each([
    ['a new campaign', '/', button('New campaign'), 'New campaign', 'Name'],
    ['a campaign', '/?q=Reminders', entry('Reminders', 'Edit…'), 'Edit campaign', 'Name'],
    ['a new group', '/groups', button('New group'), 'New group', 'Name'],
    ['a group', '/groups', entry('Farmers', 'Rename…'), 'Rename group', 'Name'],
    ['a new webhook', '/webhooks', button('New webhook'), 'New webhook', 'Address'],
    ['an invitation', '/people', button('Invite a person'), 'Invite a person', 'E-mail address'],
    ['a token', '/people/tokens', button('New token'), 'New token', 'Name'],
    ["a member's token", '/people', entry('viewer@nyota.example', 'New token…'), 'New token', 'Name'],
  ] as const)('brings back what was typed when the token was revoked: %s', async (form, path, open, title, field) => {
    const [first, second] = await twoTokens(`${form.replaceAll(/\W/g, '-')}@nyota.example`);
    const page = await openConsole(browser, first, path);
    await open(page);
    const dialog = page.getByRole('dialog', { name: title });
    const input = dialog.getByLabel(field, { exact: true });
    await input.fill('Half a text');
    await revokeOn(page, first);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await page.reload();
    await signInOn(page, second);
    expect(await input.inputValue()).toBe('Half a text');
    expect(page.url()).toBe(browser.server.base + path);
    await expect.poll(() => page.evaluate(() => sessionStorage.getItem('campaigns.draft'))).toBe(null);
    // It is like any other text that was not saved.
    await untilFocused(dialog);
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Throw away' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await untilSettled(page);
    expect(await dialog.count()).toBe(0);
  });

  test('what comes back can be saved, and asks if somebody has changed the same meanwhile', async () => {
    const [first, second] = await twoTokens('comes-back@nyota.example');
    const admin = clientFor(browser.server.base, 'admin');
    const { createGroup } = await admin.data<{ createGroup: { group: { uuid: string } } }>(
      'mutation { createGroup(input: { name: "Comes back" }) { group { uuid } } }',
    );
    const page = await openConsole(browser, first, `/groups/${createGroup.group.uuid}`);
    await button('Rename…')(page);
    const dialog = page.getByRole('dialog', { name: 'Rename group' });
    await dialog.getByLabel('Name').fill('Comes back, mine');
    await revokeOn(page, first);
    await admin.data(
      'mutation ($uuid: UUID!) { updateGroup(input: { uuid: $uuid, name: "Comes back, theirs" }) { group { uuid } } }',
      createGroup.group,
    );
    await signInOn(page, second);
    await dialog.getByText('Comes back, theirs').waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Comes back, mine');
    await dialog.getByRole('button', { name: 'Keep yours' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Comes back, mine' }).waitFor();
  });

  test('what was typed comes back to nobody else, and in no other workspace', async () => {
    const [first, second] = await twoTokens('nobody-else@nyota.example');
    const page = await openConsole(browser, first, '/groups');
    const draft = () => page.evaluate(() => sessionStorage.getItem('campaigns.draft'));
    await page.getByRole('table').waitFor();
    // The same person in another workspace, whose token this tab knows.
    await page.evaluate((token) => (location.hash = `token=${token}`), tokenKey('admin3'));
    await page.locator('.top-bar-workspace-name').getByText('Rate Testing').waitFor();
    await page.evaluate((token) => (location.hash = `token=${token}`), first);
    await page.locator('.top-bar-workspace-name').getByText('Nyota Health').waitFor();
    await button('New group')(page);
    await page.getByRole('dialog').getByLabel('Name').fill('Half a name');
    await revokeOn(page, first);
    await page.getByRole('button', { name: /^Rate Testing/ }).click();
    await page.locator('.top-bar-workspace-name').getByText('Rate Testing').waitFor();
    await untilSettled(page);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await draft()).toContain('Half a name');
    await page.evaluate((token) => (location.hash = `token=${token}`), second);
    const name = page.getByRole('dialog', { name: 'New group' }).getByLabel('Name');
    expect(await name.inputValue()).toBe('Half a name');
    await expect.poll(draft).toBe(null);

    await revokeOn(page, second);
    expect(await draft()).toContain('Half a name');
    await signInOn(page, tokenKey('admin'));
    await page.locator('.top-bar-workspace-name').getByText('Nyota Health').waitFor();
    await untilSettled(page);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await draft()).toBe(null);
  });

  test('goes on until the page is left when the browser has no room to keep more', async () => {
    const [first, second] = await twoTokens('no-room@nyota.example');
    const page = await openConsole(browser, first, '/groups');
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('The storage is full.', 'QuotaExceededError');
      };
    });
    await openAccountMenu(page);
    await page.getByRole('menuitemradio', { name: 'Français' }).click();
    await page.getByRole('heading', { name: 'Groupes' }).waitFor();
    await openAccountMenu(page);
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await untilSettled(page);
    expect(await page.locator('.notice').count()).toBe(0);
    await button('New group')(page);
    const name = page.getByRole('dialog', { name: 'New group' }).getByLabel('Name');
    await name.fill('Half a name');
    await revokeOn(page, first);
    await signInOn(page, second);
    expect(await name.inputValue()).toBe('Half a name');
    // The dialog for another workspace does the same as a sign-in link.
    await page.evaluate((token) => (location.hash = `token=${token}`), tokenKey('admin3'));
    await page.locator('.top-bar-workspace-name').getByText('Rate Testing').waitFor();
    await openAccountMenu(page);
    await page.getByRole('menuitemradio', { name: 'Nyota Health' }).click();
    await page.locator('.top-bar-workspace-name').getByText('Nyota Health').waitFor();
  });

  test('works by a link when the browser has no room to keep the token', async () => {
    const page = await browser.newPage({ user: 'no room for a link' });
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('The storage is full.', 'QuotaExceededError');
      };
    });
    await page.goto(`${browser.server.base}/groups#token=${tokenKey('admin')}`);
    await page.getByRole('table', { name: 'Groups' }).waitFor();
  });

  test('says that something is lost when the token is revoked while it can still be copied', async () => {
    const [first] = await twoTokens('lost@nyota.example');
    const page = await openConsole(browser, first, '/people/tokens');
    await button('New token')(page);
    await page.getByRole('dialog').getByLabel('Name').fill('Not copied');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Token' }).waitFor();
    await browser.server.command('token', 'revoke', first);
    await focusWindow(page);
    await page.getByRole('alert').getByText('What you had not saved is lost.').waitFor();
  });

  test('says in a tab that something was not saved there when the user has signed out in another one', async () => {
    const first = await openConsole(browser, tokenKey('admin'), '/groups');
    await first.getByRole('button', { name: 'New group' }).click();
    await first.getByRole('dialog').getByLabel('Name').fill('Half a name');
    const second = await first.context().newPage();
    await second.goto(browser.server.base);
    await second.getByRole('button', { name: /^Account/ }).click();
    await second.getByRole('menuitem', { name: 'Sign out' }).click();
    await second.getByText('You are signed out.').waitFor();
    await first.getByRole('alert').getByText('What you had not saved here is lost.').waitFor();
  });

  test('tells users without access so on every page', async () => {
    const page = await browser.newPage();
    await page.goto(`${browser.server.base}/groups#token=${tokenKey('agent')}`);
    await page.getByRole('heading', { name: 'No access' }).waitFor();
    await page.getByRole('button', { name: 'Sign in with another token' }).click();
    await page.getByLabel('API token').waitFor();
  });
});
