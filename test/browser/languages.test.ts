import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../src/console/app/language/languages.ts';
import type { MessageId } from '../../src/console/app/language/message-id.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { expectToFitAndBeAccessible, overflow } from '../support/views.ts';
import { openAccountMenu, openConsole, untilFocused, untilSettled } from './support/console.ts';
import { LOCALES, messagesIn } from './support/messages.ts';
import { movesOf, watchMoves } from './support/moves.ts';
import { serveFixture } from './support/server.ts';

const arabic = messagesIn('ar', 'ar-EG');

/** The language and the text direction that the page declares. */
const languageOf = (page: Page) =>
  page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir }));

/**
 * Expects that the workspace's name and the account button share the second line of the top bar, and that a long workspace name
 * does not move the account button.
 */
async function expectCalmTopBar(page: Page): Promise<void> {
  const box = async (selector: string) => {
    const { x = NaN, y = NaN, width = NaN, height = NaN } = (await page.locator(selector).boundingBox()) ?? {};
    return { x, y, width, height };
  };
  const name = await box('#app .top-bar-workspace-name');
  const account = await box('#app .top-bar [aria-haspopup=menu]');
  expect(name.y).toBeGreaterThanOrEqual((await box('#app .top-bar-nav a[aria-current]')).height);
  expect(account.y).toBe(name.y);
  expect(name.height).toBeLessThan(24);
  expect((await box('#app .top-bar')).height).toBeLessThan(110);

  const text = page.locator('#app .top-bar-workspace-name bdi');
  const short = (await text.textContent()) ?? '';
  const fill = (words: string) => text.evaluate((element, content) => (element.textContent = content), words);
  await fill('Nyota Health and Farming in Agroforestry');
  expect((await box('#app .top-bar-workspace-name')).height).toBeGreaterThan(name.height);
  expect(await box('#app .top-bar [aria-haspopup=menu]')).toEqual(account);
  await fill(short);
}

/** The labels of the two buttons, for each dialog with long labels. */
const DIALOG_BUTTONS = [
  ['action.close', 'selection.rest'],
  ['action.cancel', 'action.archive'],
  ['action.cancel', 'webhook.rotateConfirm'],
  ['action.close', 'group.showCampaigns'],
  ['unsaved.goOn', 'unsaved.discard'],
] as const satisfies readonly (readonly [MessageId, MessageId])[];

/**
 * Puts each pair of labels into the two buttons of the open dialog, one pair after the other. Returns the labels that do not fit.
 */
function labelsThatSpill(page: Page, pairs: readonly (readonly string[])[]): Promise<string[]> {
  return page.evaluate((labels) => {
    const buttons = [...document.querySelectorAll('.dialog-foot .button')];
    return labels.flatMap((pair) => {
      buttons.forEach((button, place) => (button.textContent = pair[place] ?? ''));
      return buttons
        .filter((button) => {
          const [outer, foot] = [button.getBoundingClientRect(), button.parentElement?.getBoundingClientRect()];
          const label = document.createRange();
          label.selectNodeContents(button);
          const inner = label.getBoundingClientRect();
          const fits = inner.left >= outer.left && inner.right <= outer.right && inner.bottom <= outer.bottom;
          return !foot || !fits || outer.left < foot.left || outer.right > foot.right;
        })
        .map((button) => button.textContent);
    });
  }, pairs);
}

// Keep the order: the last tests archive campaigns that the earlier ones look at.
/** Spaces the text as users must be able to: Web Content Accessibility Guidelines, 1.4.12. */
async function spaceText(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const sheet = await new CSSStyleSheet().replace(
      `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
       p { margin-bottom: 2em !important; }`,
    );
    document.adoptedStyleSheets.push(sheet);
  });
}

/** Whether texts in the element are painted over one another. */
function hasOverlap(element: Element): boolean {
  const boxes = [...element.querySelectorAll('a, .top-bar-workspace-name, .badge')].map((one) =>
    one.getBoundingClientRect(),
  );
  return boxes.some((one, place) =>
    boxes
      .slice(0, place)
      .some(
        (other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom,
      ),
  );
}

describeInBrowser('languages', serveFixture, (browser) => {
  describe('the language of the console', () => {
    test('is known to the page before the program is there', async () => {
      const page = await browser.newPage({ locale: 'ar-EG' });
      await page.route(/\/assets\/index-.*\.js$/, (route) => route.abort());
      await page.goto(browser.server.base);
      expect(await languageOf(page)).toEqual({ lang: 'ar', dir: 'rtl' });
    });

    test('is the only one that is loaded', async () => {
      const page = await browser.newPage({ locale: 'fr-SN' });
      const loaded: string[] = [];
      page.on('request', (request) => {
        const [, language] = /\/assets\/(\w\w)-[^/]+\.json$/.exec(request.url()) ?? [];
        if (language) loaded.push(language);
      });
      await page.goto(browser.server.base);
      await page.getByRole('heading', { name: messagesIn('fr', 'fr-SN')('signIn.heading') }).waitFor();
      expect(loaded).toEqual(['fr']);
    });

    describe('that comes late', () => {
      /** Chooses French, whose messages come only when the returned function is called. */
      const chooseFrench = async (page: Page): Promise<() => void> => {
        const released = Promise.withResolvers<void>();
        await page.route(/\/assets\/fr-/, async (route) => {
          await released.promise;
          await route.continue();
        });
        await openAccountMenu(page);
        await page.getByRole('menuitemradio', { name: 'Français' }).click();
        await page.keyboard.press('Escape');
        await page.getByRole('menu').waitFor({ state: 'detached' });
        return () => released.resolve();
      };

      test('is not shown if another one was chosen after it', async () => {
        const page = await openConsole(browser, tokenKey('admin'), '/people', { locale: 'en-GB' });
        await untilSettled(page);
        const release = await chooseFrench(page);
        await openAccountMenu(page);
        await page.getByRole('menuitemradio', { name: 'Español' }).click();
        await expect.poll(() => languageOf(page)).toEqual({ lang: 'es', dir: 'ltr' });
        release();
        await untilSettled(page);
        expect((await languageOf(page)).lang).toBe('es');
        expect(await page.evaluate(() => localStorage.getItem('campaigns.language'))).toBe('es');
      });

      test('is also that of a page that was opened meanwhile', async () => {
        // Without a user, because the language that is chosen here stays.
        const page = await browser.newPage();
        await page.goto(`${browser.server.base}#token=${tokenKey('admin')}`);
        await page.locator('[data-index="0"]').waitFor();
        await untilSettled(page);
        const release = await chooseFrench(page);
        await page.getByRole('link', { name: 'Activity' }).click();
        await page.getByRole('combobox', { name: 'What was done' }).waitFor();
        release();
        const french = messagesIn('fr', 'fr');
        await page.getByRole('combobox', { name: french('activity.action') }).waitFor();
        await expect.poll(() => languageOf(page)).toEqual({ lang: 'fr', dir: 'ltr' });
      });
    });

    test('is chosen before signing in, without losing what was typed, and is kept', async () => {
      const page = await browser.newPage({ locale: 'so-SO' });
      await page.goto(browser.server.base);
      await page.getByLabel('API token').fill('half a tok');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('The server does not know this token.').waitFor();
      await page.getByLabel('Language').selectOption('Kiswahili');
      const swahili = messagesIn('sw', 'sw');
      await page.getByRole('button', { name: swahili('signIn.title') }).waitFor();
      await page.getByText(swahili('error.signedOut')).waitFor();
      expect(await page.getByLabel(swahili('signIn.token')).inputValue()).toBe('half a tok');
      await expect.poll(() => languageOf(page)).toEqual({ lang: 'sw', dir: 'ltr' });
      await expect.poll(() => page.title()).toBe(`${swahili('signIn.title')} · Kampeni`);
      await page.reload();
      await page.getByRole('button', { name: swahili('signIn.title') }).waitFor();
    });

    test('is changed in the account menu, by keyboard too, and the whole page follows', async () => {
      const page = await openConsole(browser, tokenKey('admin'), '/?archived=all', {
        viewport: { width: 1_280, height: 800 },
      });
      await page.getByRole('table').waitFor();
      const before = await page.locator('body').innerText();
      await page.getByRole('button', { name: /^Account/ }).click();
      expect(await page.getByRole('menuitemradio', { name: 'English' }).getAttribute('aria-checked')).toBe('true');
      await untilFocused(page.getByRole('menu'));
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: arabic('campaigns.title') }).waitFor();
      await expect.poll(() => languageOf(page)).toEqual({ lang: 'ar', dir: 'rtl' });
      const names = await page.locator('bdi').allInnerTexts();
      const left = before.split('\n').filter((line) => /[a-z]{3}/i.test(line) && !names.includes(line));
      await expect
        .poll(async () => {
          const after = (await page.locator('body').innerText()).split('\n');
          return left.filter((line) => after.includes(line));
        })
        .toEqual([]);
    });
  });

  describe('the console in every language', () => {
    test.each(Object.keys(LANGUAGES) as Language[])(
      'fits narrow screens, and has its dates and plurals: %s',
      async (language) => {
        const locale = LOCALES[language];
        const t = messagesIn(language, locale);
        const page = await browser.newPage({ locale, viewport: { width: 320, height: 700 } });
        await watchMoves(page);
        await page.goto(`${browser.server.base}/#token=${tokenKey('admin')}`);
        await page.getByRole('heading', { level: 1, name: t('campaigns.title') }).waitFor();
        await page.getByText(t('count.inUse', { count: 640 })).waitFor();
        expect(await overflow(page)).toBe(0);
        const time = page.locator('.campaign-created time').first();
        const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC', calendar: 'gregory' });
        expect(await time.innerText()).toBe(date.format(new Date((await time.getAttribute('datetime')) ?? '')));

        // The parts that load after the first rows must not move these rows, because the user may just be about to tap one.
        await page.getByText(t('freshness.upToDate'), { exact: true }).waitFor();
        await untilSettled(page);
        expect(await movesOf(page)).toEqual([]);
        await expectCalmTopBar(page);
        await page.locator('.campaign-name a').first().click();
        await page.getByRole('button', { name: t('action.edit') }).click();
        await untilFocused(page.getByRole('dialog'));
        expect(await overflow(page)).toBe(0);
        await page.keyboard.press('Escape');
        await page.getByRole('link', { name: t('groups.title') }).click();
        await page.getByText(t('group.contactCount', { count: 42 }), { exact: true }).waitFor();
        expect(await overflow(page)).toBe(0);
      },
    );

    test.each(Object.keys(LANGUAGES) as Language[])(
      'has room for the labels of its dialogs on a phone: %s',
      async (language) => {
        const locale = LOCALES[language];
        const t = messagesIn(language, locale);
        const labels = DIALOG_BUTTONS.map((pair) => pair.map((id) => t(id, { count: 3 })));
        for (const width of [360, 320]) {
          const viewport = { width, height: 700 };
          const page = await openConsole(browser, tokenKey('editor'), '/groups', { locale, viewport });
          await page.getByRole('button', { name: t('group.new') }).click();
          await page.locator('.dialog-foot').waitFor();
          expect([width, await labelsThatSpill(page, labels)]).toEqual([width, []]);
        }
      },
    );

    // To the page, text of twice the size on a phone is the same as a window of half the width.
    test.each(Object.keys(LANGUAGES) as Language[])(
      'fits a phone whose text is twice as large: %s',
      async (language) => {
        const viewport = { width: 180, height: 400 };
        const page = await openConsole(browser, tokenKey('admin'), '/', { locale: LOCALES[language], viewport });
        for (const path of ['/', '/?q=nothing+has+this+name', '/groups', '/people', '/spreadsheet', '/webhooks']) {
          await page.goto(browser.server.base + path);
          await page.locator('#app h1').waitFor();
          await untilSettled(page);
          expect([path, await overflow(page)]).toEqual([path, 0]);
        }
        await page.locator('.page-action').click();
        const dialog = page.getByRole('dialog');
        await untilFocused(dialog);
        const parts = await dialog.locator('*').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
        expect(parts.filter(({ left, right }) => left < 0 || right > viewport.width)).toEqual([]);
      },
    );

    test('says in its own words what the server refuses', async () => {
      const page = await openConsole(browser, tokenKey('editor'), '/groups', { locale: 'fr-SN' });
      const t = messagesIn('fr', 'fr-SN');
      await page.getByRole('button', { name: t('group.new') }).click();
      const dialog = page.getByRole('dialog');
      const name = dialog.getByLabel(t('field.name'));
      const create = dialog.getByRole('button', { name: t('action.create') });
      for (const [text, id, values] of [
        [' ', 'userError.blank', { min: 1, max: 64 }],
        ['é'.repeat(65), 'userError.tooLong', { max: 64 }],
        ['un "nom"', 'userError.invalidCharacter', { character: '"' }],
        ['FARMERS', 'userError.groupNameTaken', {}],
      ] as const) {
        await name.fill(text);
        await create.click();
        await dialog.getByText(t(id, values)).waitFor();
      }
    });
  });

  describe('the console in Arabic', () => {
    const open = (path: string) => openConsole(browser, tokenKey('admin'), path, { locale: 'ar-EG' });

    test('is written from right to left, and names keep their own direction', async () => {
      const page = await open('/');
      const link = page.locator('.campaign-name a').first();
      await link.waitFor();
      const box = async (selector: string) => (await page.locator(selector).first().boundingBox())?.x ?? NaN;
      expect(await box('.campaign-name a')).toBeGreaterThan(await box('.campaign-created'));
      expect(await link.locator('bdi').evaluate((name) => getComputedStyle(name).direction)).toBe('ltr');
      await link.click();
      await page.locator('.facts').waitFor();
      const arrow = page.locator('.back-link .icon');
      expect(await arrow.evaluate((icon) => getComputedStyle(icon).transform)).toBe('matrix(-1, 0, 0, 1, 0, 0)');
      expect(
        await page
          .locator('.facts code')
          .first()
          .evaluate((code) => getComputedStyle(code).direction),
      ).toBe('ltr');
    });

    test.each(['fr-FR', 'es-ES', 'pt-MZ'])('fits on small phones, on every page: %s', async (locale) => {
      const page = await openConsole(browser, tokenKey('admin'), '/', {
        locale,
        viewport: { width: 320, height: 640 },
      });
      for (const path of ['/activity', '/groups', '/spreadsheet', '/webhooks', '/people', '/people/tokens', '/']) {
        await page.goto(browser.server.base + path);
        await untilSettled(page);
        expect([path, await overflow(page)]).toEqual([path, 0]);
        await spaceText(page);
        expect([path, 'with spaced text', await overflow(page)]).toEqual([path, 'with spaced text', 0]);
        expect(await page.getByRole('banner').evaluate(hasOverlap)).toBe(false);
      }
    });

    describe('axe finds no violation', () => {
      test('on the sign-in page', async () => {
        const page = await browser.newPage({ locale: 'ar-EG' });
        await page.goto(browser.server.base);
        await page.getByRole('button', { name: arabic('signIn.title') }).click();
        await page.getByText(arabic('signIn.tokenMissing')).waitFor();
        await expectToFitAndBeAccessible(page);
      });

      test('on the list, on a campaign and on the groups', async () => {
        const page = await open('/?archived=all');
        await page.getByRole('table').waitFor();
        await expectToFitAndBeAccessible(page);
        await page.locator('.campaign-name a').first().click();
        await page.getByRole('button', { name: arabic('action.edit') }).waitFor();
        await expectToFitAndBeAccessible(page);
        await page.getByRole('link', { name: arabic('groups.title') }).click();
        await page.getByRole('table', { name: arabic('groups.title') }).waitFor();
        await expectToFitAndBeAccessible(page);
      });

      test('on dialogs and menus', async () => {
        const page = await open('/');
        await page.getByRole('button', { name: arabic('account.of', { email: 'admin@nyota.example' }) }).click();
        await page.getByRole('menu').waitFor();
        expect(await accessibilityViolations(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: arabic('campaign.new') }).click();
        await page
          .getByRole('dialog')
          .getByRole('button', { name: arabic('action.create') })
          .click();
        await page.getByText(arabic('campaign.groupMissing')).waitFor();
        await expectToFitAndBeAccessible(page);
        await page.keyboard.press('Escape');
        await page.locator('.row-menu-button').first().click();
        await page.getByRole('menuitem', { name: arabic('action.deleteAsk') }).click();
        await page.getByRole('alertdialog').waitFor();
        await expectToFitAndBeAccessible(page);
      });
    });
  });

  describe('the console on paper and in notices', () => {
    test('prints the list without what can only be pressed', async () => {
      const page = await openConsole(browser, tokenKey('admin'));
      await page.getByRole('table').waitFor();
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByRole('link', { name: 'Reminders', exact: true }).isVisible()).toBe(true);
      expect(await page.getByRole('columnheader', { name: 'Group' }).isVisible()).toBe(true);
      await expect
        .poll(() => page.getByRole('button').filter({ visible: true }).allInnerTexts())
        .toEqual(['Name', 'Created ↓']);
      expect(await page.getByRole('searchbox').isVisible()).toBe(false);
    });

    test('prints the list on A4 with its columns below their headings', async () => {
      // What a browser's usual margins leave of the sheet.
      const viewport = { width: 717, height: 1_000 };
      const page = await openConsole(browser, tokenKey('admin'), '/', { viewport });
      await page.locator('[role=cell] input').first().waitFor();
      await page.emulateMedia({ media: 'print' });
      const edgesOf = async (role: string) => {
        const cells = page.locator(`[role=row] > [role=${role}]`).filter({ visible: true });
        return (await cells.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left))).slice(0, 3);
      };
      await expect.poll(() => edgesOf('cell')).toEqual(await edgesOf('columnheader'));
    });

    test.each(['/', '/groups', '/people', '/people/tokens'])(
      'prints no empty column for the menus of %s',
      async (path) => {
        const page = await openConsole(browser, tokenKey('admin'), path);
        await page.locator('.row-menu-button').first().waitFor();
        await page.emulateMedia({ media: 'print' });
        const header = page.getByRole('columnheader').filter({ visible: true });
        const rightOf = (one: Element) =>
          one.getBoundingClientRect().right - Number.parseFloat(getComputedStyle(one).paddingRight);
        const row = page.locator('.list-head .list-row');
        await expect.poll(() => header.nth(2).evaluate(rightOf)).toBeCloseTo(await row.evaluate(rightOf), 0);
      },
    );

    test.each([
      ['/spreadsheet', 'main a'],
      ['/', '.details a.back-link, a.back-link'],
    ])('prints no link back and no button of %s', async (path, controls) => {
      const page = await openConsole(browser, tokenKey('admin'), path);
      if (path === '/') await page.getByRole('link', { name: 'Reminders', exact: true }).click();
      await page.locator(controls).first().waitFor();
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.back-link, .details-actions').filter({ visible: true }).count()).toBe(0);
      if (path === '/') expect(await page.getByRole('button').filter({ visible: true }).allInnerTexts()).toEqual([]);
    });

    test('shows one notice at a time, the newest', async () => {
      const page = await openConsole(browser, tokenKey('editor'));
      for (const name of ['Reminders', 'ÉTÉ rappels']) {
        await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
        await page.getByRole('menuitem', { name: 'Archive' }).click();
        await page.getByText(`Archived ${name}`).waitFor();
      }
      await expect.poll(() => page.locator('.notice').count()).toBe(1);
    });
  });
});
