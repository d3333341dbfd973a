import { expect, it } from 'vitest';
import { parseCredentials } from '../../src/access/credentials.ts';
import { inHeader } from '../../src/console/app/api/in-header.js';

it.each(['ABC123', 'clé', 'ключ', '“ABC123”', '🗝'])('takes the token %s to the server as it is', (token) => {
  const header = new Headers({ authorization: `Bearer ${inHeader(token)}` }).get('authorization') ?? undefined;
  expect(parseCredentials(header, ['token', 'bearer'])).toMatchObject({ kind: 'token', key: token });
});
