/**
 * A number of a JSON body, with the digits that the client has written. Some clients send names such as 70 or 7.5 as numbers. Existing
 * servers are written in Python, and store the text that Python's str() makes from such a number (30-create, "name as an integer").
 */
export class JsonNumber {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  get isInteger(): boolean {
    return /^-?\d+$/.test(this.#source);
  }

  /** The text of Python's str(): integers with all their digits, other numbers with the shortest digits that identify them. */
  toString(): string {
    return this.isInteger ? BigInt(this.#source).toString() : pythonFloat(Number(this.#source));
  }
}

/** Python's repr() of a float: with an exponent below 1e-4 and from 1e16 on, and otherwise with a decimal point. */
function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const [digits = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('.') ? text : `${text}.0`;
}
