import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SharedRevisions } from '../../src/database/replica/revisions.ts';
import { latestRevisions, LocalRevisions } from '../../src/database/replica/revisions.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';

const WORKSPACE = 7 as WorkspaceId;
const OTHER = 8 as WorkspaceId;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('the revision that a read must show', () => {
  it('is the greatest that was noted, in whatever order the notes come', async () => {
    const revisions = latestRevisions(new LocalRevisions(5_000), null);
    for (const revision of [3, 5, 4]) await revisions.note(WORKSPACE, revision);
    expect(await revisions.needed(WORKSPACE)).toBe(5);
    expect(await revisions.needed(OTHER)).toBe(0);
  });

  it('is forgotten some time after the last note', async () => {
    const revisions = latestRevisions(new LocalRevisions(5_000), null);
    await revisions.note(WORKSPACE, 3);
    vi.advanceTimersByTime(4_000);
    await revisions.note(WORKSPACE, 2);
    vi.advanceTimersByTime(4_000);
    expect(await revisions.needed(WORKSPACE)).toBe(3);
    vi.advanceTimersByTime(1_001);
    expect(await revisions.needed(WORKSPACE)).toBe(0);
  });

  it('is that of others too, and not known while they cannot be asked', async () => {
    let others: number | undefined = 9;
    const shared: SharedRevisions = { raise: async () => {}, read: async () => others };
    const revisions = latestRevisions(new LocalRevisions(5_000), shared);
    await revisions.note(WORKSPACE, 3);
    expect(await revisions.needed(WORKSPACE)).toBe(9);
    others = 0;
    expect(await revisions.needed(WORKSPACE)).toBe(3);
    others = undefined;
    expect(await revisions.needed(WORKSPACE)).toBe(Infinity);
  });
});
