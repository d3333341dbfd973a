import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '../src');

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/^(console|playground)\/app\//.test(file))
  .toSorted();

describe('the source', () => {
  const own = files.filter((file) => !file.includes('generated/'));

  it.each(own)('can be run by Node as it is, and is named in kebab-case: %s', (file) => {
    if (file.endsWith('.ts'))
      expect(() => stripTypeScriptTypes(readFileSync(join(SOURCE, file), 'utf8'))).not.toThrow();
    expect(file).toMatch(/^(?:[a-z\d]+(?:-[a-z\d]+)*(?:\.[a-z]+)?\/)*[a-z\d]+(?:-[a-z\d]+)*(?:\.(?:d|config))?\.tsx?$/);
    expect(file).not.toMatch(/(?:^|\/)(?:utils?|helpers?|common)\b/);
  });
});
