import { hash, randomInt } from 'node:crypto';

// Characters that people confuse, such as 0 and O, are left out, because keys are read aloud and copied by hand.
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 40;

/** A new API token's key: 40 characters, 200 random bits. It is shown once; the database keeps only its hash. */
export function newKey(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** The SHA-256 of a key, in hexadecimal. Neither a salt nor a slow hash is needed, because keys are random. */
export function hashKey(key: string): string {
  return hash('sha256', key);
}
