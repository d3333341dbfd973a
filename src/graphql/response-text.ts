import type { FormattedExecutionResult } from 'graphql';

const TEXT = Symbol('JSON text');

/** Stands for the data of a result where the data's JSON text is made already. */
export type JsonData = { readonly [TEXT]: string };

export function jsonData(text: string): JsonData {
  return { [TEXT]: text };
}

/** The JSON text of a result, with a line feed at its end. Data from `jsonData` is copied into it as it is. */
export function stringifyResult(result: FormattedExecutionResult): string {
  const { data } = result;
  if (!data || !(TEXT in data)) return `${JSON.stringify(result)}\n`;
  const members = Object.entries(result).flatMap(([name, value]) =>
    value === undefined ? [] : [`"${name}":${name === 'data' ? String(data[TEXT]) : JSON.stringify(value)}`],
  );
  return `{${members.join(',')}}\n`;
}
