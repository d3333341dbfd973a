import { Transform } from 'node:stream';

/** The address below which an account has API v2, and the address at which its clients ask this server for it. */
export interface Addresses {
  /** Without a slash at the end. */
  readonly account: string;
  readonly here: string;
}

/** How many bytes of a body are looked at for its links. They are its first members, and each is an address. */
const MAX_HEAD = 16_384;

const TEXT = String.raw`"(?:[^"\\]|\\.)*"`;
const LINK = String.raw`"(?:next|previous)"\s*:\s*(?:null|${TEXT})`;

/** The start of a page of API v2: `next` and `previous` stand before its results, and each is null or an address. */
const HEAD = new RegExp(String.raw`^\s*\{\s*${LINK}\s*,\s*${LINK}`);

/** What may become such a start when more of the body has come. */
const BEGINNING = /^\s*(?:\{\s*(?:"(?:next|previous|[a-z]{0,7}$)|$)|$)/;

/**
 * The address with this server in place of the account. Another address stays as it is. An account may believe that it is asked
 * by http where it is asked by https, because a proxy before it ends the encryption.
 */
export function pointHere(address: string, { account, here }: Addresses): string {
  const host = account.replace(/^https?:/, '');
  const rest = address.replace(/^https?:/, '');
  const isBelow =
    rest !== address && (rest === host || (rest.startsWith(host) && /^[/?#]/.test(rest.slice(host.length))));
  return isBelow ? `${here}${rest.slice(host.length)}` : address;
}

/** Makes the links `next` and `previous` of a page point here. The rest of the body goes through as it comes. */
export function pageLinksHere(addresses: Addresses): Transform {
  let head: Buffer | null = Buffer.alloc(0);
  const rewritten = (start: Buffer): Buffer => {
    // One character for each byte, so that a character that is cut at the end of the start does not matter.
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
