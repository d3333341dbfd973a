import { describe, expect, it } from 'vitest';
import { ListPages } from '../../src/upstream/list-pages.ts';

const page = (uuids: readonly string[], next: string | null) => ({
  rows: uuids.map((uuid) => ({ uuid })),
  next,
  digest: uuids.join(),
});

describe('the pages of a list', () => {
  it('are read on at a known cursor after a page that has one row more', () => {
    const pages = new ListPages();
    pages.begin();
    expect(pages.read(null, page(['a', 'b'], 'at c'), 1)).toBe('at c');
    expect(pages.read('at c', page(['c', 'd'], null), 1)).toBe(null);
    pages.end();
    pages.begin();
    expect(pages.read(null, page(['new', 'a'], 'at b'), 2)).toBe('at b');
    expect(pages.read('at b', page(['b', 'c'], 'at d'), 2)).toBe('at c');
  });

  it('end also when cursors lead to earlier rows than before, because rows with the same time of creation have come', () => {
    const pages = new ListPages();
    pages.begin();
    pages.read(null, page(['a', 'b'], 'time 1'), 1);
    pages.read('time 1', page(['c', 'd'], 'time 1, 2 rows on'), 1);
    pages.read('time 1, 2 rows on', page(['e', 'f'], null), 1);
    pages.end();
    pages.begin();
    expect(pages.read(null, page(['a', 'b'], 'time 1'), 2)).toBe('time 1');
    expect(pages.read('time 1', page(['restored', 'c'], 'time 1, 2 rows on'), 2)).toBe('time 1, 2 rows on');
    expect(pages.read('time 1, 2 rows on', page(['d', 'e'], 'time 1, 4 rows on'), 2)).toBe('time 1, 4 rows on');
    expect(pages.read('time 1, 4 rows on', page(['f'], null), 2)).toBe(null);
  });
});
