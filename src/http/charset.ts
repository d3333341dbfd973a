import { isUtf8 } from 'node:buffer';

/** The labels of ASCII (Encoding Standard, 4.2). TextDecoder treats them as windows-1252. */
const ASCII = new Set(['ascii', 'us-ascii', 'ansi_x3.4-1968']);

/**
 * The charset that a Content-Type names. A name that only Python knows, such as `latin-1`, `utf_8` or `utf-16-le`, is understood. The
 * charset is UTF-8 when the Content-Type names none or an unknown one, as on existing servers. It is UTF-8 for ASCII as well:
 * what is not ASCII is then read as it was probably meant, or refused.
 */
export function charsetOf(contentType: string): string {
  const name = (/;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8').toLowerCase();
  if (name === 'utf-8' || ASCII.has(name)) return 'utf-8';
  return (
    encodingOf(name) ??
    encodingOf(name.replaceAll(/[-_]/g, '')) ??
    encodingOf(name.replace(/^utf[-_]16[-_]/, 'utf-16')) ??
    'utf-8'
  );
}

function encodingOf(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** The bytes are not text in the charset that they are said to be in. */
export class NotText extends Error {
  constructor() {
    super('The body is not text in the charset of its Content-Type, which is UTF-8 when it names none');
  }
}

/**
 * The text of a body, in the charset that its Content-Type names. In UTF-8 a byte order mark stays in the text, because JSON.parse must
 * refuse it (RFC 8259, 8.1). In UTF-16 it tells the order of the bytes. Throws NotText.
 */
export function textOfBody(body: Buffer, contentType: string): string {
  const charset = charsetOf(contentType);
  // This is much faster than a TextDecoder.
  if (charset === 'utf-8' && isUtf8(body)) return body.toString('utf8');
  const isBigEndian = charset === 'utf-16le' && body[0] === 0xfe && body[1] === 0xff;
  try {
    return new TextDecoder(isBigEndian ? 'utf-16be' : charset, {
      fatal: true,
      ignoreBOM: charset === 'utf-8',
    }).decode(body);
  } catch {
    throw new NotText();
  }
}
