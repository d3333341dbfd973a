/** The charset that a Content-Type names. It is UTF-8 when it names none or an unknown one, as on existing servers. */
export function charsetOf(contentType: string): string {
  const name = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return 'utf-8';
  }
}
