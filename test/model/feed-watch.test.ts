import { describe, expect, it } from 'vitest';
import { FeedWatch } from '../../src/model/feed-watch.ts';
import { Groups } from '../../src/model/groups.ts';
import { AUTHOR } from '../support/author.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';

const database = await openEmptyDatabase();
const watch = () => new FeedWatch(database, (_workspace, work) => work());

describe('a listener', () => {
  it('is told of a commit of this process, without waiting for the next look', async () => {
    const { id } = await makeWorkspace(database);
    // The data version never changes here, so the periodic checks find nothing.
    const { reader } = database;
    const feed = new FeedWatch({ reader, dataVersion: () => 0 }, (_workspace, work) => work());
    const listener = feed.listen(id);
    const next = listener.next(0, 10_000);
    await new Groups(database, id, AUTHOR).create({ name: 'One' });
    feed.committed(id);
    expect(await next).toBe(1);
    listener.stop();
  });

  it('hears of a commit from before it waits', async () => {
    const { id } = await makeWorkspace(database);
    const feed = watch();
    const listener = feed.listen(id);
    await new Groups(database, id, AUTHOR).create({ name: 'One' });
    feed.committed(id);
    expect(await listener.next(0, 10_000)).toBe(1);
    listener.stop();
  });

  it('goes on when its time is up, so that a silent stream shows that it is alive', async () => {
    const { id } = await makeWorkspace(database);
    const listener = watch().listen(id);
    const started = performance.now();
    expect(await listener.next(0, 300)).toBe(0);
    expect(performance.now() - started).toBeGreaterThan(290);
    listener.stop();
  });

  it('goes on when it is stopped', async () => {
    const { id } = await makeWorkspace(database);
    const listener = watch().listen(id);
    const next = listener.next(5, 10_000);
    listener.stop();
    expect(await next).toBe(5);
    expect(await listener.next(5, 10_000)).toBe(5);
  });

  it('has done its work before the next one starts, so that a crowd of them keeps nobody else waiting', async () => {
    const { id } = await makeWorkspace(database);
    const done: string[] = [];
    const feed = new FeedWatch(database, (_workspace, work) => {
      done.push('started');
      work();
    });
    const listeners = Array.from({ length: 3 }, () => feed.listen(id));
    const waiting = listeners.map((listener) => listener.next(0, 10_000).then(() => done.push('worked')));
    await new Groups(database, id, AUTHOR).create({ name: 'One' });
    feed.committed(id);
    await Promise.all(waiting);
    expect(done).toEqual(['started', 'worked', 'started', 'worked', 'started', 'worked']);
    for (const listener of listeners) listener.stop();
  });

  it('is not woken by another workspace', async () => {
    const [one, other] = [await makeWorkspace(database), await makeWorkspace(database)];
    const feed = watch();
    const [mine, theirs] = [feed.listen(one.id), feed.listen(other.id)];
    const waiting = [mine.next(0, 500), theirs.next(0, 500)];
    await new Groups(database, other.id, AUTHOR).create({ name: 'Theirs' });
    feed.committed(other.id);
    expect(await Promise.all(waiting)).toEqual([0, 1]);
    mine.stop();
    theirs.stop();
  });
});
