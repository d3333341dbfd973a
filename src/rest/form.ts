/**
 * The members of a query string or of a form's body (`application/x-www-form-urlencoded`), in their order.
 *
 * - Bytes that the client did not encode, as `curl -d name=été` sends them, are read like encoded ones.
 * - A `%` without two hexadecimal digits after it is a plain character.
 * - Bytes that are no text in the charset become U+FFFD.
 *
 * @param bytes One character for each byte (Latin-1).
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
