import { charsetOf } from '../http/charset.ts';

/** How many parts a body may have, and how long the headers of a part may be, in bytes. Both are Django's limits. */
export const MAX_PARTS = 1_000;
export const MAX_HEAD = 1_024;

/** A body that cannot be parsed. The message tells its sender why. */
export class MultipartProblem extends Error {}

/** The value of a part that is a file. No field accepts it. */
const FILE = Object.freeze({});

/**
 * The members of a `multipart/form-data` body, in their order. It is parsed as by Django's MultiPartParser: values are decoded with the
 * charset of the Content-Type, and bytes that are invalid in it become U+FFFD. Parts without a name are ignored. A file takes the place of
 * a value with its name (Django REST framework). A body without parts has no members. The last boundary may lack its hyphens or its end,
 * because some clients forget the hyphens, or count the characters of the body in place of its bytes. In contrast to Django, a part ends
 * only at a boundary on a line of its own (RFC 2046, 5.1.1), and a part without a boundary after it is refused, because it may be cut
 * short. Throws a MultipartProblem when the body is cut short or exceeds a limit, or when the Content-Type has no boundary.
 */
export function multipartMembers(body: Buffer, type: string): Map<string, unknown> {
  const decoder = new TextDecoder(charsetOf(type), { ignoreBOM: true });
  const values = new Map<string, unknown>();
  const files = new Map<string, unknown>();
  // Latin-1 has one character for each byte. The values are decoded later.
  const [, ...pieces] = `\r\n${body.toString('latin1')}`.split(delimiterOf(type), 2 * MAX_PARTS + 3);
  for (let index = 0; index < pieces.length; index += 2) {
    const text = pieces[index + 1] ?? '';
    const nothingFollows = index + 2 === pieces.length && index < 2 * MAX_PARTS && text.trim() === '';
    if (pieces[index] === '--' || nothingFollows) return new Map([...values, ...files]);
    const part = readPart(text);
    if (part?.isFile) files.set(part.name, FILE);
    else if (part) values.set(part.name, decoder.decode(part.content));
  }
  if (pieces.length > 0) {
    throw new MultipartProblem(`The body does not end with its boundary, or has more than ${MAX_PARTS} parts`);
  }
  return values;
}

/** The delimiter between two parts. It captures the two hyphens that follow the last part. At the end of the body it may be incomplete. */
function delimiterOf(type: string): RegExp {
  const [, quoted, plain] = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s";]+))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw new MultipartProblem('The Content-Type names no boundary');
  const literal = boundary.replaceAll(/\W/g, String.raw`\$&`);
  return new RegExp(String.raw`\r\n--${literal}(?:(--)?[ \t]*(?=\r\n|\r?$)|-$)`);
}

interface Part {
  readonly name: string;
  readonly isFile: boolean;
  readonly content: Buffer;
}

function readPart(text: string): Part | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  if (end > MAX_HEAD) throw new MultipartProblem(`The headers of a part are longer than ${MAX_HEAD} bytes`);
  const headers = new Map(text.slice(0, end).split('\r\n').map(readHeader));
  const parameters = readParameters(headers.get('content-disposition') ?? '');
  const name = parameters.get('name');
  if (name === undefined) return null;
  const isBase64 = headers.get('content-transfer-encoding')?.toLowerCase() === 'base64';
  const content = text.slice(end + 4);
  return {
    name: name.trim(),
    // A part with an empty file name is a field (Django, MultiPartParser).
    isFile: Boolean(parameters.get('filename')),
    content: isBase64 ? decodeBase64(content) : Buffer.from(content, 'latin1'),
  };
}

/** The bytes of a part in base64, read as by Python: other characters are left out, and a part that is not base64 is kept as it is. */
function decodeBase64(content: string): Buffer {
  const [, digits = '', padding = ''] = /^([^=]*)(=*)/.exec(content.replaceAll(/[^\da-z+/=]/gi, '')) ?? [];
  const missing = -digits.length & 3;
  const isBase64 = missing < 3 && padding.length >= missing;
  return isBase64 ? Buffer.from(digits, 'base64') : Buffer.from(content, 'latin1');
}

function readHeader(line: string): [name: string, value: string] {
  const [name = '', ...value] = line.split(':');
  return [name.trim().toLowerCase(), value.join(':').trim()];
}

/**
 * The parameters of a header's value. Their names are in lower case. A name may end with an asterisk, and its value then be encoded
 * (RFC 8187: `name*=utf-8''a%20b`), because Django reads it so. The result has the name without the asterisk, and the bytes of the value.
 */
function readParameters(value: string): Map<string, string> {
  const found = value.matchAll(/;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g);
  return new Map(
    Array.from(found, ([, name = '', quoted, plain = '']) => {
      const text = quoted?.replaceAll(/\\(["\\])/g, '$1') ?? plain.trim();
      if (!name.endsWith('*')) return [name.toLowerCase(), text];
      const [, encoded] = /^[^']*'[^']*'([^']*)$/.exec(text) ?? [];
      return [name.slice(0, -1).toLowerCase(), encoded?.replaceAll(/%([\da-f]{2})/gi, byteOf) ?? text];
    }),
  );
}

function byteOf(_escaped: string, digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 16));
}
