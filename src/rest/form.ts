import { HttpError } from './http-error.ts';

const MAX_MEMBERS = 1_000;

/** How long a form may be, in bytes. It is many times what any request needs. Decoding a megabyte takes up to 100 ms. */
export const MAX_FORM = 100_000;

/**
 * The members of a query string or of a form's body (`application/x-www-form-urlencoded`), in their order. They are read as by Django's
 * QueryDict:
 *
 * - Characters that the client has not percent-encoded, such as those of `curl -d name=été`, stand for themselves. When the bytes are
 *   invalid in the charset, they are read as Latin-1.
 * - A `%` without two hexadecimal digits after it is a plain character.
 * - Percent-encoded bytes that are invalid in the charset become U+FFFD.
 *
 * Throws an HttpError when there are more than MAX_MEMBERS, as on existing servers (Django, DATA_UPLOAD_MAX_NUMBER_FIELDS), and when there are
 * more bytes than MAX_FORM.
 *
 * @param bytes The bytes as a Latin-1 string, which has one character for each byte.
 */
export function formMembers(bytes: string, charset = 'utf-8'): [name: string, value: string][] {
  if (bytes.length > MAX_FORM) throw new HttpError(413, `The form is too large: at most ${MAX_FORM} bytes are taken.`);
  const decoder = new TextDecoder(charset, { ignoreBOM: true });
  const decode = (part: string): string => part.replaceAll(/[\0-\x7F]+/g, (ascii) => decoder.decode(unescaped(ascii)));
  const members = decodePlain(bytes, charset).split('&', MAX_MEMBERS + 1);
  if (members.length > MAX_MEMBERS) throw new HttpError(400, `At most ${MAX_MEMBERS} parameters are taken.`);
  return members
    .filter((member) => member !== '')
    .map((member) => {
      const end = member.indexOf('=');
      return end === -1 ? [decode(member), ''] : [decode(member.slice(0, end)), decode(member.slice(end + 1))];
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

const [PLUS, PERCENT, SPACE] = [0x2b, 0x25, 0x20];

/** The bytes of a text of ASCII. A loop over the bytes, because replacing hundreds of thousands of parts of a text takes long. */
function unescaped(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  let length = 0;
  for (let place = 0; place < bytes.length; place++) {
    const byte = bytes[place] ?? 0;
    const high = byte === PERCENT ? hexDigit(bytes[place + 1]) : -1;
    const low = high === -1 ? -1 : hexDigit(bytes[place + 2]);
    if (low !== -1) place += 2;
    bytes[length++] = low !== -1 ? high * 16 + low : byte === PLUS ? SPACE : byte;
  }
  return bytes.subarray(0, length);
}

/** The value of a hexadecimal digit, or -1. */
function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  // The lower case of a letter.
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}
