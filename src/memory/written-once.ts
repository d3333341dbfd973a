/** In how many forms the JSON of an object is kept, and how many bytes of each at most. Mostly one query shows it, or a few. */
const MAX_FORMS = 4;
const MAX_LENGTH = 400;

interface Form {
  readonly form: object;
  readonly json: Uint8Array;
}

/**
 * An object that never changes and is part of many answers. Its JSON is written once in each form, and then kept with the
 * object. A form is any object that stands for one way to write the JSON. It stays in memory as long as its JSON is kept.
 */
export abstract class WrittenOnce {
  #kept: Form[] | undefined;
  #keptIn = 0;

  /** The JSON in this form; undefined when it is not kept. */
  jsonIn(form: object): Uint8Array | undefined {
    if (this.#kept) for (const one of this.#kept) if (one.form === form) return one.json;
    return undefined;
  }

  /**
   * Keeps the JSON for `jsonIn`, if it is short. When MAX_FORMS forms are kept, the oldest is replaced, because it may not be
   * in use any more.
   */
  keep(form: object, json: Uint8Array): void {
    if (json.length > MAX_LENGTH) return;
    const kept = (this.#kept ??= []);
    kept[this.#keptIn++ % MAX_FORMS] = { form, json: json.slice() };
  }
}
