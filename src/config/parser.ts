/** How the text of a setting becomes its value. */
export interface Parser<Value> {
  /** What the text must be, as the error for any other text says it after "it must be". */
  readonly right: string;
  /** Returns undefined when the text cannot be used. */
  readonly parse: (text: string) => Value | undefined;
  /** What is said in place of `right` of a text that has the right form and still cannot be used; null for every other text. */
  readonly rightFor?: (text: string) => string | null;
}

/** Also accepts a word that stands for null. */
export function optional<Value>(word: string, { right, parse, ...more }: Parser<Value>): Parser<Value | null> {
  return { ...more, right: `${right}, or "${word}"`, parse: (text) => (text === word ? null : parse(text)) };
}

export function oneOf<const Word extends string>(words: readonly Word[]): Parser<Word> {
  return { right: `one of ${words.join(', ')}`, parse: (text) => words.find((word) => word === text) };
}

/** @param unit What the number counts, for the error. */
export function wholeNumber(min: number, max: number, unit?: string): Parser<number> {
  return {
    right: `a whole number${unit ? ` of ${unit}` : ''} from ${min} to ${max}`,
    parse: (text) => (/^\d+$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined),
  };
}

/** Parses a number of seconds into milliseconds. `min` and `max` are in seconds. */
export function duration(min: number, max: number): Parser<number> {
  return {
    right: `a number of seconds from ${min} to ${max}, with at most three decimals`,
    parse(text) {
      const isInRange = /^\d+(\.\d{1,3})?$/.test(text) && Number(text) >= min && Number(text) <= max;
      return isInRange ? Math.round(Number(text) * 1000) : undefined;
    },
  };
}

/** Accepts, as they are, the texts that pass the test. */
export function textThat(passes: (text: string) => boolean, right: string): Parser<string> {
  return { right, parse: (text) => (passes(text) ? text : undefined) };
}
