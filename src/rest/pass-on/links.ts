import { Transform } from 'node:stream';

/** The base address of an account's API v2, and the base address that clients use for it on this server. */
export interface Addresses {
  /** Without a slash at the end. */
  readonly account: string;
  readonly here: string;
}

/** How many bytes at the start of a body are searched for links. The links are the first members of the body. */
const MAX_HEAD = 16_384;

const TEXT = String.raw`"(?:[^"\\]|\\.)*"`;
const LINK = String.raw`"(?:next|previous)"\s*:\s*(?:null|${TEXT})`;

/** The start of a page of API v2. `next` and `previous` come before the results. Each is null or an address. */
const HEAD = new RegExp(String.raw`^\s*\{\s*${LINK}\s*,\s*${LINK}`);

/** A text that may be the beginning of such a start. More of the body has to arrive before this is known. */
const BEGINNING = /^\s*(?:\{\s*(?:"(?:next|previous|[a-z]{0,7}$)|$)|$)/;

/**
 * Returns the account's address as an address of this server. Returns any other address unchanged. The schemes may differ, because a
 * proxy in front of the account may end TLS, and the account then writes http where its clients use https.
 */
export function pointHere(address: string, { account, here }: Addresses): string {
  const host = account.replace(/^https?:/, '');
  const rest = address.replace(/^https?:/, '');
  const isBelow =
    rest !== address && (rest === host || (rest.startsWith(host) && /^[/?#]/.test(rest.slice(host.length))));
  return isBelow ? `${here}${rest.slice(host.length)}` : address;
}

/** Rewrites the links `next` and `previous` of a page so that they lead to this server. The rest of the body is passed on unchanged. */
export function pageLinksHere(addresses: Addresses): Transform {
  let head: Buffer | null = Buffer.alloc(0);
  const rewritten = (start: Buffer): Buffer => {
    // Latin-1 has one character for each byte. So it does not matter if the start ends within a character of UTF-8.
    const text = start.toString('latin1');
    const found = HEAD.exec(text)?.[0];
    if (found === undefined) return start;
    const changed = found.replaceAll(new RegExp(TEXT, 'g'), (value) => {
      const address: unknown = JSON.parse(value);
      const pointed = pointHere(String(address), addresses);
      return pointed === address ? value : JSON.stringify(pointed);
    });
    return Buffer.concat([Buffer.from(changed, 'latin1'), start.subarray(found.length)]);
  };
  const isOpen = (start: Buffer): boolean => {
    const text = start.toString('latin1');
    return start.length < MAX_HEAD && BEGINNING.test(text) && !HEAD.test(text);
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (head === null) return done(null, chunk);
      head = Buffer.concat([head, chunk]);
      if (isOpen(head)) return done();
      const start = rewritten(head);
      head = null;
      done(null, start);
    },
    flush(done) {
      done(null, head && rewritten(head));
    },
  });
}
