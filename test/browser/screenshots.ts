/** Makes the screenshots of the README with the demo: `npm run screenshots`. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const FOLDER = join(REPOSITORY, 'docs/screenshots');
const PORT = '4999';

interface Screenshot {
  name: string;
  path: string;
  dark?: boolean;
  phone?: boolean;
  /** The browser's language. The default is English. */
  locale?: string;
  /** Brings the page into the state that the screenshot shows. */
  prepare: (page: Page) => Promise<unknown>;
}

const table = (page: Page) => page.getByRole('table').waitFor();
const firstCampaign = async (page: Page) => {
  await page.locator('.campaign-name a').nth(2).click();
  await page.locator('.details-actions').waitFor();
};

const SCREENSHOTS: Screenshot[] = [
  { name: 'campaigns-light', path: '/', prepare: table },
  { name: 'campaigns-dark', path: '/', dark: true, prepare: table },
  {
    name: 'new-campaign-light',
    path: '/',
    async prepare(page) {
      await page.getByRole('button', { name: 'New campaign' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('VACCINATION calendar');
      await page.getByRole('dialog').getByRole('combobox').fill('Par');
      await page.getByRole('option', { name: 'Parents of under-fives' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
      await page.locator('.field-error').waitFor();
    },
  },
  {
    name: 'campaigns-selected-light',
    path: '/',
    async prepare(page) {
      await page.locator('[role=cell] input').nth(1).check();
      await page
        .locator('[role=cell] input')
        .nth(4)
        .click({ modifiers: ['Shift'] });
    },
  },
  { name: 'groups-dark', path: '/groups', dark: true, prepare: table },
  {
    name: 'activity-light',
    path: '/activity',
    async prepare(page) {
      await page.goto(new URL('/', page.url()).href);
      await firstCampaign(page);
      await page.locator('.details-actions button').nth(1).click();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('link', { name: 'Activity' }).click();
      await page.getByRole('table').getByText('restored the campaign').waitFor();
    },
  },
  { name: 'campaigns-phone', path: '/', phone: true, prepare: table },
  { name: 'campaign-phone', path: '/', phone: true, prepare: firstCampaign },
  { name: 'groups-phone-dark', path: '/groups', phone: true, dark: true, prepare: table },
  { name: 'campaigns-arabic', path: '/', locale: 'ar-EG', prepare: table },
  { name: 'campaigns-french', path: '/', locale: 'fr-SN', prepare: table },
  { name: 'groups-phone-arabic-dark', path: '/groups', locale: 'ar-EG', phone: true, dark: true, prepare: table },
  {
    name: 'new-campaign-phone-french',
    path: '/',
    locale: 'fr-SN',
    phone: true,
    async prepare(page) {
      await page.locator('.page-action').click();
      await page.getByRole('dialog').locator('[type=submit]').click();
      await page.locator('.field-error').first().waitFor();
    },
  },
  {
    name: 'playground-light',
    path: '/graphiql',
    async prepare(page) {
      await page.locator('#operation').click();
      await page.locator('.cm-content').waitFor();
      await page.getByRole('button', { name: 'Run' }).click();
      await page.locator('#answer').getByText('totalCount').waitFor();
    },
  },
];

const data = await mkdtemp(join(tmpdir(), 'campaigns-screenshots-'));
const server = spawn(process.execPath, [join(REPOSITORY, 'src/main.ts'), 'serve', '--demo'], {
  env: { ...process.env, PORT, HOST: '127.0.0.1', LOG_LEVEL: 'silent', DATABASE_URL: `file:${join(data, 'demo.db')}` },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const token = await signInToken();
  await mkdir(FOLDER, { recursive: true });
  const browser = await launchChromium();
  for (const { name, path, dark = false, phone = false, locale = 'en-GB', prepare } of SCREENSHOTS) {
    const context = await browser.newContext({
      viewport: phone ? { width: 360, height: 640 } : { width: 1_120, height: 700 },
      colorScheme: dark ? 'dark' : 'light',
      locale,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${PORT}${path}#token=${token}`);
    await prepare(page);
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    await context.close();
    process.stdout.write(`docs/screenshots/${name}.png\n`);
  }
  await browser.close();
} finally {
  server.kill();
  await rm(data, { recursive: true });
}

/** The token in the link that the demo prints. */
async function signInToken(): Promise<string> {
  let printed = '';
  for await (const piece of server.stdout) {
    printed += String(piece);
    const [, token] = /#token=(\S+)/.exec(printed) ?? [];
    if (token) return token;
  }
  throw new Error(`The server printed no sign-in link:\n${printed}`);
}
