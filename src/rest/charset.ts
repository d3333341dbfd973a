/** The labels of ASCII (Encoding Standard, 4.2), which TextDecoder takes for windows-1252. */
const ASCII = new Set(['ascii', 'us-ascii', 'ansi_x3.4-1968']);

/**
 * The charset that a Content-Type names, also by a name that only Python has, such as `latin-1` or `utf_8`. It is UTF-8 when it
 * names none or an unknown one, as on existing servers. It is UTF-8 for ASCII as well: what is not ASCII is then read as it was
 * probably meant, or refused.
 */
export function charsetOf(contentType: string): string {
  const name = (/;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8').toLowerCase();
  if (ASCII.has(name)) return 'utf-8';
  return encodingOf(name) ?? encodingOf(name.replaceAll(/[-_]/g, '')) ?? 'utf-8';
}

function encodingOf(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
