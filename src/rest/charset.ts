/** The charset that a content type names. UTF-8 where it names none, or none that is known, as existing servers have it. */
export function charsetOf(contentType: string): string {
  const name = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return 'utf-8';
  }
}
