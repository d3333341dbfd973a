import { randomUUID } from 'node:crypto';

/** A new random UUID (version 4), in the form that parseUuid gives. */
export const newUuid: () => string = randomUUID;

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = /^[0-9a-f]{32}$/;

/**
 * The UUID in lower case with hyphens, or null when the text is none. Capitals, and leaving hyphens, braces or
 * `urn:uuid:` out or in, make no difference, as in Python's UUID(), which existing clients were written against.
 */
export function parseUuid(text: string): string | null {
  if (CANONICAL.test(text)) return text;
  const hex = text
    .toLowerCase()
    .replace(/^urn:uuid:/, '')
    .replace(/^\{(.*)\}$/, '$1')
    .replaceAll('-', '');
  if (!HEX.test(hex)) return null;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
