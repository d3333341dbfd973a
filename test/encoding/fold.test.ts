import { expect, it } from 'vitest';
import { searchKey } from '../../src/encoding/fold.ts';

it('folds every character to something that folds to itself, whatever its case and encoding', () => {
  for (let code = 0; code <= 0x10ffff; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const character = String.fromCodePoint(code);
    const key = searchKey(character);
    if (
      searchKey(key) !== key ||
      searchKey(character.toUpperCase()) !== key ||
      searchKey(character.normalize('NFD')) !== key
    ) {
      expect([code.toString(16), key]).toEqual([]);
    }
  }
});
