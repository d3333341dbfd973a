/**
 * The members of a query string or of a form's body (`application/x-www-form-urlencoded`), in their order. Its text is
 * bytes, one a character. Bytes that clients left unencoded, as `curl -d name=été` does, are read like encoded ones; a
 * `%` that begins no byte is a plain character; and what is not text in the charset becomes U+FFFD.
 */
export function formMembers(bytes: string, charset = 'utf-8'): [name: string, value: string][] {
  const decoder = new TextDecoder(charset, { ignoreBOM: true });
  const decode = (part: string): string => decoder.decode(Buffer.from(unescapeBytes(part), 'latin1'));
  return bytes
    .split('&')
    .filter((member) => member !== '')
    .map((member) => {
      const [name = '', ...value] = member.split('=');
      return [decode(name), decode(value.join('='))];
    });
}

function unescapeBytes(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replaceAll(/%([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
