import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.ts';
import { clientFor } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { focusWindow, openConsole } from './support/console.ts';
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

  test('says that something was not saved when the token is revoked while it is typed', async () => {
    const page = await openConsole(browser, tokenKey('editor2'), '/groups');
    await page.getByRole('button', { name: 'New group' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Half a name');
    await browser.server.command('token', 'revoke', tokenKey('editor2'));
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
