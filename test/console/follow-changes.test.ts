import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followChanges, type ChangeBatch, type ChangeSource } from '../../src/console/app/changes/follow-changes.ts';

const UNREACHABLE = new Error('unreachable');
const EXPIRED = new Error('expired');

/** A feed for the tests. A cursor is the number of changes so far. */
class Feed implements ChangeSource {
  changes = 0;
  /** The error with which streams fail; undefined if streams work. */
  noStreams: Error | undefined;
  unreachable = false;
  /** Cursors before this one have expired. */
  kept = 0;
  streams = 0;
  asks = 0;
  #end = () => {};

  async present(): Promise<string> {
    return String(this.changes);
  }

  async ask(after: string): Promise<ChangeBatch> {
    this.asks += 1;
    if (this.unreachable) throw UNREACHABLE;
    return this.#after(after);
  }

  async *stream(after: string): AsyncGenerator<ChangeBatch> {
    if (this.noStreams) throw this.noStreams;
    this.streams += 1;
    yield this.#after(after);
    await new Promise<void>((resolve) => {
      this.#end = resolve;
    });
  }

  isExpired(error: unknown): boolean {
    return error === EXPIRED;
  }

  endStream(): void {
    this.#end();
  }

  #after(cursor: string): ChangeBatch {
    if (Number(cursor) < this.kept) throw EXPIRED;
    const changed = this.changes > Number(cursor);
    return { changed, peopleChanged: false, cursor: String(this.changes), upToDate: true };
  }
}

describe('a console that follows changes', () => {
  let feed: Feed;
  let stop: AbortController;
  let told: { cursor: string; changes: number; upToDate: number };

  beforeEach(() => {
    vi.useFakeTimers();
    feed = new Feed();
    stop = new AbortController();
    told = { cursor: '0', changes: 0, upToDate: 0 };
  });
  afterEach(() => {
    stop.abort();
    vi.useRealTimers();
  });

  const follow = () => {
    const take = ({ cursor, changed, upToDate }: ChangeBatch) => {
      told.cursor = cursor;
      if (changed) told.changes += 1;
      if (upToDate) told.upToDate += 1;
    };
    void followChanges(feed, '0', take, stop.signal);
    return vi.advanceTimersByTimeAsync(0);
  };

  it('takes a stream, and opens it again where it ended', async () => {
    feed.changes = 2;
    await follow();
    expect(told).toEqual({ cursor: '2', changes: 1, upToDate: 1 });
    feed.changes = 3;
    feed.endStream();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(told).toEqual({ cursor: '3', changes: 2, upToDate: 2 });
    expect(feed).toMatchObject({ streams: 2, asks: 0 });
  });

  it('asks where there is no stream, and tries a stream again after two minutes', async () => {
    feed.noStreams = new Error('refused');
    await follow();
    expect(feed.asks).toBe(1);
    feed.changes = 1;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toMatchObject({ cursor: '1', changes: 1 });
    feed.noStreams = undefined;
    await vi.advanceTimersByTimeAsync(130_000);
    expect(feed.streams).toBe(1);
  });

  it('does not say that it is up to date while the server is away', async () => {
    feed.noStreams = UNREACHABLE;
    feed.unreachable = true;
    await follow();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(told.upToDate).toBe(0);
    feed.noStreams = undefined;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told.upToDate).toBe(1);
  });

  it.each(['a stream', 'asking'])(
    'tells of a change when its cursor has expired, and goes on from the present: %s',
    async (by) => {
      if (by === 'asking') feed.noStreams = UNREACHABLE;
      Object.assign(feed, { changes: 9, kept: 5 });
      await follow();
      expect(told).toEqual({ cursor: '9', changes: 1, upToDate: 0 });
      await vi.advanceTimersByTimeAsync(10_000);
      expect(told.upToDate).toBe(1);
    },
  );

  it('does nothing any more after it was stopped', async () => {
    feed.noStreams = UNREACHABLE;
    await follow();
    stop.abort();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(feed.asks).toBe(1);
  });
});
