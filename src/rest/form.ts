import { HttpError } from './http-error.ts';

const MAX_MEMBERS = 1_000;

/**
 * The members of a query string or of a form's body (`application/x-www-form-urlencoded`), in their order.
 *
 * - Bytes that the client has not percent-encoded, such as those of `curl -d name=été`, are read like encoded ones.
 * - A `%` without two hexadecimal digits after it is a plain character.
 * - Bytes that are invalid in the charset become U+FFFD.
 *
 * Throws an HttpError when there are more than MAX_MEMBERS, as on existing servers (Django, DATA_UPLOAD_MAX_NUMBER_FIELDS).
 *
 * @param bytes The bytes as a Latin-1 string, which has one character for each byte.
 */
export function formMembers(bytes: string, charset = 'utf-8'): [name: string, value: string][] {
  const decoder = new TextDecoder(charset, { ignoreBOM: true });
  const decode = (part: string): string => decoder.decode(Buffer.from(unescapeBytes(part), 'latin1'));
  const members = bytes.split('&');
  if (members.length > MAX_MEMBERS) throw new HttpError(400, `At most ${MAX_MEMBERS} parameters are taken.`);
  return members
    .filter((member) => member !== '')
    .map((member) => {
      const [name = '', ...value] = member.split('=');
      return [decode(name), decode(value.join('='))];
    });
}

function unescapeBytes(text: string): string {
  return (
    text
      .replaceAll('+', ' ')
      // Runs of escapes are decoded at once, because a call for each of hundreds of thousands would take long.
      .replaceAll(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('latin1'))
  );
}
