/** In how many forms the JSON of an object is kept, and how many bytes of each at most. Mostly one query shows it, or a few. */
const MAX_FORMS = 4;
const MAX_LENGTH = 400;

interface Form {
  readonly form: object;
  readonly json: Uint8Array;
}

/**
 * An object that never changes and stands in many answers, so that its JSON is kept with it. A form is any object that stands for
 * one way to write it; it lives as long as this one.
 */
export abstract class WrittenOnce {
  #kept: Form[] | undefined;

  /** The JSON in this form; undefined when it is not kept. */
  jsonIn(form: object): Uint8Array | undefined {
    if (this.#kept) for (const one of this.#kept) if (one.form === form) return one.json;
    return undefined;
  }

  /** Keeps the JSON for `jsonIn`, unless it is long or there are many forms. */
  keep(form: object, json: Uint8Array): void {
    const kept = (this.#kept ??= []);
    if (kept.length < MAX_FORMS && json.length <= MAX_LENGTH) kept.push({ form, json: json.slice() });
  }
}
