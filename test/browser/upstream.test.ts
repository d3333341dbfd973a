import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import type { World } from '../support/world.ts';
import { mirrored, openGateway } from '../upstream/support/gateway.ts';
import { openLiveAccount } from '../upstream/support/live-account.ts';
import { focusWindow, openConsole } from './support/console.ts';
import { messagesIn } from './support/messages.ts';
import type { TestServer } from './support/server.ts';
import { expectToFitAndBeAccessible } from './support/views.ts';

let gateway: World;

async function serveGateway(): Promise<TestServer> {
  gateway = await openGateway(await openLiveAccount());
  await mirrored(gateway, 'editor2');
  const not = async () => {
    throw new Error('this server is in the process of the tests');
  };
  return { base: gateway.url, command: not, pause: not, resume: not, close: gateway.close };
}

describeInBrowser('a workspace of a live account in the console', serveGateway, (browser) => {
  test('says how fresh it is, and since when the account is away', async () => {
    const page = await openConsole(browser, tokenKey('editor2'));
    const line = page.getByRole('status').filter({ hasText: 'account' });
    await expect
      .poll(() => line.innerText(), { timeout: 10_000 })
      .toMatch(/^As in the account (now|\d+ seconds? ago)$/);
    await expectToFitAndBeAccessible(page);
    // As if another process followed the account, and could not reach it.
    await gateway.database.reader.db
      .updateTable('upstreams')
      .set({
        state: 'away',
        problem: 'It does not answer.',
        last_contact_on: (Date.now() - 630_000) * 1000,
        holder: 'another process',
        held_until: (Date.now() + 600_000) * 1000,
      })
      .execute();
    await focusWindow(page);
    await expect
      .poll(() => line.innerText(), { timeout: 25_000 })
      .toBe('The account is away, last heard from 10 minutes ago');
    expect(await line.getAttribute('title')).toContain('It does not answer.');
  });

  test('says so in Arabic on a phone', async () => {
    const t = messagesIn('ar', 'ar');
    const page = await openConsole(browser, tokenKey('editor2'), '/', {
      locale: 'ar',
      viewport: { width: 320, height: 600 },
    });
    const [start = ''] = t('upstream.away', { age: '' }).split('،');
    await page.getByText(start).waitFor({ timeout: 10_000 });
    await expectToFitAndBeAccessible(page);
  });

  test('says where to archive a campaign', async () => {
    const page = await openConsole(browser, tokenKey('editor2'));
    const name = 'Planting calendar';
    await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
    await page.getByText('Do it on the account’s own pages').waitFor();
  });
});
