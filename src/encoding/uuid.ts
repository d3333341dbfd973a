const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = /^[0-9a-f]{32}$/;

/** The length of the longest form of a UUID that means something, with room to spare. */
const MAX_LENGTH = 100;

/**
 * Reads a UUID. Returns it in lower case with hyphens, or null when the text is no UUID. The text may be written in capitals,
 * without hyphens, with braces, or with `urn:` and `uuid:`, because existing clients were written against Python's UUID(), which
 * takes all of these away wherever they stand (CPython, Lib/uuid.py).
 */
export function parseUuid(text: string): string | null {
  if (CANONICAL.test(text)) return text;
  if (text.length > MAX_LENGTH) return null;
  const hex = text
    .replaceAll('urn:', '')
    .replaceAll('uuid:', '')
    .replaceAll(/^[{}]+|[{}]+$/g, '')
    .replaceAll('-', '')
    .toLowerCase();
  if (!HEX.test(hex)) return null;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
