import type { ParsedTokenInfo } from '@streamparser/json';
import { JSONParser, TokenizerError, TokenParserError, TokenType } from '@streamparser/json';
import { codeOf } from '../thrown.ts';
import type { Batch, ListName, Row } from './format.ts';
import { FORMAT, LISTS, MAX_BATCH, parseRow, SnapshotError } from './format.ts';
import { PositionCounter } from './text-position.ts';

/** A batch ends early when the text of its rows, in bytes, is as long as this. */
const MAX_BATCH_TEXT = 1_048_576;

const NAMES = Object.keys(LISTS) as ListName[];

/**
 * Reads the text of a snapshot and checks each value of its rows. The text, in UTF-8, is read no faster than the batches
 * are taken: one batch, one chunk and one row are in memory, however long the text is. Throws SnapshotError.
 */
export async function* readSnapshot(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Batch, void, undefined> {
  const parser = new SnapshotParser();
  for await (const chunk of chunks) {
    parser.write(chunk);
    yield* parser.batches();
  }
  parser.end();
  yield* parser.batches();
}

/**
 * The parser decodes a text piece by piece, and its decoder leaves out U+FEFF at the start of each piece. There is no option for that.
 */
function keepByteOrderMarks(parser: JSONParser): void {
  const { tokenizer } = parser as unknown as {
    readonly tokenizer: { readonly bufferedString: { decoder: object } };
  };
  tokenizer.bufferedString.decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
}

/** Parses the text chunk by chunk. */
class SnapshotParser {
  readonly #json = new JSONParser({ paths: ['$.*.*'], keepStack: false });
  readonly #position = new PositionCounter();
  /** How many objects and lists are open: the nesting depth. */
  #depth = 0;
  /** The member of the top-level object that is being read; null between two members. */
  #member: string | null = null;
  /** The last token and where it is. null at the start. */
  #last: ParsedTokenInfo | null = null;
  #format: unknown;
  #isFormatRight = false;
  /** The lists that have begun. */
  readonly #begun: ListName[] = [];
  /** The list that is being read; null outside the lists. */
  #list: ListName | null = null;
  /** How many rows of this list have been read. */
  #rows = 0;
  #batch: Row<ListName>[] = [];
  /** The offset at which the batch begins. */
  #batchOffset = 0;
  #ready: Batch[] = [];

  constructor() {
    keepByteOrderMarks(this.#json);
    this.#json.onToken = (token) => this.#follow(token);
    this.#json.onValue = ({ value }) => this.#addRow(value);
  }

  /** Throws SnapshotError. */
  write(chunk: Uint8Array): void {
    this.#position.add(chunk);
    try {
      this.#json.write(chunk);
    } catch (error) {
      throw error instanceof SnapshotError ? error : this.#notJson(error);
    }
  }

  /** Call it at the end of the text. Throws SnapshotError when the text is incomplete. */
  end(): void {
    if (!this.#json.isEnded || this.#last === null) {
      const { line, column } = this.#position.at(Infinity);
      throw new SnapshotError(`It is not JSON: it ends too early, at line ${line}, column ${column}.`);
    }
    this.#checkFormat();
    const missing = NAMES.find((name) => !this.#begun.includes(name));
    if (missing) throw new SnapshotError(`"${missing}" is missing.`);
  }

  /** The batches that have become ready since the last call. */
  batches(): Batch[] {
    return this.#ready.splice(0);
  }

  /** Tracks where members of the top-level object begin and end. */
  #follow(token: ParsedTokenInfo): void {
    this.#last = token;
    switch (token.token) {
      case TokenType.LEFT_BRACE:
      case TokenType.LEFT_BRACKET:
        if (this.#depth === 0 && token.token !== TokenType.LEFT_BRACE) throw notAnObject();
        if (this.#depth === 1) this.#beginMember(token);
        this.#depth += 1;
        return;
      case TokenType.RIGHT_BRACE:
      case TokenType.RIGHT_BRACKET:
        this.#depth -= 1;
        if (this.#depth === 1) this.#endList();
        return;
      case TokenType.COMMA:
        if (this.#depth === 1) this.#member = null;
        return;
      case TokenType.COLON:
        return;
      default:
        if (this.#depth === 0) throw notAnObject();
        if (this.#depth > 1) return;
        if (this.#member === null) this.#member = String(token.value);
        else this.#beginMember(token);
    }
  }

  #beginMember({ token, value }: ParsedTokenInfo): void {
    if (this.#member === 'format') {
      this.#format = token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET ? 'a list or an object' : value;
      this.#isFormatRight = this.#format === FORMAT;
      this.#checkFormat();
      return;
    }
    const list = NAMES.find((name) => name === this.#member);
    if (!list) return;
    if (token !== TokenType.LEFT_BRACKET) throw new SnapshotError(`"${list}" is not a list.`);
    if (this.#begun.includes(list)) throw new SnapshotError(`"${list}" occurs twice.`);
    const before = NAMES.slice(0, NAMES.indexOf(list)).find((name) => !this.#begun.includes(name));
    if (before) {
      throw new SnapshotError(
        `"${before}" is missing before "${list}": the lists must be in the order ${NAMES.join(', ')}.`,
      );
    }
    this.#begun.push(list);
    this.#list = list;
    this.#rows = 0;
  }

  #addRow(value: unknown): void {
    const list = this.#list;
    if (!list) return;
    const offset = this.#last?.offset ?? 0;
    if (this.#batch.length === 0) this.#batchOffset = offset;
    this.#batch.push(parseRow(list, this.#rows, value));
    this.#rows += 1;
    if (this.#batch.length >= MAX_BATCH || offset - this.#batchOffset >= MAX_BATCH_TEXT) this.#endBatch(list);
  }

  #endList(): void {
    if (this.#list && this.#batch.length > 0) this.#endBatch(this.#list);
    this.#list = null;
  }

  #endBatch(list: ListName): void {
    // The rows are of this list, because a batch ends with its list.
    this.#ready.push({ list, start: this.#rows - this.#batch.length, rows: this.#batch } as Batch);
    this.#batch = [];
  }

  #checkFormat(): void {
    if (this.#isFormatRight) return;
    throw new SnapshotError(`"format" is ${JSON.stringify(this.#format)}; this release reads format ${FORMAT}.`);
  }

  #notJson(error: unknown): unknown {
    if (error instanceof TokenizerError) {
      // The position is given in the message alone.
      const offset = Number(/absolute position "(\d+)"/.exec(error.message)?.[1] ?? this.#last?.offset);
      return this.#unexpected(JSON.stringify(this.#position.characterAt(offset)), offset);
    }
    if (error instanceof TokenParserError && this.#last) {
      return this.#unexpected(JSON.stringify(this.#last.value).slice(0, 100), this.#last.offset);
    }
    if (codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      const { line } = this.#position.at(this.#last?.offset ?? 0);
      return new SnapshotError(`It is not JSON: it is not in UTF-8, at line ${line} or later.`);
    }
    return error;
  }

  #unexpected(what: string, offset: number): SnapshotError {
    const { line, column } = this.#position.at(offset);
    return new SnapshotError(`It is not JSON: ${what} is unexpected at line ${line}, column ${column}.`);
  }
}

function notAnObject(): SnapshotError {
  return new SnapshotError('It must be one JSON object of lists.');
}
