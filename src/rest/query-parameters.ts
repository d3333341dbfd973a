import type { Request } from 'express';
import { parseUuid } from '../encoding/uuid.ts';
import { formMembers } from './form.ts';
import { HttpError } from './http-error.ts';
import { queryString } from './query-string.ts';

/** How often `uuid` may be given to filter a list. */
const MAX_UUIDS = 100;

/** The parameters in the query of a request's address. */
export class QueryParameters {
  readonly #values: readonly [name: string, value: string][];

  constructor(request: Request) {
    this.#values = formMembers(queryString(request));
  }

  /** The last value of a parameter, or undefined when it is not given or empty. */
  last(name: string): string | undefined {
    return this.#all(name).at(-1) || undefined;
  }

  /** The UUID by which a list is filtered: of several the first (22-filter-uuid, "given twice"). See `#uuids`. */
  filteredUuid(): string | undefined {
    return this.#uuids()[0];
  }

  /**
   * The UUID of the object that a request changes or deletes: of several the last, as on existing servers. They do not look at
   * the others. Throws an HttpError when it is no UUID. An empty value is no UUID.
   */
  changedUuid(): string | undefined {
    const value = this.#all('uuid').at(-1);
    return value === undefined ? undefined : uuidOf(value);
  }

  /**
   * The UUIDs that `uuid` names, in lower case with hyphens. Throws an HttpError when one of them is no UUID, or when there
   * are more than MAX_UUIDS. An empty value is no UUID.
   */
  #uuids(): string[] {
    const values = this.#all('uuid');
    if (values.length > MAX_UUIDS) {
      throw new HttpError(400, `Param 'uuid' can have a maximum of ${MAX_UUIDS} values.`);
    }
    return values.map(uuidOf);
  }

  /**
   * The text of a time, or undefined. An unencoded `+` before the offset of a time zone arrives as a space; it becomes a
   * `+` again, which existing servers do not do.
   */
  time(name: string): string | undefined {
    return this.last(name)?.replace(/(:\d\d(?:[.,]\d+)?) (\d\d(?::?\d\d)?)$/, '$1+$2');
  }

  /** Throws an HttpError when more than one of these parameters is given. */
  onlyOneOf(...names: string[]): void {
    if (names.filter((name) => this.last(name) !== undefined).length > 1) {
      throw new HttpError(400, `You may only specify one of the ${names.join(', ')} parameters`);
    }
  }

  #all(wanted: string): string[] {
    return this.#values.flatMap(([name, value]) => (name === wanted ? [value] : []));
  }
}

function uuidOf(value: string): string {
  const parsed = parseUuid(value);
  if (parsed === null) throw new HttpError(400, `Param 'uuid': ${value} is not a valid UUID.`);
  return parsed;
}

/** The answer to a `before` or an `after` that is no time. */
export function invalidTime(name: string, value: string | undefined): HttpError {
  return new HttpError(400, `Param '${name}': ${value ?? ''} is not a valid datetime.`);
}
