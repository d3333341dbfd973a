import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { afterwards } from '../support/afterwards.ts';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { untilSettled } from './support/console.ts';
import { movesOf, watchMoves } from './support/moves.ts';
import { serveFixture } from './support/server.ts';

const WIDTHS = [320, 1_280];

describeInBrowser('what is shown of the console', serveFixture, (browser) => {
  test.each(['aria-hidden="true">', '</svg>', 'data-text="campaigns.title">', '</header>'])(
    'stays in its place while the page comes, the rest of it after %s',
    async (end) => {
      const base = await serveInTwoPieces(browser.server.base, end);
      for (const width of WIDTHS) {
        const page = await browser.newForeignPage();
        await page.setViewportSize({ width, height: 700 });
        await watchMoves(page);
        await page.goto(`${base}/#token=${tokenKey('viewer')}`);
        await page.locator('[data-index]').first().waitFor();
        expect(await movesOf(page)).toEqual([]);
      }
    },
  );

  // In this language the count and the button beside it are too long for a narrow screen.
  test.each(WIDTHS)('stays in its place when the members come, %i pixels wide', async (width) => {
    const page = await browser.newPage({ locale: 'pt', viewport: { width, height: 700 } });
    await watchMoves(page);
    await page.route('**/graphql', async (route) => {
      await sleep(300);
      await route.continue();
    });
    await page.goto(`${browser.server.base}/people#token=${tokenKey('admin')}`);
    await page.locator('.page-count [role=status]').waitFor();
    await untilSettled(page);
    expect(await movesOf(page)).toEqual([]);
  });
});

/** Stands before the server, and sends what of a page is behind `end` a moment later than the rest. Returns its origin. */
async function serveInTwoPieces(base: string, end: string): Promise<string> {
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const headers = { ...incoming.headers, 'accept-encoding': 'identity' };
    const passed = request(`${base}${incoming.url}`, { method: incoming.method, headers });
    incoming.pipe(passed);
    const [answer] = (await once(passed, 'response')) as [IncomingMessage];
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    if (!answer.headers['content-type']?.includes('html')) return answer.pipe(outgoing);
    const page = await buffer(answer);
    const place = page.indexOf(end, page.indexOf('<body')) + end.length;
    outgoing.write(page.subarray(0, place));
    await sleep(300);
    return outgoing.end(page.subarray(place));
  };
  const proxy = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  afterwards(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}
