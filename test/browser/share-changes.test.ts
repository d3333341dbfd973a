import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ChangeBatch, ChangeSource } from '../../src/console/app/changes/follow-changes.ts';
import { shareChanges } from '../../src/console/app/changes/share-changes.ts';

// Node has the browser's locks and broadcast channels, so no browser is needed here. changes.test.ts tests several windows of a browser.

/** A feed whose stream yields the batches that the test passes to `tell`. */
class Feed implements ChangeSource {
  asks: string[] = [];
  streams: string[] = [];
  #tell: (batch: ChangeBatch) => void = () => {};

  tell(cursor: string): void {
    this.#tell({ changed: true, peopleChanged: false, cursor, upToDate: true });
  }

  async present(): Promise<string> {
    return '0';
  }

  async ask(cursor: string): Promise<ChangeBatch> {
    this.asks.push(cursor);
    return { changed: false, peopleChanged: false, cursor, upToDate: true };
  }

  async *stream(after: string, signal: AbortSignal): AsyncGenerator<ChangeBatch> {
    this.streams.push(after);
    while (!signal.aborted) {
      yield await new Promise<ChangeBatch>((resolve, reject) => {
        this.#tell = resolve;
        signal.addEventListener('abort', reject);
      });
    }
  }

  isExpired(): boolean {
    return false;
  }
}

/** Waits until all pending messages and locks are handled. Fake timers do not advance meanwhile. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
}

let name = '';
let made = 0;
const closing = new Set<AbortController>();
beforeEach(() => {
  name = `tabs ${(made += 1)}`;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  for (const tab of closing) tab.abort();
  vi.useRealTimers();
});

/** Opens a tab that has read all changes up to a cursor. */
function open(cursor: string) {
  const feed = new Feed();
  const taken: string[] = [];
  const closed = new AbortController();
  closing.add(closed);
  void shareChanges(name, feed, cursor, (batch) => taken.push(batch.cursor), closed.signal);
  return { feed, taken, close: () => closed.abort() };
}

it('the first tab leads and streams; the others hear from it, after they have asked for what they may have missed', async () => {
  const first = open('3');
  await settle();
  const other = open('2');
  await settle();
  await vi.advanceTimersByTimeAsync(200);
  expect([first.feed.streams, first.feed.asks]).toEqual([['3'], []]);
  expect([other.feed.streams, other.feed.asks]).toEqual([[], ['2']]);
  first.feed.tell('4');
  await settle();
  expect([first.taken, other.taken.at(-1)]).toEqual([['4'], '4']);
});

it('another tab leads when the first is closed, from where it is', async () => {
  const [first, second] = [open('0'), open('0')];
  await settle();
  first.feed.tell('1');
  await settle();
  first.close();
  await settle();
  expect(second.feed.streams).toEqual(['1']);
  expect(second.feed.asks).toEqual([]);
});

it('a tab asks by itself while the one that leads says nothing', async () => {
  const leads = Promise.withResolvers<void>();
  void navigator.locks.request(name, () => leads.promise);
  const tab = open('0');
  await settle();
  await vi.advanceTimersByTimeAsync(200);
  expect(tab.feed.asks).toHaveLength(1);
  const channel = new BroadcastChannel(name);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  channel.postMessage({ changed: false, peopleChanged: false, cursor: '1', upToDate: true });
  await settle();
  await vi.advanceTimersByTimeAsync(25_000);
  expect(tab.feed.asks).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(tab.feed.asks.slice(1)).toEqual(['1']);
  channel.close();
  leads.resolve();
});
