const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = /^[0-9a-f]{32}$/;

/**
 * Reads a UUID. Returns it in lower case with hyphens, or null when the text is no UUID. The text may be written in
 * capitals, without hyphens, in braces, or after `urn:uuid:`, because Python's UUID() reads all of these and existing
 * clients were written against it.
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
