import { describe, expect, it, vi } from 'vitest';
import { parseUuid } from '../../src/encoding/uuid.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { afterwards } from '../support/afterwards.ts';

describe('a new UUID', () => {
  it('has the form of version 4, which clients check for', () => {
    expect(newUuid()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it('is read back as it was made', () => {
    const uuid = newUuid();
    expect(parseUuid(uuid)).toBe(uuid);
    expect(parseUuid(uuid.toUpperCase())).toBe(uuid);
  });

  it('is another one each time, also within a millisecond', () => {
    const made = Array.from({ length: 10_000 }, newUuid);
    expect(new Set(made).size).toBe(10_000);
  });

  it('comes after all that were made in earlier milliseconds', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    afterwards(() => vi.useRealTimers());
    const made = [0, 1, 1_795_000_000_000, 1_795_000_000_001, 2 ** 45].map((time) => {
      vi.setSystemTime(time);
      return newUuid();
    });
    expect(made.toSorted()).toEqual(made);
  });
});
