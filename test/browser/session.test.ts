import { expect, test } from 'vitest';
import { keyOf } from './support/served.ts';
import { describeInBrowser, focus } from './support/visit.ts';

describeInBrowser('signing in to the console', (visit) => {
  test('takes a token, and shows the workspace and the role', async () => {
    const page = await visit.window();
    await page.goto(visit.served.base);
    await page.getByLabel('API token').fill(`Token ${keyOf('editor')}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    expect(await page.locator('.top-bar-workspace').innerText()).toMatch(/Nyota Health\s+Editor/);
  });

  test('says what is wrong with a token', async () => {
    const page = await visit.window();
    await page.goto(visit.served.base);
    const submit = page.getByRole('button', { name: 'Sign in' });
    await submit.click();
    await page.getByText('Paste a token first.').waitFor();
    await page.getByLabel('API token').fill('not-a-token');
    await submit.click();
    await page.getByText('The server does not know this token.').waitFor();
    expect(await page.getByLabel('API token').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('API token').fill(keyOf('agent'));
    await submit.click();
    await page.getByText('its role has no access to campaigns').waitFor();
  });

  test('follows a sign-in link, and leaves the token in no address and no lasting storage', async () => {
    const page = await visit.signedIn(keyOf('admin'));
    await page.getByRole('table').waitFor();
    expect(page.url()).toBe(`${visit.served.base}/`);
    const stored = await page.evaluate(() => [JSON.stringify(localStorage), document.cookie]);
    expect(stored).toEqual(['{}', '']);
    // Back leads to no address that still has it.
    const entries = await page.evaluate(() => history.length);
    expect(entries).toBe(2);
  });

  test('keeps a shared link while signing in', async () => {
    const page = await visit.window();
    await page.goto(`${visit.served.base}/?archived=only&order=name`);
    await page.getByLabel('API token').fill(keyOf('viewer'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('table').waitFor();
    expect(page.url()).toBe(`${visit.served.base}/?archived=only&order=name`);
    expect(await page.getByRole('radio', { name: 'Archived' }).isChecked()).toBe(true);
  });

  test('stays signed in over a reload and in a new tab, and signs out everywhere', async () => {
    const first = await visit.signedIn(keyOf('admin'));
    await first.reload();
    await first.getByRole('table').waitFor();
    const second = await first.context().newPage();
    await second.goto(`${visit.served.base}/groups`);
    await second.getByRole('heading', { name: 'Groups' }).waitFor();
    await second.getByRole('button', { name: /^Account/ }).click();
    await second.getByRole('menuitem', { name: 'Sign out' }).click();
    await second.getByText('You are signed out.').waitFor();
    await first.getByText('You are signed out.').waitFor();
    expect(await first.evaluate(() => JSON.stringify(sessionStorage))).toBe('{}');
  });

  test('asks for another token when this one is revoked', async () => {
    const page = await visit.signedIn(keyOf('mixed'), '/groups');
    await page.getByRole('table').waitFor();
    await visit.served.command('token', 'revoke', keyOf('mixed'));
    await focus(page);
    await page.getByRole('alert').getByText('no longer accepted').waitFor();
    await page.getByLabel('API token').fill(keyOf('admin'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Groups' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/groups');
  });

  test('tells those without access so, whatever page they open', async () => {
    const page = await visit.window();
    await page.goto(`${visit.served.base}/groups#token=${keyOf('agent')}`);
    await page.getByRole('heading', { name: 'No access' }).waitFor();
    await page.getByRole('button', { name: 'Sign in with another token' }).click();
    await page.getByLabel('API token').waitFor();
  });
});
