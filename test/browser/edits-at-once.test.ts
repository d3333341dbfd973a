import type { Request, Route } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { clientFor } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { openConsole, openWithoutStreams, untilFocused, untilSettled } from './support/console.ts';
import { createCampaign, createGroup, email, renameGroup, runAs, updateCampaign } from './support/others.ts';
import { serveFixture } from './support/server.ts';

describeInBrowser('the console', serveFixture, (browser) => {
  describe.each([
    ['a campaign', '/?q=Reminders', 'Reminders', 'Edit…'],
    ['a group', '/groups', 'Farmers', 'Rename…'],
    ['a webhook', '/webhooks', 'Unchanged', 'Edit…'],
    ['the role of a member', '/people', 'viewer@nyota.example', 'Change the role…'],
  ])('in the dialog for %s', (what, path, name, action) => {
    const isRole = what === 'the role of a member';

    beforeAll(async () => {
      if (what !== 'a webhook') return;
      await clientFor(browser.server.base, 'admin').data(
        'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { secret } }',
        { input: { name, url: 'https://127.0.0.1:9/changes' } },
      );
    });

    const open = async () => {
      const page = await openWithoutStreams(browser, tokenKey('admin'), path);
      await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
      await page.getByRole('menuitem', { name: action }).click();
      const dialog = page.getByRole('dialog');
      const save = dialog.getByRole('button', { name: 'Save' });
      await save.waitFor();
      await untilSettled(page);
      const enter = (value: string) =>
        isRole ? dialog.getByLabel('Role').selectOption(value) : dialog.getByLabel('Name').fill(value);
      return { page, dialog, save, enter };
    };
    const hashOf = (request: Request) => /"sha256Hash":"(\w+)"/.exec(request.postData() ?? '')?.[1];

    test('Save sends nothing, and does not say that it saved, when nothing was changed', async () => {
      const { page, dialog, save } = await open();
      const sent: (string | undefined)[] = [];
      page.on('request', (request) => sent.push(hashOf(request)));
      await save.click();
      await dialog.waitFor({ state: 'detached' });
      await untilSettled(page);
      expect(sent.filter((hash) => hash !== undefined)).toEqual([]);
      expect(await page.locator('.notice').count()).toBe(0);
    });

    test('Save sends what was taken back after an error, because it may have been saved before', async () => {
      const { page, dialog, save, enter } = await open();
      let hash: string | undefined;
      const loseIt = (route: Route) => {
        hash = hashOf(route.request());
        return route.abort();
      };
      await page.route('**/graphql', loseIt, { times: 1 });
      await enter(isRole ? 'EDITOR' : 'Taken back');
      await save.click();
      await dialog.getByText('The server cannot be reached.').waitFor();
      await enter(isRole ? 'VIEWER' : name);
      const sent = page.waitForRequest((request) => hash !== undefined && hashOf(request) === hash);
      await save.click();
      await sent;
    });
  });

  describe('for two people who edit one campaign', () => {
    const edit = async (uuid: string, typed: string) => {
      const page = await openConsole(browser, tokenKey('admin'), `/campaigns/${uuid}`);
      await page.getByRole('button', { name: 'Edit…' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill(typed);
      return page;
    };

    test('are asked before the second saves: keep yours', async () => {
      const uuid = await createCampaign(browser, 'Two minds');
      const page = await edit(uuid, 'My name');
      const dialog = page.getByRole('dialog');
      await updateCampaign(browser, { uuid, name: 'Their name', group: { name: 'Reporters' } });
      await dialog.getByText('changed this while you typed.').waitFor();
      await expect.poll(() => dialog.getByRole('alert').innerText()).toContain(email);
      await expect.poll(() => dialog.getByRole('alert').innerText()).toMatch(/Name\s*Their name\s*Group\s*Reporters/);
      expect(await dialog.getByLabel('Name').inputValue()).toBe('My name');
      // The form cannot be saved before the user answers the question, so Enter moves the focus to the question.
      await page.keyboard.press('Enter');
      await expect
        .poll(() => dialog.getByRole('alert').evaluate((question) => question === document.activeElement))
        .toBe(true);
      await dialog.getByRole('button', { name: 'Keep yours' }).click();
      await untilFocused(dialog.getByLabel('Name'));
      // This user did not choose a group, so the other user's choice stays.
      await expect.poll(() => dialog.getByRole('combobox', { name: 'Group' }).inputValue()).toBe('Reporters');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'My name' }).waitFor();
      await page.locator('.facts').getByText('Reporters').waitFor();
    });

    test('are asked before the second saves: take theirs', async () => {
      const uuid = await createCampaign(browser, 'Two hearts');
      const page = await edit(uuid, 'My heart');
      const dialog = page.getByRole('dialog');
      await updateCampaign(browser, { uuid, name: 'Their heart' });
      // Wait for the other user's e-mail address, because it may make the text longer and move the button.
      await expect.poll(() => dialog.getByRole('alert').innerText()).toContain(email);
      await dialog.getByRole('button', { name: 'Take theirs' }).click();
      await expect.poll(() => dialog.getByLabel('Name').inputValue()).toBe('Their heart');
      await expect.poll(() => dialog.getByText('while you typed').count()).toBe(0);
      await untilFocused(dialog.getByLabel('Name'));
    });

    test('are not asked once the first has undone it', async () => {
      const uuid = await createCampaign(browser, 'Undone meanwhile');
      const page = await edit(uuid, 'Typed meanwhile');
      const dialog = page.getByRole('dialog');
      await updateCampaign(browser, { uuid, archived: true });
      await dialog.getByText('changed this while you typed.').waitFor();
      await page.keyboard.press('Enter');
      await untilFocused(dialog.getByRole('alert'));
      await updateCampaign(browser, { uuid, archived: false });
      await dialog.getByText('changed this while you typed.').waitFor({ state: 'detached' });
      await untilFocused(dialog.getByLabel('Name'));
      expect(await dialog.getByLabel('Name').inputValue()).toBe('Typed meanwhile');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'Typed meanwhile' }).waitFor();
    });

    test.each(['campaign', 'group'])('are not asked either if nothing was heard of it: a %s', async (what) => {
      const name = `Unheard, back: ${what}`;
      const isGroup = what === 'group';
      const uuid = await (isGroup ? createGroup : createCampaign)(browser, name);
      const page = await openWithoutStreams(browser, tokenKey('admin'), `/${what}s/${uuid}`);
      await page.getByRole('button', { name: isGroup ? 'Rename…' : 'Edit…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill(`${name}, typed`);
      const change = (to: string) => (isGroup ? renameGroup : updateCampaign)(browser, { uuid, name: to });
      await change(`${name}, renamed`);
      await change(name);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: `${name}, typed` }).waitFor();
      await dialog.waitFor({ state: 'detached' });
    });

    test.each(['campaign', 'group'])('are not asked if both have typed the same: a %s', async (what) => {
      const isGroup = what === 'group';
      const uuid = await (isGroup ? createGroup : createCampaign)(browser, `Two with one mind: ${what}`);
      const page = await openWithoutStreams(browser, tokenKey('admin'), `/${what}s/${uuid}`);
      await page.getByRole('button', { name: isGroup ? 'Rename…' : 'Edit…' }).click();
      const dialog = page.getByRole('dialog');
      const name = `One mind: ${what}`;
      await dialog.getByLabel('Name').fill(name);
      await (isGroup ? renameGroup : updateCampaign)(browser, { uuid, name });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name }).waitFor();
      await dialog.waitFor({ state: 'detached' });
    });

    test.each(['Keep yours', 'Take theirs'])('are asked before the second renames a group: %s', async (answer) => {
      const uuid = await createGroup(browser, `Two groups: ${answer}`);
      const page = await openConsole(browser, tokenKey('admin'), `/groups/${uuid}`);
      await page.getByRole('button', { name: 'Rename…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill(`Mine: ${answer}`);
      await renameGroup(browser, { uuid, name: `Theirs: ${answer}` });
      await expect.poll(() => dialog.getByRole('alert').innerText()).toContain(email);
      await dialog.getByRole('button', { name: answer }).click();
      await untilFocused(dialog.getByLabel('Name'));
      const name = answer === 'Keep yours' ? `Mine: ${answer}` : `Theirs: ${answer}`;
      expect(await dialog.getByLabel('Name').inputValue()).toBe(name);
    });

    test('are asked when the second saves, if nothing was heard of the first', async () => {
      const uuid = await createCampaign(browser, 'Unheard');
      const page = await openWithoutStreams(browser, tokenKey('admin'), `/campaigns/${uuid}`);
      await page.getByRole('button', { name: 'Edit…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Mine, unheard');
      await updateCampaign(browser, { uuid, name: 'Theirs, unheard' });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('changed this while you typed.').waitFor();
      await page.keyboard.press('Escape');
      await untilFocused(page.getByRole('alertdialog', { name: 'Throw away what you typed?' }));
      await page.keyboard.press('Escape');
      await dialog.getByRole('button', { name: 'Keep yours' }).click();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'Mine, unheard' }).waitFor();
    });

    test('are asked before a campaign is archived or deleted that is not what was seen', async () => {
      const uuid = await createCampaign(browser, 'As seen');
      const page = await openWithoutStreams(browser, tokenKey('admin'), `/campaigns/${uuid}`);
      await page.getByRole('button', { name: 'Archive' }).waitFor();
      await updateCampaign(browser, { uuid, name: 'As it is' });
      await page.getByRole('button', { name: 'Archive' }).click();
      const archive = page.getByRole('alertdialog', { name: 'Archive it all the same?' });
      await archive.getByText('As it is').waitFor();
      await archive.getByRole('button', { name: 'Archive' }).click();
      await page.getByText('Archived As it is').waitFor();
      // The notice does not wait for the answer.
      const restored = page.waitForResponse(
        (response) => response.request().postData()?.includes('"archived":false') === true,
      );
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('Restored As it is').waitFor();
      await restored;

      await page.getByRole('button', { name: 'Delete…' }).click();
      const remove = page.getByRole('alertdialog', { name: 'Delete this campaign?' });
      await updateCampaign(browser, { uuid, name: 'As it is now' });
      await remove.getByRole('button', { name: 'Delete' }).click();
      await remove.getByText('As it is now').waitFor();
      await remove.getByRole('button', { name: 'Delete' }).click();
      await page.getByText(/^Deleted/).waitFor();
    });

    test('are still told of the change when the second attempt to delete it fails', async () => {
      const uuid = await createCampaign(browser, 'Deleted twice');
      const page = await openWithoutStreams(browser, tokenKey('admin'), '/?q=Deleted+twice');
      await page.getByRole('button', { name: 'Actions for Deleted twice' }).click();
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
      const dialog = page.getByRole('alertdialog');
      await updateCampaign(browser, { uuid, name: 'Deleted twice, renamed' });
      await dialog.getByRole('button', { name: 'Delete' }).click();
      await dialog.getByText('Deleted twice, renamed').waitFor();
      await page.route('**/graphql', (route) =>
        route.request().postData()?.includes('"expectedRevision"') ? route.abort() : route.fallback(),
      );
      await dialog.getByRole('button', { name: 'Delete' }).click();
      await dialog.getByText('The server cannot be reached.').waitFor();
      expect(await dialog.getByText('Deleted twice, renamed').count()).toBe(1);
      // The next attempt deletes what is shown, and is not refused again.
      await page.unroute('**/graphql');
      await dialog.getByRole('button', { name: 'Delete' }).click();
      await page.getByText('No campaign matches').waitFor();
    });

    test('keep what they typed when the campaign leaves the list', async () => {
      const uuid = await createCampaign(browser, 'Leaves the list');
      const page = await openConsole(browser, tokenKey('admin'), '/?q=leaves');
      await page.getByRole('button', { name: 'Actions for Leaves the list' }).click();
      await page.getByRole('menuitem', { name: 'Edit…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Leaves with another name');
      await updateCampaign(browser, { uuid, archived: true });
      await dialog.getByText('changed this while you typed.').waitFor();
      await page.getByText('No campaign matches').waitFor();
      expect(await dialog.getByLabel('Name').inputValue()).toBe('Leaves with another name');
    });

    test('keep what they typed when the campaign is deleted, and are told at once, also in the place of a question', async () => {
      const uuid = await createCampaign(browser, 'Deleted meanwhile');
      const page = await edit(uuid, 'Typed meanwhile');
      const dialog = page.getByRole('dialog');
      await updateCampaign(browser, { uuid, name: 'Renamed before' });
      await dialog.getByText('changed this while you typed.').waitFor();
      const remove = 'mutation ($uuid: UUID!) { deleteCampaign(input: { uuid: $uuid }) { deletedCampaignId } }';
      await runAs(browser, 'editor', remove, { uuid });
      await page.getByText('There is no such campaign').waitFor();
      await dialog.getByRole('alert').getByText('This campaign is no longer there.').waitFor();
      expect(await dialog.getByLabel('Name').inputValue()).toBe('Typed meanwhile');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('This campaign is no longer there.').waitFor();
    });

    test('keep what they typed when the group is deleted, and are told at once', async () => {
      const uuid = await createGroup(browser, 'Short-lived');
      const list = await openConsole(browser, tokenKey('admin'), '/groups?q=short-lived');
      const own = await openConsole(browser, tokenKey('admin'), `/groups/${uuid}`);
      await list.getByRole('button', { name: 'Actions for Short-lived' }).click();
      for (const page of [list, own]) {
        await page.getByText('Rename…').click();
        await page.getByRole('dialog').getByLabel('Name').fill('Long-lived');
      }
      const remove = 'mutation ($uuid: UUID!) { deleteGroup(input: { uuid: $uuid }) { deletedGroupId } }';
      await runAs(browser, 'editor', remove, { uuid });
      await list.getByText('No group matches').waitFor();
      await own.getByText('There is no such group').waitFor();
      for (const page of [list, own]) {
        await page.getByRole('dialog').getByRole('alert').getByText('This group is no longer there.').waitFor();
        expect(await page.getByRole('dialog').getByLabel('Name').inputValue()).toBe('Long-lived');
      }
    });

    test('are asked before the only campaign of a list is archived that is not what was seen', async () => {
      const uuid = await createCampaign(browser, 'Alone in a list');
      const page = await openWithoutStreams(browser, tokenKey('admin'), '/?q=alone');
      await page.getByRole('button', { name: 'Actions for Alone in a list' }).waitFor();
      await updateCampaign(browser, { uuid, name: 'Alone, renamed' });
      await page.getByRole('button', { name: 'Actions for Alone in a list' }).click();
      await page.getByRole('menuitem', { name: 'Archive' }).click();
      const question = page.getByRole('alertdialog', { name: 'Archive it all the same?' });
      await question.getByText('Alone, renamed').waitFor();
      await page.getByText('Alone in a list was not archived').waitFor();
      expect(await page.getByText('Archived Alone in a list').count()).toBe(0);
      await question.getByRole('button', { name: 'Archive' }).click();
      await page.getByText('Archived Alone, renamed').waitFor();
    });

    test('are told on another page that a campaign was not archived that is not what was seen', async () => {
      const uuid = await createCampaign(browser, 'Left behind');
      const page = await openWithoutStreams(browser, tokenKey('admin'), `/campaigns/${uuid}`);
      const release = Promise.withResolvers<void>();
      await page.route('**/graphql', async (route) => {
        if (route.request().postData()?.includes('"archived":true')) await release.promise;
        await route.fallback();
      });
      await page.getByRole('button', { name: 'Archive' }).waitFor();
      await updateCampaign(browser, { uuid, name: 'Left behind, renamed' });
      await page.getByRole('button', { name: 'Archive' }).click();
      await page.getByText('Archived Left behind').waitFor();
      await page.getByRole('link', { name: 'Groups' }).click();
      await page.getByRole('heading', { name: 'Groups' }).waitFor();
      release.resolve();
      await page.getByText('Left behind was not archived, because somebody else has changed it.').waitFor();
      expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
    });

    test('and one who only looks sees the new values without a question', async () => {
      const uuid = await createCampaign(browser, 'Only looked at');
      const page = await openConsole(browser, tokenKey('admin'), `/campaigns/${uuid}`);
      await page.getByRole('button', { name: 'Edit…' }).click();
      const dialog = page.getByRole('dialog');
      await updateCampaign(browser, { uuid, name: 'Looked at and renamed' });
      await expect.poll(() => dialog.getByLabel('Name').inputValue()).toBe('Looked at and renamed');
      expect(await dialog.getByText('while you typed').count()).toBe(0);
    });
  });

  describe('with something typed in a dialog', () => {
    test('asks before Escape throws it away, and Cancel does not ask', async () => {
      const page = await openConsole(browser, tokenKey('editor'), '/groups');
      await page.getByRole('button', { name: 'New group' }).click();
      const dialog = page.getByRole('dialog', { name: 'New group' });
      await untilFocused(dialog);
      await page.keyboard.press('Escape');
      await expect.poll(() => dialog.count()).toBe(0);

      await page.getByRole('button', { name: 'New group' }).click();
      await dialog.getByLabel('Name').fill('Half a name');
      await page.keyboard.press('Escape');
      const question = page.getByRole('alertdialog', { name: 'Throw away what you typed?' });
      await untilFocused(question);
      // Enter keeps the typed text, because users often press Enter by mistake.
      await page.keyboard.press('Enter');
      await expect.poll(() => question.count()).toBe(0);
      expect(await dialog.getByLabel('Name').inputValue()).toBe('Half a name');
      await dialog.getByRole('button', { name: 'Close' }).click();
      await question.getByRole('button', { name: 'Throw away' }).click();
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);

      await page.getByRole('button', { name: 'New group' }).click();
      await dialog.getByLabel('Name').fill('Another');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    });

    test('asks before the Back button throws it away', async () => {
      const page = await openConsole(browser, tokenKey('editor'));
      await page.getByRole('link', { name: 'Groups' }).click();
      await page.getByRole('button', { name: 'New group' }).click();
      const dialog = page.getByRole('dialog', { name: 'New group' });
      await dialog.getByLabel('Name').fill('Half a name');
      await page.goBack();
      const question = page.getByRole('alertdialog', { name: 'Throw away what you typed?' });
      await question.getByRole('button', { name: 'Go on typing' }).click();
      expect(await dialog.getByLabel('Name').inputValue()).toBe('Half a name');
      await page.goBack();
      await question.getByRole('button', { name: 'Throw away' }).click();
      // The console now goes to the page to which the Back button leads.
      await page.getByRole('table', { name: 'Campaigns' }).waitFor();

      await page.getByRole('link', { name: 'Groups' }).click();
      await page.getByRole('button', { name: 'New group' }).click();
      await dialog.getByLabel('Name').fill('A whole name');
      await dialog.getByRole('button', { name: 'Create' }).click();
      await page.getByText('Created A whole name').waitFor();
      expect(new URL(page.url()).pathname).toBe('/groups');
      await page.goBack();
      await page.getByRole('table', { name: 'Campaigns' }).waitFor();
    });

    test('asks before a reload', async () => {
      const page = await openConsole(browser, tokenKey('editor'), '/groups');
      await page.getByRole('button', { name: 'New group' }).click();
      await page.getByRole('dialog').getByLabel('Name').pressSequentially('Half');
      const asked = page.waitForEvent('dialog');
      await page.evaluate(() => void setTimeout(() => location.reload()));
      const question = await asked;
      expect(question.type()).toBe('beforeunload');
      await question.dismiss();
      expect(await page.getByRole('dialog').getByLabel('Name').inputValue()).toBe('Half');
    });
  });
});
