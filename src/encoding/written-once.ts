/** In how many forms the JSON of an object is kept. Mostly it is shown by one query, or by a few. */
const MAX_FORMS = 4;

interface Form {
  readonly writer: object;
  readonly json: Uint8Array;
}

/** An object that never changes and stands in many answers, so that its JSON is kept with it. */
export abstract class WrittenOnce {
  #forms: Form[] | undefined;

  /** The JSON as this writer writes it; undefined when it is not kept. */
  jsonOf(writer: object): Uint8Array | undefined {
    if (this.#forms) for (const form of this.#forms) if (form.writer === writer) return form.json;
    return undefined;
  }

  /** Keeps the JSON for `jsonOf`, unless there are too many forms. */
  keep(writer: object, json: Uint8Array): void {
    const forms = (this.#forms ??= []);
    if (forms.length < MAX_FORMS) forms.push({ writer, json });
  }
}
