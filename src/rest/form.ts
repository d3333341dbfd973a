import { HttpError } from './http-error.ts';

const MAX_MEMBERS = 1_000;

/**
 * The members of a query string or of a form's body (`application/x-www-form-urlencoded`), in their order. They are read as by Django's
 * QueryDict:
 *
 * - Characters that the client has not percent-encoded, such as those of `curl -d name=été`, stand for themselves. When the bytes are
 *   invalid in the charset, they are read as Latin-1.
 * - A `%` without two hexadecimal digits after it is a plain character.
 * - Percent-encoded bytes that are invalid in the charset become U+FFFD.
 *
 * Throws an HttpError when there are more than MAX_MEMBERS, as on existing servers (Django, DATA_UPLOAD_MAX_NUMBER_FIELDS).
 *
 * @param bytes The bytes as a Latin-1 string, which has one character for each byte.
 */
export function formMembers(bytes: string, charset = 'utf-8'): [name: string, value: string][] {
  const decoder = new TextDecoder(charset, { ignoreBOM: true });
  const decode = (part: string): string =>
    part.replaceAll(/[\0-\x7F]+/g, (ascii) => decoder.decode(Buffer.from(unescapeBytes(ascii), 'latin1')));
  const members = decodePlain(bytes, charset).split('&');
  if (members.length > MAX_MEMBERS) throw new HttpError(400, `At most ${MAX_MEMBERS} parameters are taken.`);
  return members
    .filter((member) => member !== '')
    .map((member) => {
      const [name = '', ...value] = member.split('=');
      return [decode(name), decode(value.join('='))];
    });
}

/** The text of bytes in the charset, or in Latin-1 when they are invalid in the charset. */
function decodePlain(bytes: string, charset: string): string {
  try {
    return new TextDecoder(charset, { ignoreBOM: true, fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return bytes;
  }
}

function unescapeBytes(text: string): string {
  return (
    text
      .replaceAll('+', ' ')
      // Runs of escapes are decoded at once, because a call for each of hundreds of thousands would take long.
      .replaceAll(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('latin1'))
  );
}
