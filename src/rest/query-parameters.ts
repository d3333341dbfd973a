import type { Request } from 'express';
import { parseUuid } from '../encoding/uuid.ts';
import { formMembers } from './form.ts';
import { HttpError } from './http-error.ts';
import { queryString } from './query-string.ts';

/** How many `uuid` parameters a request may have. */
const MAX_UUIDS = 100;

/** The query parameters of a request. */
export class QueryParameters {
  readonly #values: readonly [name: string, value: string][];

  constructor(request: Request) {
    this.#values = formMembers(queryString(request));
  }

  /** The last value of a parameter; undefined when it is missing or empty. */
  last(name: string): string | undefined {
    return this.#all(name).at(-1) || undefined;
  }

  /** The value for the last text of a parameter. Throws an HttpError when the text is not one of the choices. */
  choice<Value>(name: string, choices: Readonly<Record<string, Value>>, defaultText: string): Value {
    const text = this.last(name) ?? defaultText;
    const value = Object.hasOwn(choices, text) ? choices[text] : undefined;
    if (value !== undefined) return value;
    throw new HttpError(400, `Param '${name}': ${text} is not one of ${Object.keys(choices).join(', ')}.`);
  }

  /**
   * The UUID that filters a list, in lower case with hyphens. If there are several, it is the first one (22-filter-uuid, "given twice").
   * Throws an HttpError when one of them is not a UUID, or when there are more than MAX_UUIDS. An empty value is not a UUID.
   */
  filteredUuid(): string | undefined {
    const values = this.#all('uuid');
    if (values.length > MAX_UUIDS) {
      throw new HttpError(400, `Param 'uuid' can have a maximum of ${MAX_UUIDS} values.`);
    }
    return values.map(uuidOf)[0];
  }

  /**
   * The UUID of the object that a request changes or deletes. If there are several, it is the last one, as on existing servers, which
   * ignore the others. Throws an HttpError when it is not a UUID. An empty value is not a UUID.
   */
  changedUuid(): string | undefined {
    const value = this.#all('uuid').at(-1);
    return value === undefined ? undefined : uuidOf(value);
  }

  /**
   * The text of a time, or undefined. An unencoded `+` before a time zone offset arrives as a space. Here it becomes a `+` again; existing
   * servers do not do this.
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

/** The error for a `before` or an `after` that is not a time. */
export function invalidTime(name: string, value: string | undefined): HttpError {
  return new HttpError(400, `Param '${name}': ${value ?? ''} is not a valid datetime.`);
}
