import { launchChromium } from '/tmp/wt/bulk/test/support/chromium.ts';
import { spawn } from 'node:child_process';
const server = spawn(process.execPath, ['src/main.ts', 'serve', '--demo'], { cwd: '/tmp/wt/bulk', env: { ...process.env, PORT: '4871', DATABASE_URL: 'file:/tmp/bulk-shot.db' } });
let out = '';
server.stdout.on('data', (d) => (out += d)); server.stderr.on('data', (d) => (out += d));
for (let i = 0; i < 60 && !/token=\S+/.test(out); i++) await new Promise((r) => setTimeout(r, 500));
const key = /token=([\w-]+)/.exec(out)?.[1] ?? '';
const browser = await launchChromium();
try {
for (const [locale, width, scheme] of [['en', 1280, 'light'], ['ar', 360, 'dark'], ['fr', 360, 'light']] as const) {
  const context = await browser.newContext({ locale, viewport: { width, height: 800 }, colorScheme: scheme });
  const page = await context.newPage();
  await page.goto(`http://localhost:4871/#token=${key}`);
  await page.locator('.list-body a').first().waitFor();
  await page.screenshot({ path: `/tmp/bulk-list-${locale}.png` });
  await page.goto(`http://localhost:4871/spreadsheet?archived=all`);
  await page.locator('input[type=file]').waitFor({ state: 'attached' });
  await page.locator('input[type=file]').setInputFiles({ name: 'campagnes 2026.csv', mimeType: 'text/csv', buffer: Buffer.from('name;group;archived;notes\nNouvelle campagne;Parents of under-fives;no;x\nVaccination calendar;Nobody;peut-être\n;Farmers;\n') });
  await page.locator('.plan').waitFor();
  await page.screenshot({ path: `/tmp/bulk-${locale}.png`, fullPage: true });
}
} finally { await browser.close(); server.kill(); }
