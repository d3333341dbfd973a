import { hash } from 'node:crypto';
import { isRecord } from '../encoding/is-record.ts';

/**
 * How large one generation of texts is at most, in characters. Each text counts as ENTRY characters more than it has.
 */
export const GENERATION = 2_000_000;

/**
 * The memory that an entry takes besides its text, as a number of characters: two strings with the hash and a place in two maps. Without
 * it, a generation of very short texts would take thirty times as much memory as it counts.
 */
export const ENTRY = 200;

/** The prefix that Apollo puts before the hash of a persisted query to make the key of its text. */
const PREFIX = 'apq:';

class Generation {
  readonly hashes = new Map<string, string>();
  readonly texts = new Map<string, string>();
  length = 0;
}

/**
 * The texts of documents by their SHA-256, as the cache of Apollo Server's persisted queries. Apollo hashes the text of each
 * request to find its parsed document, which takes a tenth of the time of a small request. It does not do so when a request has
 * the hash of a persisted query. Every text is therefore passed to Apollo as a persisted query, and a text that is still kept
 * is not hashed again.
 *
 * There are two generations. When the younger one is full, it replaces the older one. A text that has just been passed on by
 * its hash is therefore still there when Apollo asks for it, even if another text has filled the generation in between.
 */
export class DocumentTexts {
  #younger = new Generation();
  #older = new Generation();

  /** How large the kept texts are, in characters, as GENERATION counts them. */
  get length(): number {
    return this.#younger.length + this.#older.length;
  }

  /** The JSON body of a request with the hash of its document in place of the text. Other bodies are returned as they are. */
  withHash(body: unknown): unknown {
    if (!isRecord(body)) return body;
    const { query, extensions = {}, ...rest } = body;
    if (typeof query !== 'string' || query === '') return body;
    // Some clients identify themselves in the extensions. A hash that the client itself sends is left for Apollo to check.
    if (!isRecord(extensions) || 'persistedQuery' in extensions) return body;
    return { ...rest, extensions: { ...extensions, persistedQuery: { version: 1, sha256Hash: this.#hashOf(query) } } };
  }

  /** The text of a persisted query. */
  async get(key: string): Promise<string | undefined> {
    const sha256 = key.slice(PREFIX.length);
    return this.#younger.texts.get(sha256) ?? this.#older.texts.get(sha256);
  }

  /** Keeps a text that a client has registered with its hash, which Apollo has compared with it. */
  async set(key: string, text: string): Promise<void> {
    this.#keep(key.slice(PREFIX.length), text);
  }

  /** Removes nothing, because a hash always means the same text. */
  async delete(): Promise<boolean> {
    return false;
  }

  #hashOf(text: string): string {
    const known = this.#younger.hashes.get(text);
    if (known !== undefined) return known;
    const sha256 = this.#older.hashes.get(text) ?? hash('sha256', text);
    this.#keep(sha256, text);
    return sha256;
  }

  #keep(sha256: string, text: string): void {
    if (this.#younger.texts.has(sha256)) return;
    const length = text.length + ENTRY;
    if (this.#younger.length + length > GENERATION) {
      this.#older = this.#younger;
      this.#younger = new Generation();
    }
    this.#younger.hashes.set(text, sha256);
    this.#younger.texts.set(sha256, text);
    this.#younger.length += length;
  }
}
