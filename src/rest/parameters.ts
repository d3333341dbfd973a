import type { Request } from 'express';
import { formMembers } from './form.ts';
import { queryOf } from './query.ts';
import { RestRefusal } from './refusal.ts';

/** How many values `uuid` can have. Only the first counts, and still there can be no more. */
const MOST_UUIDS = 100;

/** The parameters of a request's address. */
export class Parameters {
  readonly #values: readonly [name: string, value: string][];

  constructor(request: Request) {
    this.#values = formMembers(queryOf(request));
  }

  /** The last value that is given, or undefined when there is none or it is empty. */
  last(name: string): string | undefined {
    return this.#all(name).at(-1) || undefined;
  }

  /** The first `uuid`, as it is given; undefined only when there is none: an empty one is no UUID. */
  uuid(): string | undefined {
    const values = this.#all('uuid');
    if (values.length > MOST_UUIDS) {
      throw new RestRefusal(400, `Param 'uuid' can have a maximum of ${MOST_UUIDS} values.`);
    }
    return values[0];
  }

  /** A moment, as it is given. Ours in addition: the `+` of an offset that was not encoded, and so became a space. */
  time(name: string): string | undefined {
    return this.last(name)?.replace(/(:\d\d(?:[.,]\d+)?) (\d\d(?::?\d\d)?)$/, '$1+$2');
  }

  /** Refuses parameters of which only one can be given. */
  onlyOneOf(...names: string[]): void {
    if (names.filter((name) => this.last(name) !== undefined).length > 1) {
      throw new RestRefusal(400, `You may only specify one of the ${names.join(', ')} parameters`);
    }
  }

  #all(wanted: string): string[] {
    return this.#values.flatMap(([name, value]) => (name === wanted ? [value] : []));
  }
}

export function notUuid(value: string | undefined): RestRefusal {
  return new RestRefusal(400, `Param 'uuid': ${value ?? ''} is not a valid UUID.`);
}

export function notTime(name: string, value: string | undefined): RestRefusal {
  return new RestRefusal(400, `Param '${name}': ${value ?? ''} is not a valid datetime.`);
}
