import { hash, randomInt } from 'node:crypto';

// No letters or digits that are taken for one another when a key is read aloud or copied by hand.
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 40;

/** A new API token's key: 40 characters, 200 bits of chance. It is shown to a person once and kept nowhere. */
export function newKey(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** What is kept of a key, in hexadecimal. Keys are random, so that no salt or slow hash is called for. */
export function hashKey(key: string): string {
  return hash('sha256', key);
}
